"""A firm's audit trail, held against itself, and against what was kept of it elsewhere.

Each row is sealed with the one before it. Who can write to a portal can make all seals anew: then the trail
holds by itself, and only a copy of some of its rows, kept where they cannot write, tells. See
docs/decisions/0147.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from portalsync.model.canonical import digest
from portalsync.model.json_value import JSON
from portalsync.model.verification import Flaw, FlawAt

Row: TypeAlias = Mapping[str, Any]
"""As it was answered, keys of the portal's own with it."""

_OF_ITS_PLACE = frozenset({"seq", "previous", "hash"})


def seal_of(row: Mapping[str, JSON]) -> str:
    """What the `hash` of a row as it was answered has to be: the digest of all the rest, whatever that is."""
    return digest({key: value for key, value in row.items() if key != "hash"})


def flaws_in(rows: Sequence[Row]) -> Iterator[FlawAt]:
    """Where a trail does not hold by itself, each at the number of its row."""
    last, previous = 0, ""
    for row in rows:
        number = row["seq"]
        if number <= last:
            yield FlawAt(number, Flaw.ORDER)
        elif number > last + 1:
            yield FlawAt(last + 1, Flaw.MISSING)
        elif row["previous"] != previous:
            yield FlawAt(number, Flaw.UNCHAINED)
        if row["hash"] != seal_of(row):
            yield FlawAt(number, Flaw.CHANGED)
        last, previous = max(last, number), row["hash"]


def flaws_against(rows: Sequence[Row], kept: Sequence[Row]) -> Iterator[FlawAt]:
    """Where a trail is no longer what was kept of it, by the numbers of then: all rows up to one, or some."""
    there = {row["seq"]: row for row in rows}
    due = {row["seq"]: row for row in kept}
    if all(there.get(number) == row for number, row in due.items()):
        return
    is_whole = [*sorted(due)] == [*range(1, len(due) + 1)] and len(due) > 1
    found = [*(_whole(rows, due) if is_whole else _some(rows, due))]
    yield from found or [FlawAt(_first_other(there, due), Flaw.REWRITTEN)]


def _first_other(there: Mapping[int, Row], due: Mapping[int, Row]) -> int:
    return min(number for number, row in due.items() if there.get(number) != row)


def _some(rows: Sequence[Row], due: Mapping[int, Row]) -> Iterator[FlawAt]:
    """Of a few rows, such as the last one: what they said, and how many stood before them."""
    places, last = _Places(rows), max((row["seq"] for row in rows), default=0)
    for number, row in sorted(due.items()):
        place = places.take(row, number)
        if place is None:
            yield FlawAt(number, Flaw.REPLACED if number <= last else Flaw.TRUNCATED)
        elif place != number:
            yield FlawAt(number, Flaw.MISSING if place < number else Flaw.ADDED)


def _whole(rows: Sequence[Row], due: Mapping[int, Row]) -> Iterator[FlawAt]:
    """Of a trail from its beginning on: each row by itself. What went or came before a row moves it."""
    places, last = _Places(rows), max((row["seq"] for row in rows), default=0)
    known = {_content(row) for row in due.values()}
    strangers = {row["seq"] for row in rows if _content(row) not in known}
    moved = 0
    for number, row in sorted(due.items()):
        expected = number + moved
        place = places.take(row, expected)
        while place not in {None, expected} and expected in strangers:
            yield FlawAt(number, Flaw.ADDED)
            strangers.discard(expected)
            moved, expected = moved + 1, expected + 1
        if place is None and expected > last:
            yield FlawAt(number, Flaw.TRUNCATED)
            return
        if place is None:
            yield FlawAt(number, Flaw.REPLACED if expected in strangers else Flaw.MISSING)
            moved -= expected not in strangers
            strangers.discard(expected)
        elif place != expected:
            yield FlawAt(number, Flaw.ORDER)


class _Places:
    """Where a trail says something, by what it says; a row that says the same as another one has its own."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._places: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for row in rows:
            self._places[_content(row)][row["seq"]] = None

    def take(self, row: Row, expected: int) -> int | None:
        places = self._places.get(_content(row))
        if not places:
            return None
        place = expected if expected in places else next(iter(places))
        del places[place]
        return place


def _content(row: Row) -> str:
    """What a row says, wherever it stands."""
    return digest({key: value for key, value in row.items() if key not in _OF_ITS_PLACE})
