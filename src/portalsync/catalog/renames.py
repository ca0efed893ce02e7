"""Entries of lists that only have another id: what changes besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.normal import is_same
from portalsync.catalog.option import Field
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.firm_plan import Change, FirmPlan, Rename
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, parents


def renamed(settings: Settings, renames: Iterable[Rename]) -> dict[str, JSON]:
    """The same settings as if the entries had always had the ids that they get, and what refers to them with
    them.
    """
    now = {rename.was: rename.now for rename in renames}
    if not now:
        return dict(settings)
    return {_moved(path, now): _referring(path, value, now) for path, value in settings.items()}


def net_changes(firm: FirmPlan) -> Sequence[Change]:
    """What a part changes besides the ids of entries: the fields of one that goes, held against those of the
    one that it is from now on.
    """
    now = {rename.was: rename.now for rename in firm.renames}
    if not now:
        return firm.changes
    moved = [(_moved(change.edit.path, now), change) for change in firm.changes]
    gone = {path: change for path, change in moved if path != change.edit.path}
    come = {path: change for path, change in moved if path == change.edit.path}
    net = (_net(path, gone.get(path), come.get(path), now) for path in sorted({**gone, **come}))
    return tuple(change for change in net if not _is_nothing(change.edit))


def _net(path: str, gone: Change | None, come: Change | None, now: Mapping[str, str]) -> Change:
    """One of the two is there."""
    change = come or gone
    assert change is not None  # noqa: S101 - each path is one of theirs
    before = gone.edit.before if gone else change.edit.before
    edit = Edit(path, _referring_edit(path, before, now), come.edit.after if come else ABSENT)
    return replace(change, edit=edit, undoes=change.undoes or (gone.undoes if gone else None))


def _is_nothing(edit: Edit) -> bool:
    if edit.before is ABSENT or edit.after is ABSENT:
        return edit.before is edit.after
    return is_same(edit.path, edit.before, edit.after)


def _moved(path: str, now: Mapping[str, str]) -> str:
    was = next((each for each in parents(path) if each in now), None)
    return path if was is None else now[was] + path.removeprefix(was)


def _referring_edit(path: str, value: JSON | Absent, now: Mapping[str, str]) -> JSON | Absent:
    return value if value is ABSENT else _referring(path, value, now)


def _referring(path: str, value: JSON, now: Mapping[str, str]) -> JSON:
    field = FIELDS.get(pattern_of(path))
    if not isinstance(field, Field) or not field.refers_to or not isinstance(value, str):
        return value
    entry = now.get(f"{field.refers_to}.{value}")
    return value if entry is None else entry.rpartition(".")[2]
