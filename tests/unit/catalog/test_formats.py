"""What Python refuses of a format, the schema's pattern refuses as well, so that editors show it; and the
pattern refuses nothing that Python takes.
"""

import calendar
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portalsync.addresses import LONGEST_HOST, SERVICE_PATTERN, service_problem
from portalsync.catalog.conform import Validator, validator
from portalsync.catalog.files.personas import PERSONA
from portalsync.catalog.formats import FORMATS
from portalsync.catalog.kinds.basic import TimeZone
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.kinds.moment import Moment
from portalsync.catalog.schema import schema_for

FIELDS: dict[str, Any] = {
    "portalsync-link": Link().schema(),
    "portalsync-moment": Moment().schema(),
    "portalsync-time-zone": TimeZone().schema(),
}
HOSTS = st.lists(
    st.sampled_from(
        [
            "www",
            "example",
            "a-b",
            "-a",
            "b-",
            "192",
            "0",
            "xn--p1ai",
            "XN--P1AI",
            "de",
            "Com",
            "bücher",
            "[::1]",
        ]
    ),
    max_size=5,
).map(".".join)
LINKS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "https:", "//", "", "javascript:", " https://"]),
    st.sampled_from(["", "", "user@", "user:word@"]),
    HOSTS,
    st.sampled_from(["", "", ":443", ":", ":x"]),
    st.sampled_from(
        ["", "/", "/a?b=1&c=%20#d", "?a", "#b", "/a b", "/[x]", "/{x}", "/\\", "/\u00fc", "/a\n", "/@:"]
    ),
)
NUMBERS = st.sampled_from(
    ["00", "01", "02", "04", "09", "12", "13", "23", "24", "28", "29", "30", "31", "32", "59", "60", "1", "x"]
)
TIMES = st.builds(
    "{}{}:{}{}".format, st.sampled_from("T t"), NUMBERS, NUMBERS, st.sampled_from(["", "Z", "\n"])
)
YEARS = st.sampled_from(["2026", "2028", "1999", "3000", "226", "\u0662026"])
MOMENTS = st.builds("{}-{}-{}{}".format, YEARS, NUMBERS, NUMBERS, st.just("") | TIMES)
NAMES = st.sampled_from(
    ["UTC", "Europe", "Berlin", "America", "New_York", "GMT+1", "posix", "..", "", "europe"]
)
ZONES = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@cache
def both(name: str) -> tuple[Validator, Validator]:
    """The schema of a field as it is, and as editors know it: they pass over formats that no standard has."""
    schema = FIELDS[name]
    return validator(schema), validator({key: each for key, each in schema.items() if key != "format"})


def agree(name: str, value: str) -> bool:
    whole, pattern = both(name)
    takes = pattern.is_valid(value)
    assert takes or not FORMATS[name](value) or len(value) > FIELDS[name]["maxLength"]
    return whole.is_valid(value) == takes


@given(LINKS)
@example("https://" + "a." * 150 + "de")
@example("https://www.example.com/\u202e")
def test_links(value: str) -> None:
    """All but the length of a host.

    Seen to fail with the pattern `^https://`.
    """
    assert agree("portalsync-link", value) or len(urlsplit(value).netloc) > LONGEST_HOST


@given(MOMENTS)
@example("2026-13-01")
@example("2026-04-31")
def test_moments(value: str) -> None:
    """All but 29 February.

    Seen to fail with a pattern that took any two digits.
    """
    year, rest = value[:4], value[4:10]
    is_leap_day = rest == "-02-29" and not calendar.isleap(int(year))
    assert agree("portalsync-moment", value) or is_leap_day


@given(ZONES)
def test_time_zones(value: str) -> None:
    """All but which names there are."""
    assert agree("portalsync-time-zone", value) or both("portalsync-time-zone")[1].is_valid(value)


@given(st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "//", "", "ftp://", " https://"]),
    st.sampled_from(["", "", "user@"]),
    HOSTS | st.sampled_from(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"]),
    st.sampled_from(["", ":8443", ":", ":x"]),
    st.sampled_from(["", "/", "/api", "/?a", "?a", "#b", "/a b", "/@"]),
))  # fmt: skip
def test_services(value: str) -> None:
    """All but which numbers are ports, and what may hold a secret."""
    fits = re.fullmatch(SERVICE_PATTERN, value) is not None
    assert fits or service_problem(value)
    assert fits == (not service_problem(value)) or any(sign in value for sign in "?#")


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("portalsync-link", "https://calendly.com@pay.example/x"),
        ("portalsync-link", "https://calendly.com:8443/x"),
        ("portalsync-link", "https://192.0.2.7/book"),
        ("portalsync-link", "https://[::1]/"),
        ("portalsync-link", "https://b\u00fccher.example/"),
        ("portalsync-link", "https://localhost/"),
        ("portalsync-moment", "2026-13-01"),
        ("portalsync-moment", "2026-02-30"),
        ("portalsync-moment", "2026-12-24T24:00"),
        ("portalsync-time-zone", "CET"),
        ("portalsync-time-zone", "GMT+1"),
    ],
)
def test_an_editor_shows_it(name: str, refused: str) -> None:
    assert not both(name)[1].is_valid(refused)


def test_an_editor_shows_that_no_status_can_be_called_hidden() -> None:
    def firm(id_: str) -> Any:
        statuses = [{"id": id_, "name": {"en": "In review"}}]
        options = {"work_in_progress": {"statuses": statuses}}
        return {"apiVersion": "portalsync/v1", "kind": "Firm", "id": "oak", "options": options}

    checker = validator(schema_for("firm"))
    assert [id_ for id_ in ("hidden", "hidden-2", "not-hidden") if not checker.is_valid(firm(id_))] == [
        "hidden"
    ]


def test_a_day_of_a_sample_client_is_one_of_the_calendar() -> None:
    schema: Any = PERSONA.schema()
    day = schema["properties"]["documents"]["items"]["properties"]["date"]
    checker = validator({key: each for key, each in day.items() if key != "format"})
    assert [text for text in ("2026-12-24", "2026-13-01", "2026-12-24T10:00") if checker.is_valid(text)] == [
        "2026-12-24"
    ]
