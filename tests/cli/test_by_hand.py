"""A portal without an API, applied on a terminal and by a runbook: only what was ticked is recorded."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.conftest import BASE, Cli
from tests.cli.typed import typed

CHAT, NAME = "oak:chat.clients_can_start", "oak:profile.name"
CTRL_C = "\x03"


@pytest.fixture
def by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Path:
    """A folder with a configuration whose portal is set by hand, and its plan."""
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "portal-config"
    shutil.copytree(BASE, config)
    network = config / "portalsync.yaml"
    text = network.read_text().replace("backend: embedded", "backend: manual\n    vendor: taxdome")
    network.write_text(text.replace("    database: .portalsync/portal.db\n", ""))
    assert cli("plan", "--out", "plan.json").code == 0
    return tmp_path


def recorded(folder: Path) -> dict[str, Any]:
    """Values by path; nothing where there is no record."""
    file = folder / "portal-config" / "portal-record" / "oak.yaml"
    return yaml.safe_load(file.read_text())["settings"] if file.exists() else {}


def runbook(folder: Path, *steps: str, outcome: str = "done", **others: Any) -> dict[str, Any]:
    plan = json.loads((folder / "plan.json").read_text().splitlines()[0])["digest"]
    ticked = {"outcome": outcome, "by": "R. Pike", "at": "2026-11-26T14:00:00+01:00"}
    return {
        "format_version": 1,
        "plan": plan,
        "steps": [{"step": step, **ticked} for step in steps],
        **others,
    }


def handed_in(cli: Cli, folder: Path, body: Any) -> Any:
    (folder / "runbook.json").write_text(json.dumps(body))
    return cli("apply", "plan.json", "--done", "runbook.json", "--actor", "Anna Berg")


class TestRunbook:
    def test_what_was_ticked_is_recorded_and_the_rest_stays_planned(self, cli: Cli, by_hand: Path) -> None:
        body = runbook(by_hand, CHAT)
        body["steps"] += runbook(by_hand, NAME, outcome="later")["steps"]
        done = handed_in(cli, by_hand, body)
        assert done.code == 5, done.err
        (path,) = recorded(by_hand)
        assert (path, recorded(by_hand)[path]["by"]) == ("chat.clients_can_start", "R. Pike")
        left = json.loads(cli("plan", "--format=json").out)["firms"][0]["changes"]
        assert "profile.name" in {change["edit"]["path"] for change in left}
        assert "chat.clients_can_start" not in {change["edit"]["path"] for change in left}

    def test_all_of_it_ends_in_an_empty_plan_and_twice_is_once(self, cli: Cli, by_hand: Path) -> None:
        assert handed_in(cli, by_hand, runbook(by_hand, CHAT)).code == 5
        refused = handed_in(cli, by_hand, runbook(by_hand, "oak:nothing"))
        steps = {f"oak:{change['edit']['path']}" for change in self.changes(cli)}
        assert (refused.code, len(steps)) == (4, 7)
        assert handed_in(cli, by_hand, runbook(by_hand, *sorted(steps), CHAT)).code == 0
        assert cli("plan", "--detailed-exitcode").code == 0
        file = by_hand / "portal-config" / "portal-record" / "oak.yaml"
        before = file.read_bytes()
        again = handed_in(cli, by_hand, runbook(by_hand, CHAT))
        assert (again.code, file.read_bytes()) == (0, before)
        assert "already applied" in again.out

    def changes(self, cli: Cli) -> Any:
        return json.loads(cli("plan", "--format=json").out)["firms"][0]["changes"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"plan": f"sha256:{'0' * 64}"}, "another plan"),
            ({"steps": [{"step": CHAT, "outcome": "done"}]}, "not what a runbook saves"),
            ({"format_version": 2}, "not what a runbook saves"),
            ({"values": {"profile.name": "Evil"}}, "not what a runbook saves"),
            ("other firm", "does not have"),
            ("twice", "twice"),
            ("altered value", "not what a runbook saves"),
            ("outcome", "not what a runbook saves"),
        ],
    )
    def test_one_that_says_something_else_records_nothing(
        self, cli: Cli, by_hand: Path, change: dict[str, Any] | str, said: str
    ) -> None:
        """Seen to fail where steps that are not in the list are passed over."""
        body = runbook(by_hand, CHAT, NAME)
        match change:
            case "other firm":
                body["steps"][1]["step"] = "elm:profile.name"
            case "twice":
                body["steps"][1] = {**body["steps"][0], "outcome": "later"}
            case "altered value":
                body["steps"][1]["after"] = "Evil & Partners"
            case "outcome":
                body["steps"][1]["outcome"] = True
            case dict():
                body |= change
        refused = handed_in(cli, by_hand, body)
        assert (refused.code, recorded(by_hand)) == (4, {})
        assert said in refused.err

    def test_a_plan_from_before_something_was_seen_is_stale(self, cli: Cli, by_hand: Path) -> None:
        stale = runbook(by_hand, NAME)
        firm = by_hand / "portal-config" / "firms" / "oak.yaml"
        firm.write_text(firm.read_text().replace("Oak & Partners", "Oak Partners"))
        assert cli("plan", "--out", "other.json").code == 0
        (by_hand / "plan.json").rename("first.json")
        (by_hand / "other.json").rename("plan.json")
        assert handed_in(cli, by_hand, runbook(by_hand, CHAT)).code == 5
        (by_hand / "first.json").rename("plan.json")
        assert handed_in(cli, by_hand, stale).code == 4
        assert [*recorded(by_hand)] == ["chat.clients_can_start"]

    def test_it_needs_its_plan_and_a_portal_without_an_api(self, cli: Cli, by_hand: Path) -> None:
        (by_hand / "runbook.json").write_text("{}")
        assert cli("apply", "--done", "runbook.json").code == 64
        assert cli("apply", "plan.json").code == 64
        assert recorded(by_hand) == {}


def test_a_record_that_a_merge_has_torn_is_found_by_validate(cli: Cli, by_hand: Path) -> None:
    assert handed_in(cli, by_hand, runbook(by_hand, CHAT)).code == 5
    assert cli("validate").code == 0
    file = by_hand / "portal-config" / "portal-record" / "oak.yaml"
    whole = file.read_text()
    file.write_text(whole.replace("settings:", "<<<<<<< HEAD\nsettings:"))
    found = cli("validate")
    assert found.code == 3
    assert "record-damaged" in found.out
    assert "portal-config/portal-record/oak.yaml:5:" in found.out
    assert cli("plan").code == 1
    file.write_text(whole.replace("value: true", "value: false", 1))
    assert "from here on: expected the value of chat.clients_can_start" in cli("validate").out


class TestLooking:
    def test_where_nobody_can_answer_the_walk_is_printed(self, cli: Cli, by_hand: Path) -> None:
        assert handed_in(cli, by_hand, runbook(by_hand, CHAT, NAME)).code == 5
        for form in ("text", "markdown"):
            printed = cli("drift", "--format", form).out
            assert "Look at these 2 pages" in printed
            assert "Let clients create new chat threads" in printed
        assert json.loads(cli("drift", "--format=json").out)["firms"] == []

    def test_what_is_there_already_is_taken_over_and_no_client_notices(self, cli: Cli, by_hand: Path) -> None:
        """Before the first plan: all is so already, but for one switch, which a guardrail asks about as it
        does on any portal.
        """
        assert "as the files want it" in cli("drift").out
        assert cli("plan", "--format=json").out.count('"kind":"appears"') > 0
        stopped = typed(by_hand, ("drift", "--actor", "Jo Lind"), "n\n", "q\n")
        assert "Nothing is recorded yet. Look at these" in stopped
        assert stopped.count("So already?") == 1
        assert "Recorded in" not in stopped
        assert recorded(by_hand) == {}
        shown = typed(by_hand, ("drift", "--actor", "Jo Lind"), "y\n", "y\n", "n\n", "y\n")
        assert "Is all of this so already?" in shown
        assert "Recorded in portal-config/portal-record." in shown
        assert [each["generation"] for each in self.walked(by_hand)] == [2]
        (change,) = TestRunbook().changes(cli)
        assert change["edit"] == {"path": "chat.clients_can_start", "before": False, "after": True}
        assert cli("plan", "--out", "plan.json").code == 6
        assert cli("plan", "--out", "plan.json", "--ack", "takeover-removes:oak").code == 0
        assert handed_in(cli, by_hand, runbook(by_hand, CHAT)).code == 0
        assert cli("plan", "--detailed-exitcode").code == 0

    def walked(self, folder: Path) -> list[dict[str, Any]]:
        """The generations of the firm's record."""
        record = yaml.safe_load((folder / "portal-config" / "portal-record" / "oak.yaml").read_text())
        return [each for each in record["history"] if each["origin"] == "portal"]

    def test_what_somebody_sees_is_recorded_and_is_drift(self, cli: Cli, by_hand: Path) -> None:
        """Page by page: the name reads otherwise, another is right, the switch is off by now."""
        assert handed_in(cli, by_hand, runbook(by_hand, CHAT, NAME, "oak:profile.time_zone")).code == 5
        looked = ("n\n", "n\n", "Oak Partners\n", "y\n", "n\n")
        shown = typed(by_hand, ("drift", "--actor", "Jo Lind"), *looked)
        assert "applied on, now off" in shown
        found = recorded(by_hand)
        assert (found["profile.name"]["value"], found["chat.clients_can_start"]["value"]) == (
            "Oak Partners",
            False,
        )
        assert {path: each["by"] for path, each in found.items()}["profile.time_zone"] == "Jo Lind"
        (firm,) = json.loads(cli("drift", "--format=json").out)["firms"]
        assert {change["path"]: change["changed"]["actor"] for change in firm["changes"]} == {
            "profile.name": "Jo Lind",
            "chat.clients_can_start": "Jo Lind",
        }
        undone = [change["edit"] for change in TestRunbook().changes(cli)]
        assert {"path": "profile.name", "before": "Oak Partners", "after": "Oak & Partners"} in undone
        assert cli("drift", "--restore=chat", "--keep=all", "--out=restore.json").code == 0
        (firm,) = json.loads(cli("show", "restore.json", "--format=json").out)["firms"]
        assert [change["edit"]["path"] for change in firm["changes"]] == ["chat.clients_can_start"]
        (firm,) = json.loads(cli("drift", "--format=json").out)["firms"]
        assert [change["path"] for change in firm["changes"]] == ["chat.clients_can_start"]

    def test_what_is_chosen_is_typed_as_the_portal_calls_it(self, cli: Cli, by_hand: Path) -> None:
        assert handed_in(cli, by_hand, runbook(by_hand, "oak:prepayments.method")).code == 5
        shown = typed(by_hand, ("drift",), "n\n", "PayPal\n", "bank debits\n")
        assert "one of: Credit card; Bank debits; Credit Card or Bank Debits" in shown
        assert recorded(by_hand)["prepayments.method"]["value"] == "bank_debit"


