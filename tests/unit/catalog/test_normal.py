"""Values that are the same in two spellings, and those that only look like it."""

from typing import Any

import pytest

from portalsync.catalog.normal import is_same, normal, spelt_as
from portalsync.model.json_value import JSON

BODY, TITLE = "announcements.items.x.body", "announcements.items.x.title"
AUDIENCE, URL = "chat.audience", "appointments.url"


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        (AUDIENCE, {"any": ["a", "b"]}, {"any": ["b", "a"]}),
        (AUDIENCE, {"any": ["a"], "all": ["c", "b"]}, {"all": ["b", "c"], "any": ["a"]}),
        (BODY, {"en": "One\n\nTwo"}, {"en": "One\r\n\r\nTwo\r\n"}),
        (BODY, {"en": "One\nTwo"}, {"en": "One \nTwo\t\n\n"}),
        (BODY, {"en": "One\n\nTwo"}, {"en": "One  \n\nTwo  "}),
        (TITLE, {"de": "F\u00fcr Sie"}, {"de": "Fu\u0308r Sie "}),
        ("profile.accent_color", "#1F5F5B", "#1f5f5b"),
        (URL, "https://Calendly.com/First?Talk", "https://calendly.com/First?Talk"),
        ("profile.email", "Office@Oak.example", "Office@oak.example"),
    ],
)
def test_two_spellings_of_one_value_are_the_same(path: str, one: Any, other: Any) -> None:
    assert is_same(path, one, other)
    assert normal(path, normal(path, one)) == normal(path, one)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        (BODY, {"en": "One  \nTwo"}, {"en": "One\nTwo"}),  # the first breaks the line
        (TITLE, {"en": "Closed"}, {"en": "closed"}),
        (URL, "https://calendly.com/First", "https://calendly.com/first"),
        (URL, "https://A@calendly.com/", "https://a@calendly.com/"),
        (URL, "to https://A.example/", "to https://a.example/"),
        ("profile.email", "Office@oak.example", "office@oak.example"),
        ("profile.locales", ["de", "en"], ["en", "de"]),  # the first is what others fall back to
        (AUDIENCE, {"any": ["a"]}, {"all": ["a"]}),
    ],
)
def test_what_somebody_could_tell_apart_is_not_the_same(path: str, one: Any, other: Any) -> None:
    assert not is_same(path, one, other)


@pytest.mark.parametrize(
    "path", [BODY, AUDIENCE, URL, "profile.accent_color", "profile.email", "no.such.path"]
)
@pytest.mark.parametrize("value", [None, 7, True, "text", ["a", 1], {"any": 3, "en": ["x"]}])
def test_a_portal_may_hold_a_value_of_any_type(path: str, value: Any) -> None:
    assert is_same(path, value, value)


def test_of_a_text_in_two_languages_only_the_one_that_changes_is_spelt_anew() -> None:
    held: JSON = {"de": "Eins\r\nzwei", "en": "One\r\ntwo"}
    wanted: JSON = {"de": "Eins\nzwei", "en": "One\nthree"}
    assert spelt_as(BODY, held, wanted) == {"de": "Eins\r\nzwei", "en": "One\nthree"}
