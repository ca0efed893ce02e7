"""What differs between two settings documents."""

from collections.abc import Iterator, Mapping

from portalsync.diagnostics import Position
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.plan import Change, HandEdit, Reason
from portalsync.model.settings import Settings


def differing_paths(before: Settings, after: Settings) -> list[str]:
    """Settings paths whose values differ, sorted; told by deepdiff, for which types count too."""
    from deepdiff import DeepDiff  # noqa: PLC0415 - 0.1 s, which a plan without changes need not wait for

    # By default deepdiff reports documents that have little in common as one change of the whole, and
    # leaves out keys that begin with two underscores.
    tree = DeepDiff(
        dict(before), dict(after), view="tree", threshold_to_diff_deeper=0, ignore_private_variables=False
    )
    return sorted({str(item.path(output_format="list")[0]) for items in tree.values() for item in items})


def changes(desired: Desired, live: Settings, hand_edits: Mapping[str, HandEdit]) -> Iterator[Change]:
    """Live -> in force, field by field. `hand_edits` are those since the last apply, by path."""
    after = desired.in_force(live)
    for path in differing_paths(live, after):
        edit, undoes = Edit.between(path, live, after), hand_edits.get(path)
        yield Change(edit, _reason(edit, undoes), _source(path, desired), undoes)


def _reason(edit: Edit, undoes: HandEdit | None) -> Reason:
    if undoes is not None:
        return Reason.DRIFT
    return Reason.REMOVED if edit.after is ABSENT else Reason.SET


def _source(path: str, desired: Desired) -> str:
    """The line that sets the value, or the one that says that the list it was in is the whole truth."""
    resolved = desired.values.get(path)
    position = resolved.position if resolved else _claimed_at(path, desired)
    return f"{position.file}:{position.line}:{position.column}" if position else ""


def _claimed_at(path: str, desired: Desired) -> Position | None:
    claim = desired.managed.covering(path)
    return None if claim is None else desired.claims[claim]
