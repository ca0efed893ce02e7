"""What somebody changed in the portal itself since a plan was applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from portalsync.backend.protocol import Reader
from portalsync.catalog.normal import differing_values, is_portals_own
from portalsync.living.generations import entries_of
from portalsync.model.claims import Claims
from portalsync.model.edit import applied_to
from portalsync.model.firm_plan import HandEdit
from portalsync.model.plan_name import origins_in
from portalsync.wire import FirmState, HistoryEntry, Origin


@dataclass(frozen=True, slots=True)
class Past:
    """`base` is what plans last applied, and `history` has what happened since, newest first: since the last
    one that was about all settings.
    """

    base: FirmState
    history: Sequence[HistoryEntry]


def past_of(portal: Reader, live: FirmState, *, thorough: bool = False) -> Past | None:
    """None if no plan was ever applied, or nothing happened since. If `thorough`, it is asked too whether the
    last plan left changes by hand as they were.
    """
    if live.applied is None or (live.applied == live.generation and not thorough):
        return None
    since = [*takewhile(_is_in_between, entries_of(portal, live.id))]
    in_part = [entry for entry in reversed(since) if entry.origin is Origin.PLAN]
    base = portal.state(live.id, since[-1].generation - 1 if in_part else live.applied)
    applied = applied_to(base.settings, (write for entry in in_part for write in entry.writes))
    return Past(replace(base, settings=applied), since)


def _is_in_between(entry: HistoryEntry) -> bool:
    """Whether it came after the last plan that was about all settings."""
    if entry.origin is Origin.PLAN:
        return origins_in(entry.plan).narrowed
    return entry.origin is Origin.PORTAL


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
