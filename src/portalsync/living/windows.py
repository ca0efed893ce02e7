"""Entries of lists that are on for a while, held against one another: gaps, clashes, leftovers."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import combinations
from operator import attrgetter
from typing import TypeAlias

from portalsync.catalog.option import Window

SHORT = timedelta(days=7)
"""Whoever leaves more time between two means it: decision 0148."""
LONG_OVER = timedelta(days=90)
_YEAR = re.compile("(?<![0-9])20[0-9]{2}(?![0-9])")

Pair: TypeAlias = tuple[Window, Window]


def gaps(windows: Iterable[Window], now: datetime) -> Iterable[Pair]:
    """Where one is over, and its successor starts a few days later: another of its kind, or any where clients
    would read nothing in between.
    """
    known = sorted(windows, key=attrgetter("starts"))
    for ended in known:
        later = [each for each in known if timedelta(0) < each.starts - ended.ends <= SHORT]
        is_silent = not any(each.is_on(ended.ends) for each in known)
        successor = next((each for each in later if is_silent or _is_of_a_kind(ended, each)), None)
        if successor and successor.starts > now:
            yield ended, successor


def clashes(windows: Iterable[Window], now: datetime) -> Iterable[Pair]:
    """Two that are on at once and are of a kind, are called the same, or are for the same time."""
    for earlier, later in combinations(sorted(windows, key=attrgetter("starts")), 2):
        is_coming = max(later.starts, now) < min(earlier.ends, later.ends)
        if is_coming and (_is_of_a_kind(earlier, later) or _says_the_same(earlier, later)):
            yield earlier, later


def _is_of_a_kind(one: Window, other: Window) -> bool:
    """Whether only years tell their ids apart: `closing-2026`, `closing-2027`."""
    return _without_years(one.path) == _without_years(other.path)


@lru_cache(1000)
def _without_years(path: str) -> str:
    return _YEAR.sub("", path)


def _says_the_same(one: Window, other: Window) -> bool:
    if any(other.titles.get(locale) == title for locale, title in one.titles.items()):
        return True
    return one.is_bounded and (one.starts, one.ends) == (other.starts, other.ends)


def leftovers(windows: Iterable[Window], now: datetime) -> Iterable[Window]:
    """Those that have long been over, and still stand there."""
    return (each for each in windows if now - each.ends >= LONG_OVER)


def for_each_kind(
    find: Callable[[Iterable[Window], datetime], Iterable[Pair]],
    windows: Sequence[Window],
    kinds: Iterable[frozenset[str]],
    now: datetime,
) -> Iterable[Pair]:
    """What is found among those that clients of one kind read, by their tags: each pair once."""
    admitted = {tuple(each.audience.admits(tags) for each in windows) for tags in kinds}
    found: dict[tuple[str, str], Pair] = {}
    for admissions in sorted(admitted, reverse=True):
        theirs = (each for each, admits in zip(windows, admissions, strict=True) if admits)
        found.update(((first.path, second.path), (first, second)) for first, second in find(theirs, now))
    return found.values()
