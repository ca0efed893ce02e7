"""`portalsync init`: questions or options, and a repository in which the whole round works at once."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from tests.cli.conftest import Cli, everything
from tests.cli.typed import typed

from portalsync.commits import Commit
from portalsync.model.edit import Edit
from portalsync.pipeline.load import load, seed_of
from portalsync.scaffold.source import Source
from portalsync.server.app import create_app
from portalsync.server.serve import running
from portalsync.server.store import Store
from portalsync.wire import Origin

ANSWERS = ("--name=Müller & Söhne", "--locale=de,en", "--time-zone=Europe/Berlin")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kanzlei-am-markt"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PORTALSYNC_LANG", "en")
    return folder


@pytest.mark.parametrize("locale", ["de", "en", "de,en", "en,de"])
def test_the_whole_round_works_without_an_edit(locale: str, here: Path, cli: Cli) -> None:
    """Seen to fail when the sample firm asked for a payment method that its facts do not know."""
    made = cli("init", ANSWERS[0], f"--locale={locale}", ANSWERS[2])
    assert (made.code, made.out) == (0, "")
    assert "The sample firm is mueller-soehne." in made.err
    checked = cli("validate")
    assert (checked.code, checked.out) == (0, "")
    assert checked.err == "Valid: 1 firm, 3 sample clients.\n"
    planned = cli("plan", "--out=plan.json", "--detailed-exitcode")
    assert planned.code == 2
    assert cli("preview", "--plan=plan.json").code == 0
    assert "Müller" in (here / "preview.html").read_text(encoding="utf-8")
    applied = cli("apply", "plan.json")
    assert applied.code == 0
    assert "read back and equal" in applied.out
    again = cli("plan", "--detailed-exitcode")
    assert again.code == 0
    assert "No changes" in again.out


@pytest.fixture
def real(here: Path, cli: Cli) -> Iterator[Path]:
    """As `init` made it, with the address of a portal on which the firm has set up something itself."""
    assert cli("init", *ANSWERS).code == 0
    config = here / "portal-config"
    store = Store.open(here / "real.db", now)
    store.seed(seed_of(load(config)))
    items = "announcements.items.betriebsausflug"
    standing = (
        Edit(f"{items}.title", after={"de": "Betriebsausflug"}),
        Edit(f"{items}.body", after={"de": "Am Freitag sind wir nicht da."}),
        Edit("profile.welcome", after={"de": "Guten Tag"}),
    )
    by_hand = Commit(Origin.PORTAL, "Dana Reyes", "", {}, standing, ())
    store.commit("mueller-soehne", store.state("mueller-soehne").generation, "by-hand", by_hand)
    with running(create_app(store, now)) as address:
        text = (config / "portalsync.yaml").read_text(encoding="utf-8")
        text = re.sub("^  # (?=production:|  backend:|  url:)", "  ", text, flags=re.MULTILINE)
        text = text.replace("https://portal.example/api", address)
        (config / "portalsync.yaml").write_text(text, encoding="utf-8")
        yield here
    store.close()


def test_what_is_made_up_is_for_no_real_portal(real: Path, cli: Cli) -> None:
    """The address of a portal is filled in, and nothing else is done: nobody reads the sample's texts."""
    made = cli("plan", "--env=production", "--out=plan.json")
    assert (made.code, made.out) == (3, "")
    assert "error[sample-elsewhere]" in made.err
    assert "mueller-soehne.yaml:7:1" in made.err
    assert "delete the line `sample: true`" in made.err
    assert cli("apply", "--env=production", "--yes").code == 3
    assert not (real / "plan.json").exists()
    assert cli("plan").code == 0


