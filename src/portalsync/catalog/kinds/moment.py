"""Dates and times in a firm's own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon, Text
from portalsync.model.json_value import JSONObject
from portalsync.moments import moment

_DAY = (
    "2[0-9]{3}-("
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|[12][0-9]))"
)
"""Of this millennium. That 29 February is there in leap years alone, no pattern says."""
DAY = Form("day", f"^{_DAY}$")
_FORM = Form("moment", f"^{_DAY}(T([01][0-9]|2[0-3]):[0-5][0-9])?$")


class Moment(Kind[str]):
    """A day (`2027-01-15`) or a local time (`2027-01-15T18:00`) in the firm's time zone."""

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "format": "portalsync-moment",
            **_FORM.schema(),
            "maxLength": 16,
        }

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return str(value).replace("T", " ")


def parse_moment(text: str) -> date | datetime:
    """The day or the local time, of this millennium. ValueError for anything else."""
    if not text.startswith("2"):
        raise ValueError(text)
    if len(text) == len("2027-01-15"):
        return date.fromisoformat(text)
    if len(text) == len("2027-01-15T18:00") and text[10] == "T":
        return datetime.fromisoformat(text)
    raise ValueError(text)


class ClockChange(StrEnum):
    """What the clocks of a place do with a local time on a day on which they are changed."""

    SKIPPED = "skipped"
    """They never show it. It is taken as if they had not been put forward yet."""
    TWICE = "twice"
    """They show it a second time. It is taken as the first."""


@lru_cache(1000)
def clock_change(text: str, zone: str) -> ClockChange | None:
    """What becomes of a local time; nothing on most days, and nothing of a whole day."""
    written = parse_moment(text)
    if not isinstance(written, datetime):
        return None
    local = written.replace(tzinfo=ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != written:
        return ClockChange.SKIPPED
    return None if local.utcoffset() == local.replace(fold=1).utcoffset() else ClockChange.TWICE


@lru_cache(1000)
def starts_at(text: str, zone: str) -> datetime:
    """The instant (UTC) at which something that `starts` then is on: a day starts at midnight."""
    day = parse_moment(text)
    return _instant(day if isinstance(day, datetime) else datetime.combine(day, time()), zone)


@lru_cache(1000)
def ends_at(text: str, zone: str) -> datetime:
    """The instant (UTC) from which something that `ends` then is off: a day is included whole."""
    day = parse_moment(text)
    if isinstance(day, datetime):
        return _instant(day, zone)
    return _instant(datetime.combine(day + timedelta(days=1), time()), zone)


def _instant(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moment_text(text: str, zone: str) -> Text:
    """A day as such, a local time as what the clocks really show at its instant."""
    day = parse_moment(text)
    return moment(starts_at(text, zone), zone) if isinstance(day, datetime) else day
