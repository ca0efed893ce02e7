"""`status`: by group, who is managed, drifted, pending, stopped, and when a plan was last applied."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.base_firms import network_of
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import chat_off

from portalsync.views.published import published

HOSTILE = "<b onclick=x>Ash"


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Path:
    """`oak` is applied and drifted, `ash` waits, `elm` is stopped; the portal knows all three."""
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "portal-config"
    network_of(config, ("ash", "elm"))
    assert cli("apply", "--yes", "--firm=oak", "--actor=Deploy", AT).code == 0
    chat_off()
    _edit(config / "firms" / "ash.yaml", "Ash & Partners", HOSTILE)
    _edit(config / "firms" / "elm.yaml", "groups: [north]", "groups: []")
    _edit(config / "firms" / "elm.yaml", "method: card", "method: bank_debit")
    return config


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def asked(cli: Cli, *arguments: str) -> dict[str, Any]:
    found = cli("status", "--format=json", AT, *arguments)
    assert found.code == 0, found.err
    body: dict[str, Any] = json.loads(found.out)
    Draft202012Validator(published()["status.v1.schema.json"]).validate(body)
    return body


@pytest.mark.usefixtures("network")
def test_each_group_and_each_firm(cli: Cli, requests: list[str]) -> None:
    """It only reads. A firm that an apply would put back waits too."""
    body = asked(cli)
    assert {*requests} <= {"GET"}
    oak, ash, elm = (
        next(each for each in body["firms"] if each["id"] == id_) for id_ in ("oak", "ash", "elm")
    )
    assert (oak["managed"], oak["drifted"], oak["pending"], oak["last_apply"]["actor"]) == (
        True,
        1,
        True,
        "Deploy",
    )
    assert (ash["managed"], ash["drifted"], ash["pending"], ash["last_apply"]) == (False, 0, True, None)
    assert (elm["stopped"], elm["pending"], elm["groups"]) == (True, False, [])
    north, none = body["groups"]
    assert {key: north[key] for key in ("group", "firms", "managed", "drifted", "pending", "stopped")} == {
        "group": "north",
        "firms": 2,
        "managed": 1,
        "drifted": 1,
        "pending": 2,
        "stopped": 0,
    }
    assert (none["group"], none["unmanaged"], none["stopped"], none["last_apply"]) == ("", 1, 1, None)
    assert (body["network"]["firms"], body["network"]["unmanaged"]) == (3, 2)


@pytest.mark.usefixtures("network")
def test_in_words(cli: Cli) -> None:
    found = " ".join(cli("status", AT).out.split())
    assert "1 firm was changed by hand since the last apply: Oak & Partners" in found
    assert "north: 2 firms, 1 managed, 1 unmanaged, 1 drifted, 2 pending, last apply on" in found
    german = " ".join(cli("status", AT, "--lang=de", "--group=north").out.split())
    assert "2 Kanzleien, 1 verwaltet, 1 nicht verwaltet, 1 von Hand geändert" in german
    assert "zurückgestellt" not in german


@pytest.mark.usefixtures("network")
def test_a_portal_that_keeps_no_history(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was applied was applied, though nobody knows when."""
    monkeypatch.setattr("portalsync.pipeline.status.entries_of", lambda *_: iter(()))
    found = " ".join(cli("status", AT).out.split())
    assert "1 managed, 1 unmanaged, 1 drifted, 2 pending, the portal does not tell of any apply" in found
    assert "in no group: 1 firm, 1 unmanaged, 1 stopped, nothing applied yet" in found


@pytest.mark.usefixtures("network")
def test_in_order_once_all_is_applied(cli: Cli) -> None:
    _edit(Path("portal-config/firms/elm.yaml"), "method: bank_debit", "method: card")
    assert cli("apply", "--yes", AT).code == 0
    assert "All 3 firms that are managed are as their files say." in cli("status", AT).out


@pytest.mark.usefixtures("network")
def test_the_page_is_one_file_in_which_nothing_acts(cli: Cli) -> None:
    """No script, nothing from elsewhere, names of firms as text; equal statuses make equal pages."""
    made = cli("status", AT, "--html=status.html")
    assert (made.code, "The page is in status.html." in made.err) == (0, True)
    page = Path("status.html").read_text()
    assert "<script" not in page
    assert {each[0] for each in re.findall('(?:src|href)="([^"]*)"', page)} == {"#"}
    assert "&lt;b onclick=x&gt;" in page
    assert "<b onclick" not in page
    assert 'href="#drifted"' in page
    assert 'id="drifted"' in page
    cli("status", AT, "--html=again.html")
    assert Path("again.html").read_text() == page
