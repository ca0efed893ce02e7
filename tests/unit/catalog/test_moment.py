"""Local times on the days on which clocks are changed."""

from datetime import UTC, datetime

import pytest

from portalsync.catalog.kinds.moment import ClockChange, clock_change, starts_at


@pytest.mark.parametrize(
    ("text", "zone", "change", "instant"),
    [
        ("2027-03-28T01:59", "Europe/Berlin", None, "2027-03-28T00:59"),
        ("2027-03-28T02:00", "Europe/Berlin", ClockChange.SKIPPED, "2027-03-28T01:00"),
        ("2027-03-28T02:59", "Europe/Berlin", ClockChange.SKIPPED, "2027-03-28T01:59"),
        ("2027-03-28T03:00", "Europe/Berlin", None, "2027-03-28T01:00"),
        ("2027-10-31T01:59", "Europe/Berlin", None, "2027-10-30T23:59"),
        ("2027-10-31T02:00", "Europe/Berlin", ClockChange.TWICE, "2027-10-31T00:00"),
        ("2027-10-31T03:00", "Europe/Berlin", None, "2027-10-31T02:00"),
        ("2027-03-14T02:30", "America/New_York", ClockChange.SKIPPED, "2027-03-14T07:30"),
        ("2027-10-03T02:15", "Australia/Lord_Howe", ClockChange.SKIPPED, "2027-10-02T15:45"),
        ("2027-03-28", "Europe/Berlin", None, "2027-03-27T23:00"),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_known_as_such(
    text: str, zone: str, change: ClockChange | None, instant: str
) -> None:
    assert clock_change(text, zone) is change
    assert starts_at(text, zone) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_day_whose_midnight_is_skipped_begins_when_its_clocks_begin() -> None:
    assert clock_change("2026-09-06", "America/Santiago") is None
    assert starts_at("2026-09-06", "America/Santiago") == datetime(2026, 9, 6, 4, tzinfo=UTC)
