"""A firm's past: who did what when, and what clients noticed of it, as the plans of then said it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import by_hand
from tests.cli.test_anchor import git
from tests.cli.test_only_reading import traces

from portalsync.backend.http_reader import HttpReader
from portalsync.model.edit import Edit
from portalsync.wire import HistoryEntry

CONFIG = Path("portal-config")
FIRM = CONFIG / "firms" / "oak.yaml"


def past(cli: Cli, *arguments: str) -> Any:
    done = cli("history", "oak", *arguments, "--format=json")
    assert done.code == 0, done.err
    return json.loads(done.out)


@pytest.fixture
def lived(world: Path, cli: Cli) -> Path:
    """Three generations: the seed, a plan, and a change by hand."""
    assert cli("apply", "plan.json", "--actor=Robin Okafor").code == 0
    by_hand("chat.clients_can_start", before=True, after=False)
    return world


def test_who_did_what_when(lived: Path, cli: Cli) -> None:
    del lived
    done = cli("history", "oak")
    text = " ".join(done.out.split())
    assert done.code == 0, done.err
    assert "Generation 3: changed by hand on 12 Nov 2026" in text
    assert "by Dana Reyes" in text
    assert "lose “Message firm”" in text
    assert "Settings: New chat" in text
    assert "by Robin Okafor" in text
    assert "Generation 1: what the portal began with" in text
    assert "`portalsync history oak --diff 2 3 --env local`" in text
    german = " ".join(cli("history", "oak", "--lang=de").out.split())
    assert "Fassung 3: von Hand geändert am 12. November 2026" in german


def test_clients_noticed_what_the_plan_had_said(lived: Path, cli: Cli) -> None:
    """Seen to fail for a history that goes forward with what leads back."""
    del lived
    planned = json.loads(cli("show", "plan.json", "--format=json").out)["firms"][0]
    by_hand_, by_plan, seed = past(cli)["generations"]
    assert by_plan["effects"] == planned["effects"]
    assert by_plan["edits"] == [change["edit"] for change in planned["changes"]]
    assert by_plan["plan"].split()[0] == json.loads(cli("show", "plan.json", "--format=json").out)["digest"]
    assert [each["generation"] for each in (by_hand_, by_plan, seed)] == [3, 2, 1]
    assert {each["effect"]["kind"] for each in by_hand_["effects"]} == {"disappears"}
    assert seed["effects"] == seed["edits"] == []


def test_the_commit_of_the_configuration_stands_there(world: Path, cli: Cli) -> None:
    """As git has it; where files were changed since, nobody knows it."""
    Path(".gitignore").write_text(".portalsync/\n")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "first")):
        git(*words)
    head = Path(".git/refs/heads/main").read_text().strip()
    assert cli("apply", "--yes", AT).code == 0
    assert past(cli)["generations"][0]["commit"] == head
    assert f"commit {head[:12]} of the configuration" in " ".join(cli("history", "oak").out.split())
    FIRM.write_text(FIRM.read_text() + "  chat: {clients_can_start: false}\n")
    assert cli("apply", "--yes", AT).code == 0
    assert past(cli)["generations"][0]["commit"] == ""
    rows = [json.loads(line) for line in cli("audit", "export").out.splitlines()]
    assert [head in row["plan"] for row in rows] == [False, True, False]
    del world


def test_what_leads_from_one_generation_to_another(lived: Path, cli: Cli) -> None:
    del lived
    there, back = past(cli, "--diff", "2", "3", AT), past(cli, "--diff", "3", "2", AT)
    assert there["edits"] == [{"path": "chat.clients_can_start", "before": True, "after": False}]
    assert back["edits"] == [{"path": "chat.clients_can_start", "before": False, "after": True}]
    assert {each["effect"]["kind"] for each in back["effects"]} == {"appears"}
    text = " ".join(cli("history", "oak", "--diff", "2", "3", AT).out.split())
    assert "Clients can start chats: on → off" in text
    assert "Nothing is different." in cli("history", "oak", "--diff", "3", "3").out
    taken_over = past(cli, "--diff", "1", "2", AT)
    assert "chat.clients_can_start" in taken_over["adopts"]
    assert past(cli, "--diff", "2", "1", AT)["releases"] == taken_over["adopts"]


def test_a_few_of_many(lived: Path, cli: Cli) -> None:
    del lived
    assert [each["generation"] for each in past(cli, "--limit=1")["generations"]] == [3]
    assert "2 generations before it are not shown" in " ".join(cli("history", "oak", "--limit=1").out.split())


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("oka",), "Did you mean oak?"),
        (("nobody",), "There is no firm nobody."),
        (("oak", "--diff", "2", "9"), "Its live generation is 3"),
        (("oak", "--diff", "0", "2"), "--diff"),
    ],
)
def test_what_there_is_not(arguments: tuple[str, ...], says: str, cli: Cli) -> None:
    done = cli("history", *arguments)
    assert (done.code, says in done.err) == (64, True), done.err


def test_it_only_reads_and_knows_the_firm_whose_file_is_broken(lived: Path, cli: Cli) -> None:
    del lived
    FIRM.write_text("kind: [", encoding="utf-8")
    before = traces(CONFIG)
    assert cli("history", "oak").code == 0
    assert traces(CONFIG) == before


@pytest.mark.usefixtures("lived")
def test_a_portal_that_tells_no_history(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can do without. Seen to end with an error of ours."""
    monkeypatch.setattr(HttpReader, "history", lambda *_: ())
    done = cli("history", "oak")
    assert (done.code, "tells nothing of how oak came to be" in done.err) == (1, True), done
    assert cli("history", "oak", "--diff", "2", "3").code == 0


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    "write", [Edit("chat.of_tomorrow", after=True), Edit("chat.clients_can_start", after=7)]
)
def test_what_nobody_can_read_is_passed_over(write: Edit, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says nothing about clients; its generation stands there. Seen to end with an error of ours."""
    known = HttpReader.history

    def told_otherwise(self: HttpReader, firm: str) -> Sequence[HistoryEntry]:
        return [replace(entry, writes=(write,)) for entry in known(self, firm)]

    monkeypatch.setattr(HttpReader, "history", told_otherwise)
    done = cli("history", "oak")
    assert done.code == 0, done.err
    assert "Settings that this version of portalsync does not know." in done.out
