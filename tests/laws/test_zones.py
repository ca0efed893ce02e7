"""Every change of clocks of every time zone that a firm may have, from 2024 to 2034: days and times of
announcements around it are what the clocks on the wall show, and the timeline says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

import pytest

from portalsync.catalog.formats import FORMATS
from portalsync.catalog.kinds.moment import ClockChange, clock_change, ends_at, starts_at
from portalsync.lexicon import Phrase
from portalsync.living.coming import coming_effects
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import WEB_HOME, Situation, situation_of
from portalsync.model.persona import NOBODY
from portalsync.model.settings import Settings
from portalsync.moments import moment
from portalsync.portal.compose import compose

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
FACTS = facts_from_json({"currency": "EUR", "segments": [{"locale": "en", "clients": 1}]})


@dataclass(frozen=True)
class Change:
    """From the instant `at` on clocks are `after` ahead of UTC, and no longer `before`."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def jump(self) -> timedelta:
        return self.after - self.before


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    """Found by looking each week, and halving those in which clocks changed."""
    weeks = [FIRST + index * WEEK for index in range((LAST - FIRST).days // 7 + 1)]
    for start, end in pairwise(weeks):
        before, after = _offset(zone, start), _offset(zone, end)
        if before != after:
            low, high = start, end
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            yield Change(high, before, after)


@cache
def zones() -> dict[tuple[Change, ...], str]:
    """One of those whose clocks are changed alike, by these changes."""
    found: dict[tuple[Change, ...], str] = {}
    for name in sorted(filter(FORMATS["portalsync-time-zone"], available_timezones())):
        changes = (*_changes(ZoneInfo(name)),)
        if changes:
            found.setdefault(changes, name)
    return found


def changes() -> Iterator[tuple[str, Change]]:
    return ((name, change) for found, name in zones().items() for change in found)


def _local(at: datetime, offset: timedelta) -> datetime:
    """What a clock shows that is so far ahead of UTC."""
    return (at + offset).replace(tzinfo=None)


def _text(local: datetime) -> str:
    return local.isoformat(timespec="minutes")


def test_there_is_something_to_look_at() -> None:
    """Changes by an hour and by half of one, twice a year and around each Ramadan."""
    jumps = {abs(change.jump) for _, change in changes()}
    assert {timedelta(minutes=30), timedelta(hours=1)} <= jumps
    assert sum(map(len, zones())) > 500
    assert max(map(len, zones())) > 2 * (LAST.year - FIRST.year)


def test_a_time_is_what_the_clocks_show_then_and_the_first_time_they_do() -> None:
    """Seen to fail with `fold=1`: what comes twice was taken as the second."""
    for zone, change in changes():
        for minutes in (-90, -60, -30, -1, 0, 1, 29, 30, 59, 60, 90):
            for offset in (change.before, change.after):
                _check_time(zone, change, _local(change.at + minutes * MINUTE, offset))


def _check_time(zone: str, change: Change, local: datetime) -> None:
    """By the two offsets alone: an instant before the change is told by the one, later ones by the other."""
    earlier, later = ((local - offset).replace(tzinfo=UTC) for offset in (change.before, change.after))
    is_before, is_after = earlier < change.at, later >= change.at
    expected = {
        (True, False): None,
        (False, True): None,
        (True, True): ClockChange.TWICE,
        (False, False): ClockChange.SKIPPED,
    }[is_before, is_after]
    instant = later if is_after and not is_before else earlier
    assert clock_change(_text(local), zone) is expected, (zone, local)
    assert starts_at(_text(local), zone) == ends_at(_text(local), zone) == instant, (zone, local)
    shown = local + change.jump if expected is ClockChange.SKIPPED else local
    assert _local(instant, _offset(ZoneInfo(zone), instant)) == shown, (zone, local)


def test_each_instant_is_in_one_day_which_is_what_the_clocks_show() -> None:
    """No gap and no overlap between the end of a day and the next one, whatever happens at midnight.

    Seen to fail for days of 24 hours.
    """
    for zone, change in changes():
        around = (change.at + hours * timedelta(hours=1) for hours in (-25, -1, 0, 1, 25))
        for at in (each + minutes * MINUTE for each in around for minutes in (-1, 0, 1)):
            day = _local(at, _offset(ZoneInfo(zone), at)).date()
            for other in (day - DAY, day, day + DAY):
                start, end = starts_at(other.isoformat(), zone), ends_at(other.isoformat(), zone)
                assert (start <= at < end) == (other == day), (zone, at, other)
                assert end == starts_at((other + DAY).isoformat(), zone)


def _announced(zone: str, texts: list[str]) -> Settings:
    """An announcement from each of these moments on."""
    settings: dict[str, JSON] = {"profile.time_zone": zone, "profile.locales": ["en"]}
    for index, text in enumerate(texts):
        entry = f"announcements.items.n{index}"
        settings |= {f"{entry}.title": {"en": text}, f"{entry}.body": {"en": "x"}, f"{entry}.starts": text}
    return settings


def _titles(case: Situation, at: datetime) -> set[str]:
    page = compose(replace(case, at=at), NOBODY, WEB_HOME, "en")
    return {block.content.title for block in page.shown}


@pytest.mark.parametrize("is_day", [True, False])
def test_the_timeline_tells_each_change_as_pages_make_it(*, is_day: bool) -> None:
    """At the instant that it names the page is another one than just before, and readers are told the day or
    the time that somebody wrote. Seen to fail where midnight is skipped: days there were told as 01:00.
    """
    for found, zone in zones().items():
        walls = (_local(change.at, change.after) for change in found[:20])
        texts = [*dict.fromkeys(each.date().isoformat() if is_day else _text(each) for each in walls)]
        case = situation_of("firm", _announced(zone, texts), FACTS, FIRST - DAY)
        effects = [each.effect for each in coming_effects(case, ()) if each.effect.place == WEB_HOME]
        begins = {effect.labels["en"]: datetime.fromisoformat(effect.since) for effect in effects}
        assert begins == {text: starts_at(text, zone) for text in texts}
        for text in texts[:3]:
            at = begins[text]
            assert _titles(case, at) - _titles(case, at - MINUTE) == {text}
            day = text[:10]
            assert _as_written(at, zone) == (day if at == starts_at(day, zone) else text)


def _as_written(at: datetime, zone: str) -> str:
    """A day, or a time of a day, of what a reader is told."""
    shown = moment(at, zone)
    if isinstance(shown, date):
        return shown.isoformat()
    values = dict(cast("Phrase", shown).values)
    return f"{values['day']}T{cast('time', values['time']).isoformat(timespec='minutes')}"
