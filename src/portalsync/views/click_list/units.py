"""The changes of a firm as what is done in one go: a setting, an entry that comes or goes, other ids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalsync.catalog import FIELDS, field_of, pattern_of
from portalsync.catalog.naming import innermost_entry, order_of
from portalsync.catalog.option import Authority, Field, ListField
from portalsync.catalog.renames import net_changes
from portalsync.model.click_list import Action
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import Change, FirmPlan, Rename


@dataclass(frozen=True, slots=True)
class Unit:
    """`changes` are what is clicked for it, `edits` what is so afterwards."""

    path: str
    action: Action
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]


def units(part: FirmPlan) -> Iterator[Unit]:
    """Each edit of the part in one of them."""
    net = {change.edit.path: change for change in net_changes(part)}
    renamed = [*_renamed(part, net)]
    done = {edit.path for unit in renamed for edit in unit.edits}
    yield from renamed
    yield from _together(change for change in part.changes if change.edit.path not in done)


def _renamed(part: FirmPlan, net: Mapping[str, Change]) -> Iterator[Unit]:
    """What only has another id goes and comes with all that is in it, and with what refers to it."""
    for rename in part.renames:
        changes = tuple(change for path, change in net.items() if _is_in(path, rename.now))
        edits = tuple(edit for edit in part.edits if _belongs(edit, rename, net))
        yield Unit(rename.now, Action.SET if changes else Action.KEEP, changes, edits)


def _belongs(edit: Edit, rename: Rename, net: Mapping[str, Change]) -> bool:
    if _is_in(edit.path, rename.was) or _is_in(edit.path, rename.now):
        return True
    field = field_of(edit.path)
    is_reference = isinstance(field, Field) and field.refers_to == rename.now.rpartition(".")[0]
    return is_reference and edit.path not in net and edit.after == rename.now.rpartition(".")[2]


def _is_in(path: str, entry: str) -> bool:
    return path.startswith(f"{entry}.")


def _together(changes: Iterable[Change]) -> Iterator[Unit]:
    """By entry, where it comes or goes whole: without what it has to have, it means nothing. Else each by
    itself.
    """
    entries: dict[str, list[Change]] = {}
    for change in changes:
        entries.setdefault(innermost_entry(change.edit.path), []).append(change)
    for entry, within in entries.items():
        within.sort(key=lambda change: order_of(change.edit.path))
        if entry and (_comes(within) or _goes(within)) and (len(within) > 1 or _is_ours(entry)):
            yield _unit(entry, _action_of_entry(entry, within), within)
        else:
            yield from (_unit(each.edit.path, _action([each]), [each]) for each in within)


def _unit(path: str, action: Action, changes: Sequence[Change]) -> Unit:
    return Unit(path, action, tuple(changes), tuple(each.edit for each in changes))


def _comes(changes: Sequence[Change]) -> bool:
    return any(is_required(each.edit.path) and each.edit.before is ABSENT for each in changes)


def _goes(changes: Sequence[Change]) -> bool:
    return any(is_required(each.edit.path) and each.edit.after is ABSENT for each in changes)


def is_required(path: str) -> bool:
    """Whether an entry means nothing without it."""
    field = field_of(path)
    return isinstance(field, Field) and field.required


def _action_of_entry(entry: str, changes: Sequence[Change]) -> Action:
    if not _is_ours(entry):
        return _action(changes)
    return Action.ADD if _comes(changes) else Action.REMOVE


def _is_ours(entry: str) -> bool:
    """Whether it is made and taken away by files. Entries of other lists are the portal's own."""
    around = FIELDS[pattern_of(entry).removesuffix(".*")]
    return isinstance(around, ListField) and around.authority is Authority.AUTHORITATIVE


def _action(changes: Sequence[Change]) -> Action:
    return Action.CLEAR if all(each.edit.after is ABSENT for each in changes) else Action.SET
