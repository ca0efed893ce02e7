"""One firm from an instant on: what its pages do by themselves, and what was forgotten there."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import MAXYEAR, MINYEAR
from typing import TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Window
from portalsync.catalog.profile import LOCALES, NAME, TIME_ZONE
from portalsync.living.coming import coming_effects
from portalsync.living.windows import Pair, clashes, for_each_kind, gaps, leftovers
from portalsync.model.effect import Reach
from portalsync.model.page import Situation
from portalsync.model.persona import Persona
from portalsync.model.timeline import Clash, FirmTimeline, Gap, Leftover, TimedEntry
from portalsync.planning.reach import Readers
from portalsync.portal.answers import tags_in

Sources: TypeAlias = Callable[[str], str]
"""The line that says what stands at a settings path; empty if no file does."""
_START, _END = 0, 1


def firm_timeline(
    after: Situation, live: Situation | None, personas: Sequence[Persona], source: Sources
) -> FirmTimeline:
    """A firm as its files have it, and as the portal has it now; None if nobody asked the portal."""
    ours = coming_effects(after, personas)
    theirs = ours if live is None else coming_effects(live, personas)
    known, wanted = ({*map(_event, side)} for side in (theirs, ours))
    windows = [window for option in DEFINITIONS for window in option.windows(after)]
    kinds, now = _kinds(after, windows), after.at
    return FirmTimeline(
        id=after.firm,
        name=after.settings[NAME] or after.firm,
        clients=after.facts.clients(),
        time_zone=after.settings[TIME_ZONE],
        effects=tuple(each for each in ours if _event(each) in known),
        pending=tuple(each for each in ours if _event(each) not in known),
        leaving=tuple(each for each in theirs if _event(each) not in wanted),
        gaps=tuple(_gap(pair, source) for pair in for_each_kind(gaps, windows, kinds, now)),
        clashes=tuple(_clash(pair, source) for pair in for_each_kind(clashes, windows, kinds, now)),
        leftovers=tuple(
            Leftover(_entry(each, _END, source), each.ends.isoformat()) for each in leftovers(windows, now)
        ),
    )


def _event(reach: Reach) -> Hashable:
    effect = reach.effect
    return effect.since, effect.kind, effect.block, effect.place


def _kinds(case: Situation, windows: Iterable[Window]) -> Iterable[frozenset[str]]:
    """Clients by their tags, as far as these matter; one who has all of them where nobody knows of any."""
    named = tags_in(window.audience for window in windows)
    readers = Readers(case.facts, case.settings[LOCALES][0])
    return {frozenset(tags) for tags, _ in readers.kinds(named)} or {named}


def _gap(pair: Pair, source: Sources) -> Gap:
    ended, successor = pair
    since, until = ended.ends.isoformat(), successor.starts.isoformat()
    return Gap(_entry(ended, _END, source), _entry(successor, _START, source), since, until)


def _clash(pair: Pair, source: Sources) -> Clash:
    earlier, later = pair
    until = min(earlier.ends, later.ends)
    return Clash(
        _entry(earlier, _END, source),
        _entry(later, _START, source),
        "" if later.starts.year == MINYEAR else later.starts.isoformat(),
        "" if until.year == MAXYEAR else until.isoformat(),
    )


def _entry(window: Window, bound: int, source: Sources) -> TimedEntry:
    lines = (source(window.bounds[bound]), source(f"{window.path}.title"))
    return TimedEntry(window.path, window.titles, next(filter(None, lines), ""))
