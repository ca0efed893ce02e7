"""Gaps, clashes and leftovers among entries that are on for a while."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from portalsync.catalog.kinds.moment import ends_at, starts_at
from portalsync.catalog.option import Window
from portalsync.living.windows import Pair, clashes, for_each_kind, gaps, leftovers
from portalsync.model.page import Audience

ZONE = "Europe/Berlin"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ALWAYS, FOREVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


def window(name: str, starts: str, ends: str, title: str = "", audience: Audience | None = None) -> Window:
    """From one day or time to another; an empty one bounds nothing."""
    since = starts_at(starts, ZONE) if starts else ALWAYS
    until = ends_at(ends, ZONE) if ends else FOREVER
    titles = {"en": title or name}
    return Window(name, titles, since, until, audience or Audience(), (f"{name}.starts", f"{name}.ends"))


def names(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    return [(one.path, other.path) for one, other in pairs]


CLOSED = window("closed", "2026-12-18", "2027-01-03")


@pytest.mark.parametrize(
    ("starts", "is_gap"),
    [
        ("2027-01-04", False),
        ("2027-01-04T00:01", True),
        ("2027-01-05", True),
        ("2027-01-11", True),
        ("2027-01-12", False),
        ("2027-01-03", False),
    ],
)
def test_a_gap_is_between_an_end_and_a_start_a_few_days_later(starts: str, *, is_gap: bool) -> None:
    """A day is included whole, so that the next one leaves none."""
    found = names(gaps([CLOSED, window("open-again", starts, "")], NOW))
    assert found == ([("closed", "open-again")] if is_gap else [])


def test_no_gap_where_clients_read_something_in_between() -> None:
    following, standing = window("following", "2027-01-05", ""), window("standing", "", "")
    assert names(gaps([CLOSED, following, standing], NOW)) == []


def test_a_gap_between_two_of_a_kind_whatever_else_is_on() -> None:
    """`closing-2026` is followed by `closing-2027`, and not by what happens to stand beside."""
    one, next_year = window("closing-2026", "", "2026-12-31"), window("closing-2027", "2027-01-02", "")
    assert names(gaps([one, next_year, CLOSED], NOW)) == [("closing-2026", "closing-2027")]


def test_a_gap_of_the_past_is_none_and_one_that_goes_on_is() -> None:
    pair = [CLOSED, window("open-again", "2027-01-06", "")]
    assert names(gaps(pair, datetime(2027, 1, 5, tzinfo=UTC))) == [("closed", "open-again")]
    assert names(gaps(pair, datetime(2027, 1, 6, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("other", "is_clash"),
    [
        (window("holidays", "2026-12-18", "2027-01-03"), True),
        (window("holidays", "2026-12-20", "2027-01-31", title="closed"), True),
        (window("holidays", "2027-01-04", "2027-01-31", title="closed"), False),
        (window("holidays", "2026-12-20", "2027-01-31"), False),
        (window("closed2", "2027-01-03", ""), False),
    ],
)
def test_a_clash_says_the_same_twice_or_speaks_of_the_same_days(other: Window, *, is_clash: bool) -> None:
    """Two announcements at once are no clash by themselves: firms mean them."""
    assert names(clashes([CLOSED, other], NOW)) == ([("closed", other.path)] if is_clash else [])


def test_a_clash_of_two_of_a_kind() -> None:
    """Only the year is another one; other numbers count announcements."""
    last_year, next_year = window("closing-2026", "", "2027-01-06"), window("closing-2027", "2027-01-04", "")
    assert names(clashes([last_year, next_year], NOW)) == [("closing-2026", "closing-2027")]
    assert names(clashes([window("news-1", "", ""), window("news-2", "2027-01-04", "")], NOW)) == []


def test_two_that_are_always_on_are_not_for_the_same_days() -> None:
    assert names(clashes([window("one", "", ""), window("two", "", "")], NOW)) == []


def test_a_leftover_has_been_over_for_90_days() -> None:
    over = window("over", "", "2026-09-01")
    last_moment = datetime(2026, 11, 30, 21, 59, tzinfo=UTC)
    assert [*leftovers([over], last_moment)] == []
    assert [*leftovers([over, CLOSED], datetime(2026, 11, 30, 22, tzinfo=UTC))] == [over]


def test_only_what_the_same_clients_read_is_held_against_another() -> None:
    """Found once, though many kinds of clients find it."""
    some = Audience(frozenset({"business"}))
    pair = [CLOSED, window("open-again", "2027-01-05", "", audience=some)]
    business, nobody = frozenset({"business"}), frozenset[str]()
    assert names(for_each_kind(gaps, pair, [nobody], NOW)) == []
    assert names(for_each_kind(gaps, pair, [business, business | {"vip"}, nobody], NOW)) == [
        ("closed", "open-again")
    ]
