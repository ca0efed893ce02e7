"""Each change names the line that brings it about, and why."""

from tests.origins import Stated

from portalsync.model.desired import Desired, Statement
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import Change, HandEdit, Reason
from portalsync.model.json_value import JSON
from portalsync.planning.diff import changes

LIST = "announcements.items"
LIVE: dict[str, JSON] = {f"{LIST}.closed.title": {"en": "Closed"}, f"{LIST}.party.title": {"en": "Party"}}


def at(line: int) -> Stated:
    return Stated("firms/oak.yaml", line)


def why(*statements: Statement) -> dict[str, tuple[Reason, str]]:
    """Of each entry that goes: the list is named in line 1, and names none of them."""
    desired = Desired("oak", {}, {f"{LIST}.*": at(1)}, statements)
    found = changes(desired, LIVE, {})
    return {each.edit.path.split(".")[2]: (each.reason, each.source.split(":")[1]) for each in found}


def test_an_entry_that_no_file_names_goes_by_the_line_of_its_list() -> None:
    """A null below the list's line is about what was inherited, and takes nothing from the portal."""
    by_the_list = {"closed": (Reason.REMOVED, "1"), "party": (Reason.REMOVED, "1")}
    assert why() == by_the_list
    assert why(Statement(LIST, None, "group north", at(7))) == by_the_list
    assert why(Statement("announcements", None, "group north", at(7))) == by_the_list


def test_what_a_file_takes_away_goes_by_that_line() -> None:
    """`remove: true` and `{unset: true}`: a plan that said "no file names it any more" was wrong, for a group
    may well name it.
    """
    removed = Statement(f"{LIST}.closed", None, "firm oak", at(8))
    assert why(removed) == {"closed": (Reason.UNSET, "8"), "party": (Reason.REMOVED, "1")}
    unset = Statement(LIST, ABSENT, "firm oak", at(9))
    assert why(removed, unset) == {"closed": (Reason.UNSET, "9"), "party": (Reason.UNSET, "9")}


def test_what_somebody_cleared_by_hand_is_set_again_as_drift() -> None:
    """Where many firms have it from one file, too. Seen to fail without a look at who cleared it."""
    path, by_hand = f"{LIST}.closed.title", HandEdit("2026-01-01T00:00:00+00:00", "Dana")
    for layer in ("firm oak", "group north"):
        shared = Statement(path, "Shut", layer, at(3))
        desired = Desired("oak", {path: shared}, {path: at(3)}, (shared,))
        edit, source = Edit(path, after="Shut"), "firms/oak.yaml:3:1"
        assert [*changes(desired, {}, {})] == [Change(edit, Reason.SET, source)]
        assert [*changes(desired, {}, {path: by_hand})] == [Change(edit, Reason.DRIFT, source, by_hand)]
