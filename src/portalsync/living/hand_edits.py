"""What somebody changed in the portal itself since a plan was applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from portalsync.backend.protocol import Reader
from portalsync.catalog.normal import differing_values, is_portals_own
from portalsync.living.generations import entries_of
from portalsync.model.claims import Claims
from portalsync.model.firm_plan import HandEdit
from portalsync.wire import FirmState, HistoryEntry, Origin


@dataclass(frozen=True, slots=True)
class Past:
    """`base` is what a plan last applied; `history` has all that happened since, newest first."""

    base: FirmState
    history: Sequence[HistoryEntry]


def past_of(portal: Reader, live: FirmState) -> Past | None:
    """None if no plan was ever applied, or nothing happened since."""
    if live.applied is None or live.applied == live.generation:
        return None
    base = portal.state(live.id, live.applied)
    since = takewhile(lambda entry: entry.generation > base.generation, entries_of(portal, live.id))
    return Past(base, tuple(since))


def hand_edits(live: FirmState, past: Past | None) -> Mapping[str, HandEdit]:
    """By path, sorted: what was managed then and is not as it was applied, with who changed it last; an
    edit without a time where the history does not tell. What the portal does anyway is no edit where nothing
    is set: it may have filled that in by itself.
    """
    if past is None:
        return {}
    claims = Claims.of(past.base.managed)
    applied, now = claims.part_of(past.base.settings), claims.part_of(live.settings)
    return {
        path: _last_edit(path, past)
        for path in differing_values(applied, now)
        if path in applied or not is_portals_own(path, now[path])
    }


def _last_edit(path: str, past: Past) -> HandEdit:
    for entry in past.history:
        written = {write.path for write in entry.writes}
        if entry.origin is Origin.PORTAL and path in written:
            return HandEdit(entry.at, entry.actor)
    return HandEdit("", "")
