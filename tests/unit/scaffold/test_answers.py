"""Answers are checked before anything is written, as the files that will hold them are."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.scaffold.answers import Answers, UnsuitableAnswer, firm_name, languages, time_zone


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "blank"),
        (" \t ", "blank"),
        ("x" * 200, "200 characters"),
        ("bell \x07", "U\\+0007"),
        ("zero width\u200b", "U\\+200B"),
        ("right to left \u202e", "U\\+202E"),
        ("filler \u3164", "U\\+3164"),
        ("delete \x7f", "U\\+007F"),
        ("next line\x9b", "U\\+009B"),
        ("half \ud83d", "UTF-8"),
    ],
)
def test_a_name_that_no_file_can_hold_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnsuitableAnswer, match=problem):
        firm_name(text)


@pytest.mark.parametrize(
    "name", ["a: b", "#1", "'quotes\" \\", "{{ name }}", "- no", "👨‍👩‍👧 Söhne", "!!!", "null", "1.10"]
)
def test_a_name_may_look_like_anything(name: str) -> None:
    assert firm_name(name) == name


def test_spaces_and_accents_are_put_in_order() -> None:
    assert firm_name("  Mu\u0308ller \t&\n Partner ") == "Müller & Partner"


@given(st.text(max_size=90))
def test_a_name_that_is_taken_stays_as_it_is(text: str) -> None:
    with suppress(UnsuitableAnswer):
        name = firm_name(text)
        assert firm_name(name) == name


def test_languages_keep_their_order() -> None:
    assert languages("de") == ("de",)
    assert languages(" EN, de,en") == ("en", "de")


@pytest.mark.parametrize("text", ["", "qaa", "de,qaa", ","])
def test_other_languages_are_refused(text: str) -> None:
    with pytest.raises(UnsuitableAnswer) as refused:
        languages(text)
    assert "de" in str(refused.value.diagnostic.hint)


def test_a_zone_is_a_place() -> None:
    assert time_zone(" Europe/Vienna ") == "Europe/Vienna"
    for written, hint in (("Berlin", "Did you mean Europe/Berlin?"), ("here", "such as Europe/Berlin")):
        with pytest.raises(UnsuitableAnswer) as refused:
            time_zone(written)
        assert hint in str(refused.value.diagnostic.hint)


@pytest.mark.parametrize(
    ("zone", "locale", "currency"),
    [
        ("Europe/Berlin", "en", "EUR"),
        ("Europe/Zurich", "de", "CHF"),
        ("America/Chicago", "de", "USD"),
        ("Asia/Tokyo", "en", "USD"),
        ("UTC", "de", "EUR"),
    ],
)
def test_the_currency_is_guessed(zone: str, locale: str, currency: str) -> None:
    assert Answers("x", (locale,), zone).currency == currency
