"""`find`: which firms have what, and which layer says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.base_firms import network_of
from tests.cli.conftest import Cli
from tests.cli.hand_edits import by_hand
from tests.cli.test_explain import away
from tests.cli.test_formats import published

from portalsync.errors import ExitCode

CONFIG = Path("portal-config")
FIELD = "chat.clients_can_start"


@pytest.fixture
def firms(world: Path) -> Path:
    """Ash follows the defaults, elm goes its own way, oak is left as the portal has it."""
    network_of(CONFIG, ["ash", "elm"])
    for firm, says in {"elm": "{clients_can_start: false}", "oak": "null"}.items():
        file = CONFIG / "firms" / f"{firm}.yaml"
        file.write_text(f"{file.read_text()}  chat: {says}\n")
    return world


def rows(cli: Cli, *arguments: str) -> list[tuple[Any, ...]]:
    """Of what is found: path, value, who decides, where, and the firms."""
    result = cli("find", *arguments, "--format=json")
    assert result.code == 0, result.err
    published("found", result.out)
    return [
        (each["path"], one.get("value"), one["layer"] or one["by"], one["source"], one["firms"])
        for each in json.loads(result.out)["settings"]
        for one in each["values"]
    ]


DEFAULTS = (FIELD, True, "defaults", "portal-config/defaults.yaml:10:24", ["ash"])
ELM = (FIELD, False, "firm elm", "portal-config/firms/elm.yaml:14:29", ["elm"])


@pytest.mark.usefixtures("firms")
def test_each_firm_with_who_decides(cli: Cli) -> None:
    """A layer; where none does, the portal, or what it does by itself. Seen to fail when a firm that `null`
    leaves alone had the value of the layer below.
    """
    assert rows(cli, FIELD) == [ELM, DEFAULTS, (FIELD, True, "default", "", ["oak"])]
    by_hand(FIELD, after=False)
    assert rows(cli, FIELD)[2] == (FIELD, False, "portal", "", ["oak"])
    assert rows(cli, FIELD, "--offline")[2] == (FIELD, None, "unknown", "", ["oak"])


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("asked", "firms_found"),
    [
        ([FIELD, "--value=off"], ["elm"]),
        ([FIELD, "--value=aus"], ["elm"]),
        (["options." + FIELD, "--value=false"], ["elm"]),
        ([FIELD, "--value=true"], ["ash", "oak"]),
        ([FIELD, "--unmanaged"], ["oak"]),
        ([FIELD, "--layer=firm"], ["elm"]),
        ([FIELD, "--layer=firms/elm.yaml"], ["elm"]),
        (["--layer=firm:elm", "--value=card"], ["elm"]),
        (["done_uploading", "--layer=group:north"], ["ash", "elm", "oak"]),
        (["--contains=ELM &"], ["elm"]),
        (["profile.phone", "--unset", "--firm=ash", "--firm=oak"], ["ash", "oak"]),
        (["announcements.items.*.title"], []),
        ([FIELD, "--value=on", "--group=north", "--layer=defaults"], ["ash"]),
    ],
    ids=" ".join,
)
def test_what_is_asked_for_has_to_be_so(asked: list[str], firms_found: list[str], cli: Cli) -> None:
    assert sorted(firm for row in rows(cli, *asked) for firm in row[-1]) == firms_found


def test_entries_of_lists(firms: Path, cli: Cli) -> None:
    """One, or any: by the file that names it."""
    elm = CONFIG / "firms/elm.yaml"
    texts = "title: {en: Closed}, body: {en: 'On 24 December'}"
    elm.write_text(f"{elm.read_text()}  announcements:\n    items: [{{id: xmas, {texts}}}]\n")
    title = "announcements.items.xmas.title"
    assert [row[0] for row in rows(cli, "announcements.items.*.title")] == [title]
    assert [row[0] for row in rows(cli, "--contains=december")] == ["announcements.items.xmas.body"]
    assert {row[0].rpartition(".")[0] for row in rows(cli, "announcements.items.xmas", "--layer=firm")} == {
        "announcements.items.xmas"
    }
    assert firms.exists()


def test_people_read_it_value_by_value(firms: Path, cli: Cli) -> None:
    text = cli("find", FIELD).out
    assert text == (
        "Found in the settings of firms\n"
        "\n"
        "  ✓ 3 of 3 firms\n"
        "\n"
        "New chat › Clients can start chats  chat.clients_can_start\n"
        "  ✓ off: 1 firm\n"
        "      Elm & Partners, portal-config/firms/elm.yaml:14:29\n"
        "  ✓ on: 1 firm\n"
        "      defaults, portal-config/defaults.yaml:10:24: Ash & Partners\n"
        "  · on, which the portal does by itself; nobody sets it: 1 firm\n"
        "      Oak & Partners\n"
    )
    assert "an, wie das Portal es von sich aus tut" not in text
    german = cli("find", FIELD, "--lang=de").out
    assert "· ein, wie das Portal es von sich aus tut; niemand setzt es: 1 Kanzlei" in german
    assert "Not found in any of the 3 firms" in cli("find", "--contains=nowhere", "--offline").out
    assert firms.exists()


def test_without_a_portal_what_no_file_says_stays_unknown(firms: Path, cli: Cli) -> None:
    away()
    result = cli("find", FIELD)
    assert result.code == 0
    assert "no file says anything, and the portal was not read: 1 firm" in result.out
    assert "What no file says stays unknown." in result.err
    assert firms.exists()


def test_a_portal_is_asked_only_where_no_file_decides(firms: Path, cli: Cli, requests: list[str]) -> None:
    assert cli("find", FIELD, "--firm=elm", "--firm=ash").code == 0
    assert cli("find", FIELD, "--layer=firm").code == 0
    assert requests == []
    assert firms.exists()


WRONG = {
    "nothing": ((), "Nothing says what to look for."),
    "no such setting": (("chat.clients_can_stat",), "Did you mean chat.clients_can_start?"),
    "no such layer": ((FIELD, "--layer=group:nort"), "Did you mean group north?"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(name: str, world: Path, cli: Cli) -> None:
    arguments, told = WRONG[name]
    result = cli("find", *arguments)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert told in result.err
    assert world.exists()
