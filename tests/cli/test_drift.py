"""Drift: what was changed in the portal by hand, by whom, and the one issue that tells of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import AT, DATABASE, Cli
from tests.cli.hand_edits import (
    FIRM,
    HOURS,
    NOTICE,
    apply_what_the_files_say,
    by_hand,
    chat_off,
    edited_by_hand,
    say,
    title_changed,
)
from tests.workflows.fake_github import REPOSITORY, TOKEN, FakeGitHub, serving

from portalsync.model.edit import Edit
from portalsync.views.published import published


@pytest.fixture
def applied(world: Path, cli: Cli) -> Path:
    assert cli("apply", "plan.json").code == 0
    return world


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    with serving() as server:
        monkeypatch.setenv("GITHUB_API_URL", server.api)
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        yield server


def test_as_it_was_applied(applied: Path, cli: Cli, requests: list[str]) -> None:
    """No drift: said so, exit 0 in detail too, and the portal was only read."""
    del applied
    before = DATABASE.read_bytes()
    found = cli("drift", "--detailed-exitcode")
    assert (found.code, "No drift" in found.out) == (0, True)
    assert {*requests} <= {"GET"}
    assert DATABASE.read_bytes() == before


def test_before_the_first_apply(world: Path, cli: Cli) -> None:
    """What portalsync never applied cannot have drifted."""
    del world
    found = cli("drift", "--format=json", "--detailed-exitcode")
    assert found.code == 0
    assert json.loads(found.out)["considered"] == 0
    assert "Nothing to compare" in cli("drift").out


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_hand_edit(form: str, applied: Path, cli: Cli) -> None:
    """What it was, what it is, who and when; 2 only if asked for; the format changes no exit code."""
    del applied
    chat_off()
    assert cli("drift", f"--format={form}").code == 0
    found = cli("drift", f"--format={form}", "--detailed-exitcode")
    assert found.code == 2
    assert "Dana Reyes" in found.out
    told = " ".join(found.out.replace("`", "").split())
    if form == "json":
        validator = Draft202012Validator(published()["drift.v1.schema.json"])
        assert [*validator.iter_errors(json.loads(found.out))] == []
        (firm,) = json.loads(found.out)["firms"]
        assert (firm["id"], firm["applied"], firm["generation"]) == ("oak", 2, 3)
        assert firm["changes"] == [
            {
                "path": "chat.clients_can_start",
                "applied": True,
                "live": False,
                "changed": {"at": "2026-11-12T08:30:00.000+00:00", "actor": "Dana Reyes"},
                "source": "defaults.yaml:10:24",
            }
        ]
    else:
        assert "The firm is not as it was last applied." in told
        assert "applied on, now off" in told
        assert "changed on 12 Nov 2026, 08:30 UTC by Dana Reyes" in told
        assert "chat.clients_can_start, said in defaults.yaml:10:24" in told
        assert "portalsync drift --restore PATH --out plan.json --env local" in told


def test_only_what_is_managed(applied: Path, cli: Cli) -> None:
    """A change to a field that no file sets is none of portalsync's business."""
    del applied
    by_hand("done_uploading.dialog_checkbox", after=True)
    assert cli("drift", "--detailed-exitcode").code == 0


def test_changed_and_changed_back(applied: Path, cli: Cli) -> None:
    del applied
    chat_off()
    by_hand("chat.clients_can_start", before=False, after=True)
    assert cli("drift", "--detailed-exitcode").code == 0


def value_changed() -> None:
    by_hand("chat.clients_can_start", before=True, after=False)
    say(NOTICE + "  chat: {clients_can_start: false}\n")


def value_removed() -> None:
    by_hand("chat.clients_can_start", before=True)
    say(NOTICE + "  chat: {clients_can_start: null}\n")


def value_added() -> None:
    by_hand("announcements.items.hours.ends", after="2027-03-01")
    say(NOTICE.replace("}}", "}, ends: 2027-03-01}") + "  chat: {clients_can_start: true}\n")


def entry_added() -> None:
    items = "announcements.items.new"
    edited_by_hand(Edit(f"{items}.title", after={"en": "New"}), Edit(f"{items}.body", after={"en": "Text."}))
    say(NOTICE + "      - {id: new, title: {en: New}, body: {en: Text.}}\n")


def entry_removed() -> None:
    body = "announcements.items.hours.body"
    edited_by_hand(Edit(HOURS, {"en": "Hours"}), Edit(body, {"en": "Nine to five."}))
    say("  announcements: {items: []}\n")


def list_released() -> None:
    title_changed()
    say("  announcements: {items: null}\n")


def firm_released() -> None:
    chat_off()
    FIRM.unlink()


@pytest.mark.parametrize(
    "change_by_hand_and_write_it",
    [value_changed, value_removed, value_added, entry_added, entry_removed, list_released, firm_released],
)
def test_what_the_files_say_is_no_drift(
    change_by_hand_and_write_it: Callable[[], None], applied: Path, cli: Cli
) -> None:
    """As the hint says: who writes the change into the files keeps it, and the drift has ended, whether or
    not a plan was applied in between.
    """
    del applied
    say(NOTICE)
    apply_what_the_files_say(cli)
    change_by_hand_and_write_it()
    found = cli("drift", "--detailed-exitcode")
    assert (found.code, "No drift" in found.out) == (0, True), found.out


