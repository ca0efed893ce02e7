"""What differs between two settings documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portalsync.diagnostics import Position
from portalsync.model.canonical import canonical
from portalsync.model.desired import Desired, Statement, firm_layer
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.firm_plan import Change, HandEdit, Reason
from portalsync.model.json_value import JSON
from portalsync.model.remembered import Remembered
from portalsync.model.settings import Settings, differing, parents


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference inside a value: at `keys`, such as a language; in a list, one item, new or gone."""

    keys: tuple[str, ...]
    before: JSON | Absent
    after: JSON | Absent


def differences_within(before: JSON, after: JSON) -> list[Difference]:
    """What differs inside two values, sorted; told by deepdiff. The order of a list is no difference."""
    if canonical(before) == canonical(after):
        return []
    # 0.2 s, which only a change inside a value needs
    from deepdiff import DeepDiff  # noqa: PLC0415 - 190 ms; equal values need none of it
    from deepdiff.helper import notpresent  # noqa: PLC0415 - the same

    # By default deepdiff reports values that have little in common as one change of the whole, and leaves
    # out keys that begin with two underscores.
    tree = DeepDiff(
        before,
        after,
        view="tree",
        ignore_order=True,
        cutoff_intersection_for_pairs=0,
        threshold_to_diff_deeper=0,
        ignore_private_variables=False,
    )
    found = [
        Difference(
            tuple(key for key in item.path(output_format="list") if isinstance(key, str)),
            *(ABSENT if side is notpresent else side for side in (item.t1, item.t2)),
        )
        for items in tree.values()
        for item in items
    ]
    return sorted(found, key=lambda each: (each.keys, str(each.before), str(each.after)))


def changes(desired: Desired, live: Settings, hand_edits: Mapping[str, HandEdit]) -> Iterator[Change]:
    """Live -> in force, field by field. `hand_edits` are those since the last apply, by path."""
    after, own = desired.in_force(live), firm_layer(desired.firm)
    for path in differing(live, after):
        statement, undoes = desired.values.get(path), hand_edits.get(path)
        if statement and statement.layer != own and not undoes and path not in live:
            yield _first(statement)
        else:
            edit, statement = Edit.between(path, live, after), statement or _taken_away(path, desired)
            yield Change(edit, _reason(edit, statement, undoes), _source(path, statement, desired), undoes)


def _first_of(statement: Statement) -> Change:
    """Where nothing was: the same in all firms that share the statement."""
    edit = Edit(statement.path, after=statement.value)
    return Change(edit, Reason.SET, _place(statement.position))


_first = Remembered(_first_of)


def _taken_away(path: str, desired: Desired) -> Statement | None:
    """The last word, in a list that is the whole truth, that the entry goes or that there are no entries."""
    claim = desired.managed.covering(path)
    list_path = (claim or "").removesuffix(".*")
    entries = {each for each in parents(path) if each.startswith(f"{list_path}.")}
    for each in reversed(desired.statements):
        if each.path in entries or (each.path == list_path and each.value is ABSENT):
            return each
    return None


def _reason(edit: Edit, statement: Statement | None, undoes: HandEdit | None) -> Reason:
    if undoes is not None:
        return Reason.DRIFT
    if statement is None:
        return Reason.REMOVED
    return Reason.UNSET if edit.after is ABSENT else Reason.SET


def _source(path: str, statement: Statement | None, desired: Desired) -> str:
    """The line about the value, or the one that says that the list it was in is the whole truth."""
    position = statement.position if statement else _claimed_at(path, desired)
    return _place(position) if position else ""


def _place(position: Position) -> str:
    return f"{position.file}:{position.line}:{position.column}"


def _claimed_at(path: str, desired: Desired) -> Position | None:
    claim = desired.managed.covering(path)
    return None if claim is None else desired.claims[claim].key
