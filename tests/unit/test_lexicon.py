"""How something is said: phrases, values, numbers and days, in languages of other forms than ours."""

from datetime import UTC, date, datetime, time

import pytest

from portalsync.lexicon import Foreign, Lexicon, Text, counted, first_of, joined, lexicon_of, phrase, quoted
from portalsync.moments import common_zone, moment

POLISH = Lexicon(
    "pl",
    {
        "files.one": "{n} plik",
        "files.few": "{n} pliki",
        "files.many": "{n} plików",
        "files.other": "{n} pliku",
        "moments.day": "d MMMM y",
        "moments.time": "HH:mm",
        "moments.there": "{day}, {time} ({place})",
    },
)
QUOTING = Lexicon("en", {"values.quoted": "“{text}”", "loses": "{who} loses {label}."})


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 plik"), (3, "3 pliki"), (5, "5 plików"), (22, "22 pliki"), (112, "112 plików")],
)
def test_a_number_takes_the_form_of_its_language(number: int, words: str) -> None:
    """Seen to fail with `one` for 1 and `other` for all the rest."""
    assert POLISH.count("files", number) == words
    assert POLISH.say(counted("files", number)) == words


@pytest.mark.parametrize(
    ("locale", "number", "shown"),
    [
        ("en", 1_048_576, "1,048,576"),
        ("de", 1_048_576, "1.048.576"),
        ("en", 999, "999"),
        ("pl", 12_345, "12\N{NO-BREAK SPACE}345"),
        ("pt-BR", 12_345, "12.345"),
        ("en", 10**30, str(10**30)),
    ],
)
def test_numbers_are_grouped_as_the_language_has_it(locale: str, number: int, shown: str) -> None:
    assert Lexicon(locale, {}).say(number) == shown


@pytest.mark.parametrize(
    ("locale", "zone", "shown"),
    [
        ("en", "UTC", "1 Feb 2027, 08:30 UTC"),
        ("en", "Europe/Berlin", "1 Feb 2027, 09:30 (Berlin)"),
        ("de", "UTC", "1. Februar 2027, 08:30 UTC"),
        ("de", "America/New_York", "1. Februar 2027, 03:30 Uhr (New York)"),
    ],
)
def test_an_instant_is_told_on_the_clock_of_a_place(locale: str, zone: str, shown: str) -> None:
    at = datetime(2027, 2, 1, 8, 30, tzinfo=UTC)
    assert lexicon_of(locale).say(moment(at, zone)) == shown
    assert lexicon_of(locale).say(moment(at.isoformat(), zone)) == shown


def test_at_midnight_the_day_says_it() -> None:
    midnight = datetime(2027, 8, 31, 22, tzinfo=UTC)
    assert lexicon_of("de").say(moment(midnight, "Europe/Berlin")) == "1. September 2027"
    assert lexicon_of("en").say(moment(midnight, "Europe/Berlin")) == "1 Sep 2027"


def test_a_month_is_called_as_the_language_calls_it() -> None:
    at = datetime(2027, 2, 1, 8, 30, tzinfo=UTC)
    assert POLISH.say(moment(at, "Europe/Warsaw")) == "1 lutego 2027, 09:30 (Warsaw)"


def test_firms_with_one_clock_have_one_zone() -> None:
    at = datetime(2027, 2, 1, tzinfo=UTC)
    assert common_zone(at, ["Europe/Vienna", "Europe/Berlin"]) == "Europe/Berlin"
    assert common_zone(at, ["Europe/Lisbon", "Europe/Berlin"]) == "UTC"


def test_spans_tell_our_words_from_anothers() -> None:
    """Seen to fail when a value was put into the text before it was cut into pieces."""
    who, label = Foreign("Oak {label}"), quoted("Message\x00firm")
    text = phrase("loses", who=who, label=label)
    assert QUOTING.spans(text) == (who, " loses ", label, ".")
    assert QUOTING.say(text) == "Oak {label} loses “Message\x00firm”."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        (joined([]), ""),
        (joined([Foreign("a"), "b", phrase("loses", who="c", label=1234)], "; "), "a; b; c loses 1,234."),
        (("from ", date(2027, 1, 2), " at ", time(9, 5)), "from 2 Jan 2027 at 09:05"),
        (phrase("loses", who=joined([quoted("a"), quoted("b")]), label="it"), "“a”, “b” loses it."),
    ],
)
def test_everything_can_be_said(text: Text, plain: str) -> None:
    english = Lexicon("en", {**QUOTING.messages, "moments.day": "d MMM y", "moments.time": "HH:mm"})
    assert english.say(text) == plain == "".join(map(english.plain, english.spans(text)))


@pytest.mark.parametrize(
    ("number", "said"), [(1, "a"), (3, "a, b, c"), (4, "a, b, c, d"), (5, "a, b, c and 2 more")]
)
def test_one_name_is_named_where_it_would_be_counted_alone(number: int, said: str) -> None:
    assert lexicon_of("en").say(first_of([*"abcde"][:number], 3)) == said
