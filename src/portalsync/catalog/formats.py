"""The formats that schemas name: what JSON Schema cannot say otherwise."""

import re
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from portalsync.addresses import link_problem
from portalsync.catalog.kinds.basic import TIME_ZONE
from portalsync.catalog.kinds.moment import parse_moment

_ZONE = re.compile(TIME_ZONE.pattern)


def _moment(value: str) -> bool:
    try:
        parse_moment(value)
    except ValueError:
        return False
    return True


def _time_zone(value: str) -> bool:
    if not _ZONE.fullmatch(value):  # keeps files of the zone folder out, too
        return False
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "portalsync-moment": _moment,
    "portalsync-time-zone": _time_zone,
    "portalsync-link": lambda value: not link_problem(value),
}
