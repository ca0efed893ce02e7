"""Instants as people read them: on the clocks of the firms that they concern."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from portalsync.lexicon import Text, phrase

NO_ZONE = "UTC"


def common_zone(at: datetime, zones: Iterable[str]) -> str:
    """The time zone of firms whose clocks say the same at this instant; UTC if they do not."""
    known = sorted({*zones})
    clocks = {at.astimezone(ZoneInfo(zone)).utcoffset() for zone in known}
    return known[0] if len(clocks) == 1 else NO_ZONE


def moment(at: datetime | str, zone: str = NO_ZONE) -> Text:
    """`1 Feb 2027, 09:00 (Berlin)` for an instant, which may be ISO text; at midnight only the day."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    there = instant.astimezone(ZoneInfo(zone))
    day, clock = there.date(), there.time().replace(second=0, microsecond=0)
    if zone == NO_ZONE:
        return phrase("moments.utc", day=day, time=clock)
    if clock == time.min:
        return day
    return phrase("moments.there", day=day, time=clock, place=_place(zone))


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
