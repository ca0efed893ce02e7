"""The whole round on three firms of the worked example: validate, plan, show, apply, plan again."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from tests.cli.conftest import AT, Cli, call, everything

from portalsync.cli import program
from portalsync.commits import Commit, Committed, Conditional
from portalsync.errors import ExitCode
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import load, seed_of
from portalsync.resources import folder as packaged
from portalsync.server.app import create_app
from portalsync.server.in_process import open_embedded
from portalsync.server.serve import running
from portalsync.server.store import Store
from portalsync.wire import FirmState, Origin

FIRMS = ("harlow-pike", "kanzlei-moorhof", "redwood-tax")
DATABASE = Path("portal-config/.portalsync/portal.db")
REPORTS = ("text", "markdown", "json")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example with three of its firms, and without promises about the others."""
    config = tmp_path_factory.mktemp("example") / "portal-config"
    shutil.copytree(packaged("portal-config"), config, ignore=shutil.ignore_patterns(".portalsync"))
    for file in [*config.glob("firms/*"), *config.glob("facts/*")]:
        if file.stem not in FIRMS:
            file.unlink()
    for file in config.glob("personas/*"):
        file.write_text(re.sub(r"\nexpect:.*", "\n", file.read_text(), flags=re.DOTALL))
    return config.parent