def test_a_first_plan_for_a_real_portal_asks_before_it_loses_what_stands_there(real: Path, cli: Cli) -> None:
    firm = real / "portal-config" / "firms" / "mueller-soehne.yaml"
    firm.write_text(firm.read_text(encoding="utf-8").replace("sample: true\n", ""), encoding="utf-8")
    made = cli("plan", "--env=production", "--out=plan.json")
    assert made.code == 6
    told = " ".join(made.out.split())
    assert "announcement “betriebsausflug”" in told
    assert "--ack takeover-removes:mueller-soehne" in told
    assert cli("apply", "plan.json").code == 6


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_portal_that_is_there_is_taken_over_as_it_stands(real: Path, locale: str, cli: Cli) -> None:
    """Nothing of a sample is in the way, and nothing would change."""
    network = yaml.safe_load((real / "portal-config" / "portalsync.yaml").read_text(encoding="utf-8"))
    address = network["environments"]["production"]["url"]
    made = cli("init", "../taken-over", ANSWERS[0], f"--locale={locale}", ANSWERS[2], f"--portal={address}")
    assert made.code == 0
    assert "portalsync pull" in made.err
    assert "mueller-soehne" not in made.err
    config = "--config=../taken-over/portal-config"
    assert cli("pull", config).code == 0
    checked = cli("validate", config)
    assert (checked.code, "Valid: 1 firm, 3 sample clients." in checked.err) == (0, True)
    assert "sample-job-unknown" not in checked.err
    assert "No client will notice anything." in cli("plan", config).out


def test_a_portal_either_has_an_address_or_is_set_by_hand(here: Path, cli: Cli) -> None:
    refused = cli("init", "--yes", "--by-hand", "--portal=https://portal.example/api")
    assert (refused.code, "leave --portal out" in refused.err) == (64, True)
    refused = cli("init", "--yes", "--portal=http://portal.example/api")
    assert (refused.code, "Write https:// instead of http://." in refused.err) == (64, True)
    assert not [*here.iterdir()]


def test_what_commands_write_is_no_part_of_the_repository(here: Path, cli: Cli) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout

    git("init", "--quiet", ".")
    assert cli("init", *ANSWERS).code == 0
    git("add", ".")
    before = git("status", "--porcelain")
    cli("plan", "--out=plan.json")
    cli("preview", "--plan=plan.json")
    cli("preview", "--dir=preview")
    cli("apply", "plan.json")
    assert {"plan.json", "preview.html", "preview"} <= {path.name for path in here.iterdir()}
    assert git("status", "--porcelain") == before


def test_settings_of_editors_are_a_part_of_it_for_those_who_ignore_such_folders_too(
    here: Path, cli: Cli, tmp_path: Path
) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout

    (tmp_path / "ignored").write_text(".idea/\n")
    git("init", "--quiet", ".")
    git("config", "core.excludesFile", str(tmp_path / "ignored"))
    cli("init", *ANSWERS)
    (here / ".idea" / "workspace.xml").write_text("<project />")
    git("add", ".")
    added = git("ls-files").splitlines()
    assert [path for path in added if path.startswith(".idea/")] == [".idea/jsonSchemas.xml"]
    assert ".vscode/settings.json" in added


