"""Of a setting that changes, the passage that differs; and what no eye would see is named."""

import pytest
from tests.steps import steps

from portalsync.lexicon import lexicon_of
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.views.wording.edits import edits_wording
from portalsync.views.wording.word_diff import Piece, word_diff

BODY = "announcements.items.a.body"
WORDS = [f"word{number}" for number in range(60)]
_SIGNS = "".join(map(chr, range(0x2200, 0x25E8)))
LONG, STARTS, ENDS = " ".join(WORDS), " ".join(WORDS[:8]), " ".join(WORDS[-8:])


def wording(*edits: Edit, locale: str = "en") -> list[str]:
    lexicon = lexicon_of(locale)
    heading, lines = edits_wording(edits, lexicon)
    return [lexicon.say(each) for each in (heading, *lines)]


def line(path: str, before: JSON | Absent, after: JSON | Absent, locale: str = "en") -> str:
    (only,) = wording(Edit(path, before, after), locale=locale)
    return only.rpartition(" › ")[2]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"en": "Hello", "de": "Hallo"}, {"en": "Hello", "de": "Moin"}, "Text (de): “Hallo” → “Moin”"),
        ({"en": "Hello"}, {"en": "Hello", "de": "Moin"}, "Text (de): not set → “Moin”"),
        ({"en": "Hello", "de": "Hallo"}, {"en": "Hello"}, "Text (de): “Hallo” → not set"),
        (
            {"en": f"{LONG} old {LONG}"},
            {"en": f"{LONG} new {LONG}"},
            f"Text (en): “…{ENDS} old {STARTS} …” → “…{ENDS} new {STARTS} …”",
        ),
        ({"en": "a\nb\n"}, {"en": "a\r\nb"}, "Text (en): only line ends differ"),
        ({"en": "a  b"}, {"en": "a b"}, "Text (en): only blanks and line breaks differ"),
        ({"en": "a b \nc"}, {"en": "a b\nc"}, "Text (en): only blanks and line breaks differ"),
        (
            {"en": "open monday"},
            {"en": "open Monday"},
            "Text (en): “open monday” → “open Monday” (only capital and small letters differ)",
        ),
        (
            {"en": "Bu\u0308ro"},
            {"en": "B\u00fcro"},
            (
                "Text (en): “Bu\u0308ro” → “B\u00fcro” "
                "(only the way accents are written down differs; it looks the same)"
            ),
        ),
        ({"en": "a"}, {"en": "a\u200b"}, "Text (en): “a” → “a\u200b”"),
    ],
)
def test_of_a_text_the_language_and_the_passage(
    before: dict[str, JSON], after: dict[str, JSON], expected: str
) -> None:
    """Seen to fail when whole values were printed."""
    assert line(BODY, before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {"any": ["landlord", "business"]},
            {"any": ["business", "farm"]},
            "For which clients: also any of farm; no longer any of landlord",
        ),
        ({"any": ["farm"]}, {"all": ["farm"]}, "For which clients: any of farm → all of farm"),
        ({}, {"any": ["farm"]}, "For which clients: everyone → any of farm"),
    ],
)
def test_of_an_audience_the_tags(before: dict[str, JSON], after: dict[str, JSON], expected: str) -> None:
    assert line("chat.audience", before, after) == expected


def test_what_is_set_or_taken_away_is_cut() -> None:
    assert line(BODY, ABSENT, {"en": "x" * 200}) == f"Text: not set → en “{'x' * 160}… (+40)”"
    assert line("profile.phone", "+49 30 1", ABSENT) == "Telephone: +49 30 1 → not set"


def test_several_differences_stand_below_what_they_are_in() -> None:
    """The reader's language first; an entry of a list has a name of its own."""
    edit = Edit(BODY, {"de": "Hallo", "en": "Hello"}, {"de": "Moin", "en": "Hi"})
    assert wording(edit, locale="de") == [
        "Mitteilung der Kanzlei › Mitteilung „a“",
        "Text (de): „Hallo“ → „Moin“",
        "Text (en): „Hello“ → „Hi“",
    ]
    stages = [Edit(f"work_in_progress.pipelines.tax.stages.{name}.show", ABSENT, "hidden") for name in "ab"]
    assert wording(*stages) == [
        "Work in progress › pipeline “tax”",
        "stage “a” › Clients read: not set → hidden",
        "stage “b” › Clients read: not set → hidden",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("." * 1000, ".," * 500),
        ("a " * 1000, "b a " * 500),
        ("ab " * 90 + "x", "ba ab " * 60),
        ("x" + "".join(f"{sign}(" for sign in _SIGNS), "y" + "".join(f"{sign})" for sign in _SIGNS)),
        ("x" + ".&" * 100 + _SIGNS, "y" + ".," * 99 + _SIGNS[::-1]),
    ],
)
def test_no_text_keeps_the_comparison_busy(before: str, after: str) -> None:
    """The first of them took half a minute when only the length was bounded, the fourth 36 million steps
    when only the pairs of equal words were.
    """
    pieces: list[Piece] = []
    assert steps(lambda: pieces.extend(word_diff.__wrapped__(before, after))) < 6_000_000
    assert "".join(piece.text for piece in pieces).split()
