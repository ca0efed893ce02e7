"""Dates and times in a firm's own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject

_FORM = Form("moment", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$")


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
    if len(text) == len("2027-01-15T18:00"):
        return datetime.fromisoformat(text)
    raise ValueError(text)


@lru_cache(1000)
def starts_at(text: str, zone: str) -> datetime:
    """The instant (UTC) at which something that `starts` then is on: a day starts at midnight."""
    moment = parse_moment(text)
    local = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@lru_cache(1000)
def ends_at(text: str, zone: str) -> datetime:
    """The instant (UTC) from which something that `ends` then is off: a day is included whole."""
    moment = parse_moment(text)
    local = moment if isinstance(moment, datetime) else datetime.combine(moment + timedelta(days=1), time())
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