APPLY = ("apply", "plan.json", "--actor", "Anna Berg")


def test_whoever_is_killed_has_recorded_what_was_ticked(by_hand: Path, cli: Cli) -> None:
    """By a signal that nothing can heed, while the second step is asked for."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "portalsync", *APPLY]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=by_hand) as process:
        os.write(ours, b"d\n")
        shown = b""
        while shown.count(b"]:") < 2:
            assert select.select([ours], [], [], 60)[0], shown
            shown += os.read(ours, 4096)
        process.kill()
    os.close(ours)
    os.close(theirs)
    assert [*recorded(by_hand)] == ["profile.name"]
    left = {f"oak:{change['edit']['path']}" for change in TestRunbook().changes(cli)}
    assert handed_in(cli, by_hand, runbook(by_hand, *sorted(left))).code == 0
    assert cli("plan", "--detailed-exitcode").code == 0


def test_on_a_terminal_somebody_stops_and_another_goes_on(by_hand: Path, cli: Cli) -> None:
    shown = typed(by_hand, APPLY, "d\n", "\n", "c\n", CTRL_C, code=130)
    assert "Oak & Partners: Settings › Firm settings" in shown
    assert [*recorded(by_hand)] == ["profile.name"]
    german = typed(by_hand, APPLY, *["e\n"] * 7, language="de")
    assert "Ist es erledigt? [e/n/s/a]" in german
    assert cli("plan", "--detailed-exitcode").code == 0
    assert len(recorded(by_hand)) == 8
