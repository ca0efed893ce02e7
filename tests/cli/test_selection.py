"""`--firm` and `--group`, the same wherever they stand."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import AT, BASE, Cli, everything
from tests.cli.test_formats import published

ROOT = Path("portal-config")
FIRMS = {"oak": "[north]", "elm": "[north]", "ash": "[south]", "yew": "[]"}
COMMANDS = ("validate", "plan", "apply", "drift", "preview")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four firms, in groups north (oak, elm), south (ash) and none (yew)."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, ROOT)
    for kind, name in (("firms", "oak"), ("facts", "oak"), ("groups", "north")):
        text = (ROOT / kind / f"{name}.yaml").read_text()
        for other in ("south",) if kind == "groups" else FIRMS:
            own = text.replace(f": {name}", f": {other}").replace("Oak &", f"{other.capitalize()} &")
            (ROOT / kind / f"{other}.yaml").write_text(
                own.replace("[north]", FIRMS.get(other, "")).replace("Done", other)
            )
    return tmp_path


def parts(text: str) -> dict[str, Any]:
    return {firm["id"]: firm for firm in json.loads(text)["firms"]}


def names(folder: str, name: str) -> str:
    return str(ROOT / folder / f"{name}.yaml")


def edit(name: str, before: str, after: str) -> None:
    path = ROOT / "firms" / f"{name}.yaml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_no_firm_has_is_a_wrong_call(command: str, network: Path, cli: Cli) -> None:
    before = everything(network)
    done = cli(command, "--firm=oka")
    assert (done.code, done.out) == (64, "")
    assert done.err == "error: There is no firm oka.\n  = help: Did you mean oak?\n"
    done = cli(command, "--group=sout", "--firm=oak")
    assert (done.code, done.out) == (64, "")
    assert done.err == "error: No firm is in a group sout.\n  = help: Did you mean south?\n"
    kept = {path: content for path, content in everything(network).items() if ".portalsync" not in path}
    assert kept == before


def test_a_plan_for_some_is_their_part_of_the_plan_for_all(network: Path, cli: Cli) -> None:
    """Seen to fail when a selection changed what is planned for a firm."""
    del network
    whole = cli("plan", AT, "--format=json")
    some = cli("plan", AT, "--format=json", "--firm=yew", "--group=north")
    assert parts(some.out) == {key: part for key, part in parts(whole.out).items() if key != "ash"}
    published("plan", some.out)
    assert json.loads(some.out)["left_out"] == 1
    assert json.loads(whole.out)["left_out"] == 0


def test_a_plan_for_some_says_so(network: Path, cli: Cli) -> None:
    del network
    line = "Only part of the network: 2 other firms are left out."
    assert line in cli("plan", AT, "--group=north").out
    assert line in cli("plan", AT, "--group=north", "--format=markdown").out
    assert "Nur ein Teil des Netzwerks: 2 weitere Kanzleien" in cli("plan", "--lang=de", "--group=north").out
    assert cli("apply", AT, "--group=north", "--yes").code == 0
    assert line in cli("plan", AT, "--group=north").out
    assert "Only part" not in cli("plan", AT).out


def test_guardrails_count_all_firms(network: Path, cli: Cli) -> None:
    """Two of two is more than half, but not of four."""
    with (network / ROOT / "portalsync.yaml").open("a") as file:
        file.write("guardrails: {changed_firms: 0, changed_percent: 50}\n")
    assert cli("plan", AT, "--group=north").code == 0
    assert cli("plan", AT, "--group=north", "--firm=ash").code == 6


def test_who_is_left_out_is_not_released(network: Path, cli: Cli) -> None:
    del network
    assert cli("apply", AT, "--yes").code == 0
    for folder in ("firms", "facts"):
        (ROOT / folder / "ash.yaml").unlink()
    assert parts(cli("plan", AT, "--format=json", "--group=north").out) == {}
    assert parts(cli("plan", AT, "--format=json", "--firm=ash").out)["ash"]["managed"] == []
    assert cli("plan", AT, "--group=south").code == 64


def test_apply_changes_only_the_selected(network: Path, cli: Cli) -> None:
    del network
    done = cli("apply", AT, "--firm=elm", "--yes", "--output-file=json=receipt.json")
    assert done.code == 0
    assert [*parts(Path("receipt.json").read_text())] == ["elm"]
    assert [*parts(cli("plan", AT, "--format=json").out)] == ["ash", "oak", "yew"]


def test_a_saved_plan_is_applied_part_by_part(network: Path, cli: Cli) -> None:
    """Each part holds alone: that others were applied before does not make it stale."""
    del network
    assert cli("plan", AT, "--out=plan.json").code == 0
    first = cli("apply", "plan.json", "--group=north", "--format=json")
    assert [*parts(first.out)] == ["elm", "oak"]
    assert "Of the plan's 4 firms, 2 are chosen; the others stay as they are.\n" in first.err
    assert [*parts(cli("plan", AT, "--format=json").out)] == ["ash", "yew"]
    again = cli("apply", "plan.json", "--firm=oak", "--format=json")
    assert (again.code, parts(again.out)["oak"]["outcome"]) == (0, "already_applied")
    assert cli("apply", "plan.json", "--firm=ash", "--firm=yew").code == 0
    assert parts(cli("plan", AT, "--format=json").out) == {}


def test_of_a_saved_plan_a_firm_without_changes_is_nothing(network: Path, cli: Cli) -> None:
    del network
    assert cli("apply", AT, "--firm=oak", "--yes").code == 0
    assert cli("plan", AT, "--out=plan.json").code == 0
    done = cli("apply", "plan.json", "--firm=oak", "--format=json")
    assert (done.code, parts(done.out)) == (0, {})
    assert [*parts(cli("plan", AT, "--format=json").out)] == ["ash", "elm", "yew"]


def test_groups_of_a_saved_plan_are_those_of_its_files(network: Path, cli: Cli) -> None:
    """Seen to fail when a group was looked up in files that say something else than was reviewed."""
    assert cli("plan", AT, "--out=plan.json").code == 0
    edit("yew", "groups: []", "groups: [south]")
    before = everything(network)
    assert cli("apply", "plan.json", "--group=south").code == 4
    assert everything(network) == before
    assert cli("apply", "plan.json", "--firm=ash").code == 0


def test_a_part_of_a_plan_that_a_guardrail_holds_back_is_held_back(network: Path, cli: Cli) -> None:
    with (network / ROOT / "portalsync.yaml").open("a") as file:
        file.write("guardrails: {changed_firms: 0, changed_percent: 50}\n")
    assert cli("plan", AT, "--out=plan.json").code == 6
    assert cli("apply", "plan.json", "--firm=oak").code == 6


def test_drift_looks_only_at_the_selected(network: Path, cli: Cli) -> None:
    del network
    assert cli("apply", AT, "--group=north", "--yes").code == 0
    considered = {
        "--group=north": 2,
        "--firm=elm": 1,
        "--firm=ash": 0,  # on the portal, but nothing of it is managed
    }
    for option, number in considered.items():
        assert json.loads(cli("drift", option, "--format=json").out)["considered"] == number


def test_an_issue_about_drift_is_about_all(network: Path, cli: Cli) -> None:
    del network
    done = cli("drift", "--firm=oak", "--issue")
    assert done.code == 64
    assert "Leave out --issue, or --firm and --group." in done.err


def test_preview_shows_only_the_selected(network: Path, cli: Cli) -> None:
    del network
    assert "2 firms" in cli("preview", "--offline", "--group=north", "--dir=pages").err
    assert sorted(path.name for path in Path("pages").iterdir() if path.is_dir()) == ["elm", "oak"]
    assert cli("plan", AT, "--out=plan.json").code == 0
    assert "2 firms" in cli("preview", "--plan=plan.json", "--group=north", "--dir=pages").err
    assert "1 firm." in cli("preview", "--plan=plan.json", "--firm=yew", "--dir=pages").err


def test_validate_tells_what_it_found_in_the_selected(network: Path, cli: Cli) -> None:
    """The other firm breaks a rule: without a card provider nobody pays by card."""
    del network
    facts = ROOT / "facts" / "ash.yaml"
    facts.write_text(facts.read_text().replace("methods: [card]", "methods: [bank_debit]"))
    whole = cli("validate")
    assert whole.code == 3
    assert names("firms", "ash") in whole.out
    chosen = cli("validate", "--group=north")
    assert (chosen.code, chosen.out) == (0, "")
    assert "Valid: 2 firms" in chosen.err
    assert cli("validate", "--group=south").out == whole.out


def test_validate_tells_warnings_of_the_selected_and_of_what_they_share(network: Path, cli: Cli) -> None:
    del network
    gone = "  announcements:\n    items: [{id: gone, remove: true}]\n"
    for name in ("ash", "oak"):
        edit(name, "options:\n", f"options:\n{gone}")
    done = cli("validate", "--firm=oak")
    assert done.code == 0
    assert names("firms", "oak") in done.out
    assert names("firms", "ash") not in done.out
    (ROOT / "groups" / "north.yaml").write_text(
        f"apiVersion: portalsync/v1\nkind: Group\nid: north\noptions:\n{gone.replace('gone', 'old')}"
    )
    assert names("groups", "north") in cli("validate", "--firm=oak").out


def test_validate_loads_all_or_nothing(network: Path, cli: Cli) -> None:
    """A file that cannot be read stops everybody: nothing of the selected firm was checked."""
    del network
    (ROOT / "firms" / "ash.yaml").write_text("kind: [")
    done = cli("validate", "--firm=oak")
    assert done.code == 3
    assert names("firms", "ash") in done.out


def test_variables_select_too(network: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    del network
    monkeypatch.setenv("PORTALSYNC_FIRM", "yew elm")
    monkeypatch.setenv("PORTALSYNC_GROUP", "south")
    assert [*parts(cli("plan", AT, "--format=json").out)] == ["ash", "elm", "yew"]
