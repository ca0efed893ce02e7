"""Selecting firms by name and by group."""

import pytest

from portalsync.config.selection import EVERYONE, Selection
from portalsync.errors import ExitCode, NothingSelected

MEMBERSHIPS = {"oak": ["north", "small"], "elm": ["north"], "ash": ["south"], "yew": []}


def test_to_name_nothing_is_to_mean_every_firm() -> None:
    assert EVERYONE.among(MEMBERSHIPS) == {"oak", "elm", "ash", "yew"}
    assert EVERYONE.among({}) == frozenset()


@pytest.mark.parametrize(
    ("firms", "groups", "expected"),
    [
        (("yew",), (), {"yew"}),
        ((), ("north",), {"oak", "elm"}),
        ((), ("small", "south"), {"oak", "ash"}),
        (("ash", "elm"), ("north",), {"ash", "elm", "oak"}),
    ],
)
def test_firms_and_groups_add_up(firms: tuple[str, ...], groups: tuple[str, ...], expected: set[str]) -> None:
    assert Selection(firms, groups).among(MEMBERSHIPS) == expected


@pytest.mark.parametrize(
    ("selection", "message", "hint"),
    [
        (Selection(("oak", "elms")), "There is no firm elms.", "Did you mean elm?"),
        (Selection(("north",)), "There is no firm north.", "Firms are named by their files in firms/."),
        (Selection((), ("nort",)), "No firm is in a group nort.", "Did you mean north?"),
        (Selection(("oak",), ("west",)), "No firm is in a group west.", "Groups are named by their files"),
    ],
)
def test_what_matches_nothing_is_named(selection: Selection, message: str, hint: str) -> None:
    with pytest.raises(NothingSelected) as error:
        selection.among(MEMBERSHIPS)
    assert str(error.value.diagnostic.message) == message
    assert str(error.value.diagnostic.hint).startswith(hint)
    assert error.value.exit_code is ExitCode.USAGE