@pytest.fixture(scope="session")
def applied(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example once it is applied."""
    folder = tmp_path_factory.mktemp("applied") / "example"
    shutil.copytree(example, folder)
    done = call("apply", "--yes", f"--config={folder / 'portal-config'}", AT)
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def fresh(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return _standing_in(example, tmp_path, monkeypatch)


@pytest.fixture
def live(applied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return _standing_in(applied, tmp_path, monkeypatch)


def _standing_in(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "network"
    shutil.copytree(original, folder)
    monkeypatch.chdir(folder)
    return folder


def edit(file: str, old: str, new: str) -> int:
    """Replaces a text that stands once in a file, and gives its line."""
    path = Path("portal-config") / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def state(firm: str) -> FirmState:
    portal = open_embedded(DATABASE)
    try:
        return portal.state(firm)
    finally:
        portal.close()


def flat(text: str) -> str:
    """A report without its line breaks."""
    return " ".join(text.split())


@pytest.mark.usefixtures("fresh")
def test_whole_round(cli: Cli) -> None:
    """What is planned and shown is applied, and then there is nothing left to do."""
    assert cli("validate", AT).code == 0
    made = cli("plan", "--out=plan.json", AT)
    assert made.code == 0
    assert "3 of 3 firms change" in made.out
    assert cli("plan", "--detailed-exitcode", AT).code == 2
    for form in REPORTS:
        shown = cli("show", "plan.json", f"--format={form}")
        assert shown.code == 0
        assert shown.out == cli("plan", f"--format={form}", AT).out
    receipt = cli("apply", "plan.json", "--actor=Rosa Lund")
    assert receipt.code == 0
    assert "3 firms are as planned." in receipt.out
    again = cli("plan", "--detailed-exitcode", AT)
    assert again.code == 0
    assert "No changes" in again.out
    assert cli("apply", AT).code == 0  # nothing to ask about
    late = cli("apply", "plan.json")
    assert late.code == 0
    assert "The plan is already applied. Nothing was sent." in late.out
    assert flat(late.out).count("by Rosa Lund") == 3


def test_equal_input_gives_equal_plans(fresh: Path, cli: Cli) -> None:
    """Two plans of the same files, portal and instant are the same bytes."""
    del fresh
    one, two = (cli("plan", "--format=json", AT).out for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "on the phone, home page and chats page: Message firm / Nachricht an die Kanzlei appears"),
        (
            "de",
            "auf dem Telefon, Startseite und Seite Chats: Nachricht an die Kanzlei / Message firm erscheint",
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_one_switch(lang: str, says: str, form: str, live: Path, cli: Cli) -> None:
    """A changed switch is told by page, surface and the words that clients see, with its line."""
    del live
    line = edit("firms/kanzlei-moorhof.yaml", "clients_can_start: false", "clients_can_start: true")
    made = cli("plan", "--detailed-exitcode", f"--format={form}", f"--lang={lang}", AT)
    assert made.code == 2
    told = flat(re.sub(r"[`“”„*\\]", "", made.out))
    assert says.lower() in told.lower()
    assert f"firms/kanzlei-moorhof.yaml:{line}:24" in told
    assert "123" in told  # its clients
    assert "Redwood" not in told


def test_a_link_inside_a_text_that_leads_elsewhere_is_told_first(live: Path, cli: Cli) -> None:
    """However long the text before it is, and whatever else changes.

    Seen to fail when only a block's own link counted: both quotations were cut before they differed.
    """
    del live
    text, link = "Even an LLC that earned nothing owes it.", "[Pay](https://pay.example/a)"
    edit("firms/redwood-tax.yaml", text, f"{'It is due. ' * 40} {link}")
    assert cli("apply", "--yes", "--ack=new-host:pay.example", AT).code == 0
    edit("firms/redwood-tax.yaml", "pay.example", "pay.example.evil.example")
    edit("firms/redwood-tax.yaml", "tax is due April 15", "tax: pay here")
    told = flat(cli("plan", AT).out)
    assert "led to another address by “California LLCs: $800 franchise tax: pay here”" in told
    assert "Links lead to, after: https://pay.example.evil.example/a" in told
    assert re.search(r"Text, after: ….{10,80}evil", told)


def test_what_no_sample_client_has_is_not_called_unnoticed(live: Path, cli: Cli) -> None:
    """Seen to fail: “no client will notice”, while clients with a job in that pipeline would."""
    del live
    facts = Path("portal-config/facts/redwood-tax.yaml")
    pipeline = "pipelines:\n  - {id: audits, name: {en: Audits}, stages: [intake]}"
    facts.write_text(facts.read_text().replace("pipelines:", pipeline))
    shown = "enabled: true\n    pipelines: [{id: audits, stages: [{id: intake, show: hidden}]}]"
    edit("firms/redwood-tax.yaml", "enabled: true\n    audience", f"{shown}\n    audience")
    told = cli("plan", AT).out
    assert "No client will notice anything." not in told
    assert "No sample client will notice anything" in told


def test_a_website_that_leads_elsewhere_is_told_first(live: Path, cli: Cli) -> None:
    """Seen to fail while the website was one line among others of the contact block."""
    del live
    path = Path("portal-config/firms/redwood-tax.yaml")
    path.write_text(re.sub("website: .*", "website: https://www.evil.example/", path.read_text()))
    assert "led to another address by “Contact”" in flat(cli("plan", AT).out)


@contextmanager
def served() -> Iterator[str]:
    """The portal of the folder, at an address: the option that names it."""
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    store.seed(seed_of(load(Path("portal-config"))))
    with running(create_app(store, lambda: datetime.now(UTC))) as address:
        named = f"environments:\n  served: {{backend: http, url: '{address}'}}\n"
        edit("portalsync.yaml", "environments:\n", named)
        yield "--env=served"
    store.close()


def test_plan_reads_only(fresh: Path, cli: Cli, requests: list[str]) -> None:
    """Law 12: plan sends nothing but GET, with changes and without.

    Seen to fail when planning sent a commit that the portal refused anyway.
    """
    del fresh
    with served() as portal:
        assert cli("plan", "--out=plan.json", portal, AT).code == 0
        assert set(requests) == {"GET"}
        assert cli("apply", "plan.json").code == 0
        assert "POST" in requests
        del requests[:]
        assert cli("plan", portal, AT).code == 0
        assert set(requests) == {"GET"}


def test_no_change_reads_no_firm(live: Path, cli: Cli, requests: list[str]) -> None:
    """Where nothing changed, two questions are enough for all firms together, and one whether the portal
    still has what they need. A portal that lies beside the files is asked none.
    """
    del live
    assert cli("plan", "--detailed-exitcode", AT).code == 0
    assert requests == []
    with served() as portal:
        assert cli("plan", "--detailed-exitcode", portal, AT).code == 0
    assert requests == ["GET", "GET", "GET"]


def spoilt() -> None:
    edit("firms/redwood-tax.yaml", "enabled: true\n    provider", "enabled: yes\n    provider")


@pytest.mark.parametrize(("prepare", "code"), [(lambda: None, 0), (spoilt, 3)])
def test_format_never_changes_how_validate_ends(prepare: object, code: int, fresh: Path, cli: Cli) -> None:
    """Law 11 for validate, with a good and a bad configuration.

    Seen to fail when findings ended with 3 as text only.
    """
    del fresh
    assert callable(prepare)
    prepare()
    assert {cli("validate", f"--format={form}", AT).code for form in ("text", "json")} == {code}


def test_format_never_changes_how_plan_ends(fresh: Path, cli: Cli) -> None:
    """Law 11 for plan, with changes and with a bad configuration.

    Seen to fail when changes as JSON ended with 0.
    """
    del fresh
    ends = {cli("plan", "--detailed-exitcode", f"--format={form}", AT).code for form in REPORTS}
    assert ends == {ExitCode.CHANGES}
    spoilt()
    ends = {cli("plan", "--detailed-exitcode", f"--format={form}", AT).code for form in REPORTS}
    assert ends == {ExitCode.INVALID}


@pytest.mark.parametrize("form", REPORTS)
def test_format_never_changes_how_apply_ends(form: str, fresh: Path, cli: Cli) -> None:
    """Law 11 for apply: done, nothing to do, already applied, stale.

    Seen to fail when a receipt as JSON always ended with 5.
    """
    del fresh
    assert cli("plan", "--out=plan.json", AT).code == 0
    assert cli("apply", "plan.json", f"--format={form}").code == 0
    assert cli("apply", f"--format={form}", AT).code == 0
    assert cli("apply", "plan.json", f"--format={form}").code == 0
    changed_by_hand("kanzlei-moorhof", "chat.clients_can_start", before=False, after=True)
    assert cli("apply", "plan.json", f"--format={form}").code == 4


def test_removed_firm_is_released(live: Path, cli: Cli) -> None:
    """A firm whose file is gone keeps everything on its portal, and portalsync lets go of it."""
    before = state("redwood-tax")
    for part in ("firms", "facts"):
        (live / "portal-config" / part / "redwood-tax.yaml").unlink()
    made = cli("plan", "--out=plan.json", "--detailed-exitcode", AT)
    assert made.code == 2
    assert "Redwood Tax & Books is released" in flat(made.out)
    assert cli("apply", "plan.json").code == 0
    after = state("redwood-tax")
    assert after.settings == before.settings
    assert before.managed
    assert after.managed == ()
    assert cli("plan", "--detailed-exitcode", AT).code == 0


def test_removed_field_is_released(live: Path, cli: Cli) -> None:
    """A field that no file sets any more stays as it is on the portal."""
    del live
    edit("firms/harlow-pike.yaml", "    provider: calendly\n", "")
    made = cli("plan", "--out=plan.json", "--detailed-exitcode", AT)
    assert made.code == 2
    assert "No client will notice anything." in made.out
    assert "Harlow Pike CPAs LLP: no longer managed" in flat(made.out)
    assert cli("apply", "plan.json").code == 0
    after = state("harlow-pike")
    assert after.settings["appointments.provider"] == "calendly"
    assert "appointments.provider" not in after.managed
    assert "appointments.url" in after.managed
    assert cli("plan", "--detailed-exitcode", AT).code == 0


def changed_by_hand(firm: str, path: str, **values: JSON) -> None:
    portal = open_embedded(DATABASE, clock=lambda: datetime(2026, 11, 12, 8, 30, tzinfo=UTC))
    write = Edit(path, **values)
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (write,), ())
    answers = portal.commit([Conditional(firm, portal.state(firm).generation, "by-hand", commit)])
    portal.close()
    assert isinstance(answers[0], Committed), answers[0]


def test_hand_edit_is_undone_by_name(live: Path, cli: Cli) -> None:
    """What somebody changed in the portal is put back, and the plan says whose change of when it undoes."""
    del live
    changed_by_hand("kanzlei-moorhof", "chat.clients_can_start", before=False, after=True)
    made = cli("plan", "--out=plan.json", "--detailed-exitcode", AT)
    assert made.code == 2
    told = flat(made.out)
    assert "undoes the change of 12 Nov 2026, 09:30 (Berlin) by Dana Reyes" in told.replace(", by", " by")
    assert "disappears" in told
    assert cli("apply", "plan.json").code == 0
    assert state("kanzlei-moorhof").settings["chat.clients_can_start"] is False


def test_hand_edit_of_what_nobody_manages_stays(live: Path, cli: Cli) -> None:
    """A change in the portal to a field that no file sets is none of portalsync's business."""
    del live
    changed_by_hand("kanzlei-moorhof", "done_uploading.dialog_checkbox", after=True)
    made = cli("plan", "--detailed-exitcode", AT)
    assert made.code == 0
    assert "No changes" in made.out


def test_preview_writes_pages_and_nothing_else(live: Path, cli: Cli, requests: list[str]) -> None:
    """A preview fills its folder, again and again, and only reads the portal."""
    before = everything(live)
    for _ in range(2):
        assert cli("preview", "--dir=pages", "--firm=redwood-tax", AT).code == 0
    assert (live / "pages" / "index.html").exists()
    shutil.rmtree(live / "pages")
    assert everything(live) == before
    assert {*requests} <= {"GET"}


def commands() -> Iterator[click.Command]:
    yield from program.commands.values()


@pytest.mark.parametrize("command", [command.name for command in commands()])
def test_help(command: str, cli: Cli) -> None:
    """Every command explains itself, and so does the program."""
    shown = cli(command, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Usage: portalsync {command}")
    assert command in cli("-h").out


def test_every_option_has_its_variable() -> None:
    """Every option can be given as a PORTALSYNC_ variable."""
    for command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "help":
                assert isinstance(parameter.envvar, str), f"{command.name} {parameter.opts}"
                assert parameter.envvar.startswith("PORTALSYNC_")


def test_variables_stand_for_options(live: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable does what its option does; the option wins."""
    del live
    monkeypatch.setenv("PORTALSYNC_FORMAT", "json")
    monkeypatch.setenv("PORTALSYNC_AT", "2026-12-01")
    assert cli("plan").out.startswith('{"at":"2026-12-01T00:00:00+00:00"')
    assert cli("plan", "--format=text").out.startswith("Plan for local")
