"""Instants as people read them: on the clocks of the firms that they concern."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portalsync.lexicon import Phrase, Text, counted, phrase

NO_ZONE = "UTC"

_UNITS = {"days": 24 * 60 * 60, "hours": 60 * 60, "minutes": 60, "seconds": 1}
_INSTANT = timedelta(microseconds=1)
_YEAR = 366 * 24 * 60 * 60
_FEW = 3
"""From how many of a unit on nobody asks for the rest: 3 hours, but 95 minutes."""


def common_zone(at: datetime, zones: Iterable[str]) -> str:
    """The time zone of firms whose clocks say the same at this instant; UTC if they do not."""
    known = sorted({*zones})
    clocks = {at.astimezone(ZoneInfo(zone)).utcoffset() for zone in known}
    return known[0] if len(clocks) == 1 else NO_ZONE


def moment(at: datetime | str, zone: str = NO_ZONE) -> Text:
    """`1 Feb 2027, 09:00 (Berlin)` for an instant, which may be ISO text; where a day begins only the day."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    instant = instant.replace(second=0, microsecond=0)
    there = instant.astimezone(ZoneInfo(zone))
    day, clock = there.date(), there.time()
    if zone == NO_ZONE:
        return phrase("moments.utc", day=day, time=clock)
    if begins_day(instant, zone):
        return day
    return phrase("moments.there", day=day, time=clock, place=zone_place(zone))


def begins_day(at: datetime, zone: str) -> bool:
    """Whether a day begins there at this instant: at midnight, the first one if there are two, and an hour
    later where clocks skip it.
    """
    place = ZoneInfo(zone)
    return at.astimezone(place).date() != (at - _INSTANT).astimezone(place).date()


def from_now(seconds: float) -> Phrase:
    """`in an hour`, in the largest unit that says it well; `seconds` are more than none."""
    if seconds > _YEAR:
        return phrase("moments.from-now.year")
    whole = max(1, math.ceil(seconds))
    unit = next(each for each, size in _UNITS.items() if whole >= _FEW * size or whole % size == 0)
    return counted(f"moments.from-now.{unit}", round(whole / _UNITS[unit]))


def zone_place(zone: str) -> str:
    """The place after which a time zone is called."""
    return zone.rpartition("/")[2].replace("_", " ")
