"""Text of firms and files, made harmless and visible."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.visible import FILLERS, visible, visible_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße, 日本 👩‍👩‍👧", "Grüße, 日本 👩‍👩‍👧"),
        ("one\ntwo\r\nthree", "one ⏎ two ⏎ three"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202eevil", "\\u202eevil"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("a\u3164b\uffa0", "a\\u3164b\\uffa0"),
        ("a\tb\rc", "a\\u0009b\\u000dc"),
        ("::error::no", "\\u003a:error\\u003a:no"),
        ("::::error", "\\u003a\\u003a\\u003a:error"),
        ("##[set-output name=x]y", "\\u0023#[set-output name=x]y"),
        ("a ###vso[task.x]y", "a #\\u0023#vso[task.x]y"),
        ("Monday: 9:00 ## 12", "Monday: 9:00 ## 12"),
    ],
)
def test_shows(text: str, shown: str) -> None:
    """Letters of all scripts stay; what acts or hides is written out."""
    assert visible(text) == shown


@given(st.text() | st.text(FILLERS + "a"))
def test_nothing_acts(text: str) -> None:
    """Nothing in the result moves a cursor, turns the direction or hides; it is one line."""
    shown = visible(text)
    assert "\n" not in shown
    assert "::" not in shown
    assert not re.search(r"##\w*\[", shown)
    assert not any(char in FILLERS for char in shown)
    assert all(
        char.isprintable() or char in "\u200c\u200d" or unicodedata.category(char) == "Zs" for char in shown
    )


@given(st.text())
def test_where_there_are_lines_only_their_breaks_and_tabs_read_otherwise(text: str) -> None:
    """One spelling: ESC is the same in a terminal and in a review."""
    lines = visible_lines(text)
    assert visible(text) == visible(lines)
    assert all(char in "\n\t" or visible(char) == char for char in lines)


def test_lines_stay_lines() -> None:
    assert visible_lines("a\r\nb\tc ::x\x1b[1m \U000e0041") == "a\nb\tc ::x\\u001b[1m \\U000e0041"