def test_another_value_in_the_files_leaves_it_drift(applied: Path, cli: Cli) -> None:
    """The files say neither what was applied nor what somebody made of it: the next plan undoes that."""
    del applied
    say(NOTICE)
    apply_what_the_files_say(cli)
    title_changed()
    say(NOTICE.replace("Hours", "When we are there"))
    found = cli("drift", "--detailed-exitcode", "--format=json")
    (change,) = json.loads(found.out)["firms"][0]["changes"]
    assert (found.code, change["path"]) == (2, HOURS)
    assert change["live"] == {"en": "Opening hours"}


def test_only_the_part_that_is_in_the_files_has_ended(applied: Path, cli: Cli) -> None:
    del applied
    say(NOTICE)
    apply_what_the_files_say(cli)
    title_changed()
    chat_off()
    say(NOTICE + "  chat: {clients_can_start: false}\n")
    found = cli("drift", "--detailed-exitcode", "--format=json")
    assert found.code == 2
    assert [each["path"] for each in json.loads(found.out)["firms"][0]["changes"]] == [HOURS]


def test_who_it_was_long_ago(applied: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among more changes than a portal tells at once. Seen to fail when only the newest were asked for."""
    del applied
    monkeypatch.setattr("portalsync.server.api.USUAL_HISTORY", 2)
    chat_off()
    edited_by_hand(Edit("document_renaming.enabled", after=True), actor="Someone Else")
    for value in (False, True):
        by_hand("document_renaming.enabled", "Someone Else", after=value, before=not value)
    assert "by Dana Reyes" in cli("drift").out


@pytest.mark.parametrize("drifts", [False, True])
def test_what_the_portal_does_anyway_is_no_drift_where_nothing_is_set(
    applied: Path, cli: Cli, *, drifts: bool
) -> None:
    """A portal that saves a whole form fills in what nobody set: off, for this switch. Seen to fail when that
    was told as somebody's change.
    """
    del applied
    say("  done_uploading: {button: {unset: true}}\n")
    apply_what_the_files_say(cli)
    by_hand("done_uploading.button", after=drifts)
    assert cli("drift", "--detailed-exitcode").code == (2 if drifts else 0)
    planned = json.loads(cli("plan", "--format=json", AT).out)["firms"][0]["changes"]
    assert [(change["reason"], change["undoes"] is None) for change in planned] == [
        ("drift", False) if drifts else ("unset", True)
    ]


def test_files_with_errors_hide_no_drift(applied: Path, cli: Cli) -> None:
    """Then it is told against what was applied alone, with a word about it."""
    chat_off()
    (applied / FIRM).write_text("apiVersion: portalsync/v1\nkind: Firm\nid: [")
    found = cli("drift", "--detailed-exitcode")
    assert found.code == 2
    assert "Oak & Partners" in found.out
    assert "portalsync validate" in found.err


def test_german(applied: Path, cli: Cli) -> None:
    del applied
    chat_off()
    found = cli("drift", "--lang=de")
    assert "übertragen" in found.out
    assert "Dana Reyes" in found.out


def test_one_issue(applied: Path, cli: Cli, github: FakeGitHub) -> None:
    """Opened with the drift, kept up to date, closed once it is gone."""
    del applied
    assert cli("drift", "--issue").code == 0
    assert github.issues == []
    chat_off()
    for _ in range(2):
        assert cli("drift", "--issue", "--detailed-exitcode").code == 2
    (issue,) = github.issues
    assert issue["state"] == "open"
    assert issue["labels"] == ["portal-drift"]
    assert issue["title"] == "Portal drift in local"
    assert "Dana Reyes" in issue["body"]
    by_hand("chat.clients_can_start", before=False, after=True)
    assert cli("drift", "--issue").code == 0
    assert [issue["state"] for issue in github.issues] == ["closed"]
    assert "No drift" in github.issues[0]["body"]
    chat_off()
    assert cli("drift", "--issue", "--env=local").code == 0
    assert [issue["state"] for issue in github.issues] == ["open"]
    assert sum(request.startswith("POST") for request in github.requests) == 1


def test_a_hostile_actor(applied: Path, cli: Cli, github: FakeGitHub) -> None:
    """Who changed it is quoted, not believed."""
    del applied
    by_hand("chat.clients_can_start", "@all --> <img src=x>", before=True, after=False)
    assert cli("drift", "--issue").code == 0
    assert "`@all --> <img src=x>`" in github.issues[0]["body"]


def test_an_issue_that_cannot_be_written(applied: Path, cli: Cli, github: FakeGitHub) -> None:
    """The drift is shown all the same, then it fails with what to check."""
    del applied
    chat_off()
    github.answers[:] = [200, 403]
    found = cli("drift", "--issue")
    assert found.code == 1
    assert "Dana Reyes" in found.out
    assert "permissions" in found.err
    assert TOKEN not in found.out + found.err
