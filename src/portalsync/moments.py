"""Instants as people read them: on the clocks of the firms that they concern."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from portalsync.lexicon import Lexicon

NO_ZONE = "UTC"


def common_zone(at: datetime, zones: Iterable[str]) -> str:
    """The time zone of firms whose clocks say the same at this instant; UTC if they do not."""
    known = sorted({*zones})
    clocks = {at.astimezone(ZoneInfo(zone)).utcoffset() for zone in known}
    return known[0] if len(clocks) == 1 else NO_ZONE


def moment(at: datetime | str, lexicon: Lexicon, zone: str = NO_ZONE) -> str:
    """`1 Feb 2027, 09:00 (Berlin)` for an instant, which may be ISO text; at midnight only the day."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    there = instant.astimezone(ZoneInfo(zone))
    day = lexicon("moments.day", day=there.day, month=lexicon(f"months.{there.month}"), year=str(there.year))
    if zone == NO_ZONE:
        return lexicon("moments.utc", day=day, time=f"{there:%H:%M}")
    if (there.hour, there.minute) == (0, 0):
        return day
    return lexicon("moments.there", day=day, time=f"{there:%H:%M}", place=_place(zone))


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
