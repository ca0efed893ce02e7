"""Days and times as people write them: `24.12.2026`, `12/24/2026`, `24. Dezember 2026, 18 Uhr`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from portalsync.cldr import cldr_of
from portalsync.lexicon import LOCALES

_MONTHS_OF_A_YEAR = 12
_DAYS = (
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4}|\d{2}(?!\d))"),
    re.compile(r"(?P<year>\d{4})[./-]?(?P<month>\d{1,2})[./-]?(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? *(?P<name>[^\W\d]+)\.?,? *(?P<year>\d{4})"),
    re.compile(r"(?P<name>[^\W\d]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th|\.)?,? (?P<year>\d{4})"),
)
_EITHER_FIRST = re.compile(r"(?P<first>\d{1,2})(?P<sign>[/-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})")
"""Some write the day first, some the month."""
_TIME = re.compile(
    r"(?:T|,? +(?:um +|at +)?)"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::00)?)? *(?P<half>am|pm)?(?:uhr|h)?",
    re.IGNORECASE,
)


def moments_written(text: str) -> Iterator[str]:
    """`2026-12-24` or `2026-12-24T18:00` for a text that is to say such; nothing where two may be meant."""
    for end, day in _days_at_start(text):
        rest = text[end:]
        if not rest.strip(" ."):
            yield day
        elif found := _TIME.fullmatch(rest):
            hour = int(found["hour"]) % 12 if found["half"] else int(found["hour"])
            hour += 12 if (found["half"] or "").lower() == "pm" else 0
            yield f"{day}T{hour:02}:{found['minute'] or '00'}"


def _days_at_start(text: str) -> Iterator[tuple[int, str]]:
    """A day and where it ends."""
    for pattern in _DAYS:
        if found := pattern.match(text):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _months().get(parts["name"].lower(), 0)
            year = int(f"20{parts['year']}"[-4:])
            yield from ((found.end(), each) for each in _day(year, month, int(parts["day"])))
    if found := _EITHER_FIRST.match(text):
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        if first == second or max(first, second) > _MONTHS_OF_A_YEAR:
            day, month = max(first, second), min(first, second)
            yield from ((found.end(), each) for each in _day(year, month, day))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return


@cache
def _months() -> Mapping[str, int]:
    """The months by their names and short names, in all languages."""
    return {
        name.lower().strip("."): index % _MONTHS_OF_A_YEAR + 1
        for tag in (*LOCALES, "de-AT")
        for index, name in enumerate(cldr_of(tag).months())
    }
