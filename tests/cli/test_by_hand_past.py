"""A portal without an API has a past as any other: who ticked what when, and a way back."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Cli
from tests.cli.test_by_hand import by_hand, runbook

__all__ = ["by_hand"]
FIRM = Path("portal-config/firms/oak.yaml")


def ticked(cli: Cli, plan: str, folder: Path) -> None:
    """All steps of a saved plan are done."""
    changes = json.loads(cli("show", plan, "--format=json").out)["firms"][0]["changes"]
    steps = [f"oak:{change['edit']['path']}" for change in changes]
    (folder / "plan.json").write_bytes((folder / plan).read_bytes())
    (folder / "runbook.json").write_text(json.dumps(runbook(folder, *steps)))
    done = cli("apply", "plan.json", "--done=runbook.json", "--actor=Anna Berg")
    assert done.code == 0, done.err


@pytest.fixture
def lived(by_hand: Path, cli: Cli) -> Path:
    ticked(cli, "plan.json", by_hand)
    FIRM.write_text(FIRM.read_text() + "  chat: {clients_can_start: false}\n")
    assert cli("plan", "--out=off.json").code == 0
    ticked(cli, "off.json", by_hand)
    return by_hand


def answer(cli: Cli, *arguments: str) -> Any:
    done = cli(*arguments, "--format=json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_who_ticked_what_when_and_back(lived: Path, cli: Cli) -> None:
    """The way back is a click list too."""
    assert "nobody knows who changed it" in cli("history", "oak").err
    past = answer(cli, "history", "oak")["generations"]
    newest, before = past[0]["generation"], past[1]["generation"]
    assert {each["effect"]["kind"] for each in past[0]["effects"]} == {"disappears"}
    assert "chat.clients_can_start" in [edit["path"] for edit in past[0]["edits"]]
    assert cli("audit", "export", "--heads", "--out=kept.jsonl").code == 0
    assert cli("rollback", "oak", f"--to={before}", "--out=back.json").code == 0
    ticked(cli, "back.json", lived)
    back = answer(cli, "history", "oak")["generations"][0]
    assert (back["generation"] > newest, back["back_to"]) == (True, before)
    assert answer(cli, "history", "oak", "--diff", str(before), str(back["generation"]))["edits"] == []
    assert answer(cli, "audit", "verify", "--anchor=kept.jsonl")["broken"] == []
    nobody = cli("rollback", "oak", f"--to={newest}", "--yes")
    assert nobody.code == 64, nobody