def test_the_schema_command_finds_nothing_to_do_in_it(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTALSYNC_LANG")  # in the language of the repository
    cli("init", *ANSWERS)
    before = everything(here)
    read = json.loads((here / ".vscode" / "settings.json").read_bytes())
    found = cli("schema", "--write=schemas", "--editors")
    assert "line" not in found.err
    after = everything(here)
    settings = here / ".vscode" / "settings.json"
    assert {path for path in after if after[path] != before.get(path)} <= {str(settings)}
    assert json.loads(settings.read_bytes()) == read


def test_schemas_are_what_the_schema_command_writes(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTALSYNC_LANG")  # in the language of the repository
    cli("init", *ANSWERS)
    made = {path.name: path.read_bytes() for path in (here / "schemas").iterdir()}
    cli("schema", "--write=schemas")
    assert {path.name: path.read_bytes() for path in (here / "schemas").iterdir()} == made


def test_yes_takes_what_is_usual(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTALSYNC_LANG")
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    made = cli("init", "--yes")
    assert made.code == 0
    assert "Die Beispielkanzlei ist kanzlei-am-markt." in made.err
    firm = (here / "portal-config" / "firms" / "kanzlei-am-markt.yaml").read_text(encoding="utf-8")
    assert 'name: "Kanzlei Am Markt"' in firm
    assert "locales: [de]" in firm
    assert "time_zone: Europe/Vienna" in firm


@pytest.mark.parametrize(("locale", "told"), [("de,en", "Gültig: 1 Kanzlei"), ("en,de", "Valid: 1 firm")])
def test_a_repository_answers_in_its_first_language(
    locale: str, told: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every machine: a colleague's, whatever it speaks, and that of the workflows, which has none."""
    monkeypatch.delenv("PORTALSYNC_LANG")
    cli("init", "--name=x", f"--locale={locale}", "--time-zone=Europe/Berlin")
    for machine in ("C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8"):
        monkeypatch.setenv("LANG", machine)
        assert cli("validate").err.startswith(told)
    network = here / "portal-config" / "portalsync.yaml"
    assert f"language: {locale[:2]}\n" in network.read_text(encoding="utf-8")


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", ":/etc/localtime", "Mars/Olympus"])
def test_a_machine_without_a_place_gets_that_of_its_language(
    zone: str, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert cli("init", "--yes", "--locale=de", "--name=x").code == 0
    assert "time_zone: Europe/Berlin" in (here / "portal-config" / "firms" / "x.yaml").read_text(
        encoding="utf-8"
    )


def test_nobody_is_asked_who_is_not_there(here: Path, cli: Cli) -> None:
    done = cli("init", *ANSWERS[:2])
    assert done.code == 64
    assert (
        "Nobody is there to ask.\n  = help: Give --name, --locale and --time-zone, or add --yes." in done.err
    )
    assert everything(here) == {}


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        ("--name= ", "The name is blank."),
        (f"--name={'x' * 200}", "The name has 200 characters; portals show at most 80."),
        ("--name=a\u202eb", "U+202E"),
        ("--locale=qaa", "Choose from en, de"),
        ("--time-zone=Vienna", "Did you mean Europe/Vienna?"),
    ],
)
def test_an_answer_that_no_file_can_hold_is_refused(option: str, problem: str, here: Path, cli: Cli) -> None:
    done = cli("init", "--yes", option)
    assert done.code == 64
    assert problem in done.err
    assert everything(here) == {}


def test_a_folder_that_is_not_empty_is_left_alone(here: Path, cli: Cli) -> None:
    (here / "README.md").write_text("mine")
    before = everything(here)
    done = cli("init", "--yes")
    assert done.code == 1
    assert "is not empty: README.md" in done.err
    assert everything(here) == before


@pytest.fixture
def clone(here: Path) -> Path:
    """As people have them: a repository with a readme, a licence, files that are ignored, and settings."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=trunk", str(here)], check=True)
    own = {"README.md": "mine", "LICENSE": "mine", ".gitignore": "*.pyc", ".github/dependabot.yml": "mine"}
    for name, content in own.items():
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(content)
    return here


def test_a_clone_gets_a_configuration_and_keeps_what_it_has(clone: Path, cli: Cli) -> None:
    """Seen to fail: any folder with a readme was refused."""
    before = everything(clone)
    made = cli("init", *ANSWERS)
    assert made.code == 0
    after = everything(clone)
    assert {path for path in before if after[path] != before[path]} == {str(clone / ".gitignore")}
    assert (clone / ".gitignore").read_text().startswith("*.pyc\n\n# ")
    assert "Added to what was there: .gitignore.\nLeft as it was: .github/dependabot.yml.\n" in made.err
    assert "README.portalsync.md explains the rest;" in made.err
    assert "what is merged into trunk gets applied." in made.err
    assert "branches: [trunk]" in (clone / ".github/workflows/portal-apply.yml").read_text()
    assert cli("validate").code == 0


def test_in_a_larger_repository_the_whole_round_works_from_its_root_as_in_a_workflow(
    clone: Path, cli: Cli
) -> None:
    """Seen to fail: `.github` was where GitHub never looks."""
    made = cli("init", "portals/eu", *ANSWERS)
    assert (made.code, made.out) == (0, "")
    assert f"GitHub's files are in {clone};" in made.err
    assert not (clone / "portals/eu/.github").exists()
    workflow = yaml.safe_load((clone / ".github/workflows/portal-check.yml").read_text())
    config = f"--config={workflow['env']['PORTALSYNC_CONFIG']}"
    assert cli("validate", config).err == "Valid: 1 firm, 3 sample clients.\n"
    assert cli("plan", config, "--out=plan.json").code == 0
    assert cli("apply", config, "plan.json").code == 0


def test_a_branch_and_a_repository_that_are_named_win(clone: Path, cli: Cli) -> None:
    assert cli("init", "own", *ANSWERS, "--branch=release/2", "--repository=own").code == 0
    apply = (clone / "own" / ".github" / "workflows" / "portal-apply.yml").read_text()
    assert "branches: [release/2]" in apply
    assert "github.ref == 'refs/heads/release/2'" in apply
    refused = cli("init", "other", *ANSWERS, "--branch=a'b")
    assert (refused.code, "has letters, digits" in refused.err) == (64, True)
    refused = cli("init", "other", *ANSWERS, "--repository=own")
    assert (refused.code, "other is not in own." in refused.err) == (64, True)
    assert not (clone / "other").exists()


def test_what_is_in_the_way_is_named_and_nothing_is_written(clone: Path, cli: Cli) -> None:
    assert cli("init", "one", *ANSWERS).code == 0
    (clone / ".github/workflows/portal-check.yml").write_text("mine")
    before = everything(clone)
    refused = cli("init", "two", *ANSWERS)
    assert refused.code == 1
    assert "Is there already: .github/requirements.txt" not in refused.err
    assert ".github/workflows/portal-check.yml" in refused.err
    assert "--repository" in refused.err
    assert everything(clone) == before


def test_who_installed_from_a_folder_is_told_that_nobody_else_can(here: Path, cli: Cli) -> None:
    """As the tests are. Seen to fail: a version was named that no index may have, or somebody else's."""
    made = cli("init", *ANSWERS)
    assert "This portalsync came from a folder or a file of this machine" in made.err
    lines = (here / ".github" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert "portalsync fehlt: hier steht, woher Runner es bekommen" in lines
    assert [line for line in lines if line.startswith("click==")]


def test_who_installed_from_an_index_gets_the_version_and_the_hashes_of_all(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Source("portalsync==1.2", from_index=True)
    monkeypatch.setattr("portalsync.scaffold.installation.source_of", lambda _name: index)
    hashes: dict[str, tuple[str, ...]] = {}
    monkeypatch.setattr("portalsync.cli.commands.init.hashes_of", lambda _pins: hashes)
    assert "pip could not say the hashes" in cli("init", "without", *ANSWERS).err
    hashes |= {"portalsync": ("sha256:1",)}
    made = cli("init", "with", *ANSWERS)
    assert "Asking pip for the hashes" in made.err
    assert "pip could not say" not in made.err
    written = (here / "with" / ".github" / "requirements.txt").read_text(encoding="utf-8")
    assert "\nportalsync==1.2 \\\n    --hash=sha256:1\n" in written


def test_a_second_init_changes_nothing(here: Path, cli: Cli) -> None:
    cli("init", *ANSWERS)
    before = everything(here)
    assert cli("init", *ANSWERS).code == 1
    assert everything(here) == before


def test_questions_are_asked_again_until_the_answer_can_be_used(here: Path) -> None:
    told = typed(here, ["init"], "\n", "qaa\n", "en\n", "Chicago\n", "America/Chicago\n")
    assert "Name of the firm [Kanzlei Am Markt]" in told
    assert "Choose from en, de" in told
    assert "Did you mean America/Chicago?" in told
    firm = (here / "portal-config" / "firms" / "kanzlei-am-markt.yaml").read_text(encoding="utf-8")
    assert "locales: [en]" in firm
    assert "time_zone: America/Chicago" in firm


def test_ctrl_c_at_a_question_leaves_nothing(here: Path) -> None:
    assert "Interrupted." in typed(here, ["init"], "\x03", code=130)
    assert everything(here) == {}
