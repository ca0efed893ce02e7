"""What differs between two settings documents."""

from collections.abc import Iterator, Mapping, Sequence

from portalsync.model.desired import Desired
from portalsync.model.json_value import JSON
from portalsync.model.plan import Change, HandEdit, Reason, Source
from portalsync.model.settings import Settings, under
from portalsync.wire import FirmState, HistoryEntry, Origin


def differing_paths(before: Settings, after: Settings) -> list[str]:
    """Settings paths whose values differ, sorted; told by deepdiff, for which types count too."""
    from deepdiff import DeepDiff

    # By default deepdiff reports documents that have little in common as one change of the whole, and
    # leaves out keys that begin with two underscores.
    tree = DeepDiff(
        dict(before), dict(after), view="tree", threshold_to_diff_deeper=0, ignore_private_variables=False
    )
    return sorted({str(item.path(output_format="list")[0]) for items in tree.values() for item in items})


def changes(
    desired: Desired, live: FirmState, base: FirmState | None, history: Sequence[HistoryEntry]
) -> Iterator[Change]:
    """Live -> in force, field by field. `base` is what a plan last applied, if that is known."""
    after = desired.in_force(live.settings)
    for path in differing_paths(live.settings, after):
        edit = hand_edit(path, live, base, history)
        yield Change(
            path,
            _reason(path, after, edit),
            _source(path, desired),
            **present("before", path, live.settings),
            **present("after", path, after),
            undoes=edit,
        )


def present(name: str, path: str, settings: Settings) -> dict[str, JSON]:
    return {name: settings[path]} if path in settings else {}


def _reason(path: str, after: Settings, edit: HandEdit | None) -> Reason:
    if edit is not None:
        return Reason.DRIFT
    return Reason.SET if path in after else Reason.REMOVED


def _source(path: str, desired: Desired) -> Source | None:
    resolved = desired.values.get(path)
    if resolved is not None:
        place = resolved.location
        return Source(resolved.layer, place.file, place.line, place.column)
    claim = next((claim for claim in desired.claims if under(path, (claim,))), None)
    if claim is None:
        return None
    place = desired.claims[claim]
    return Source("", place.file, place.line, place.column)


def hand_edit(
    path: str, live: FirmState, base: FirmState | None, history: Sequence[HistoryEntry]
) -> HandEdit | None:
    """The last change by hand to a path that portalsync manages and that is not as it applied it."""
    if base is None or not under(path, base.managed) or _same(path, live.settings, base.settings):
        return None
    for entry in history:
        written = {write.path for write in entry.writes}
        if entry.origin is Origin.PORTAL and entry.generation > base.generation and path in written:
            return HandEdit(entry.at, entry.actor)
    return HandEdit("", "")


def _same(path: str, one: Mapping[str, JSON], other: Mapping[str, JSON]) -> bool:
    return not differing_paths(
        {path: one[path]} if path in one else {}, {path: other[path]} if path in other else {}
    )
