"""Findings as a terminal shows them."""

import re

import pytest
from tests.unit.views.hostile import sentence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import lexicon_of
from portalsync.views.problems import render_problems


def rendered(source: str, word: str, *, color: bool = False) -> list[str]:
    marked = source.index(word)
    position = Position("firms/oak.yaml", 12, marked + 1, len(word), source, marked)
    finding = Diagnostic(
        "some-code", sentence("Something is wrong."), position, expected="a word", hint="Write one."
    )
    return render_problems([finding], lexicon_of("en"), color=color).split("\n")


def test_one_finding() -> None:
    """What, where, the line with a caret below the word, what was expected, what to do; then the count."""
    assert rendered("    method: cash", "cash") == [
        "error[some-code]: Something is wrong.",
        "  --> firms/oak.yaml:12:13",
        "   |",
        "12 |     method: cash",
        "   |             ^^^^",
        "   = expected: a word",
        "   = help: Write one.",
        "",
        "1 error.",
        "",
    ]


@pytest.mark.parametrize(
    ("source", "word", "line", "carets"),
    [
        ("\tenabled", "\t", "12 | →enabled", "   | ^"),
        ("a: 日本 cash", "cash", "12 | a: 日本 cash", "   |         ^^^^"),
        ("a: 日本", "日本", "12 | a: 日本", "   |    ^^^^"),
        ("a: e\u0301 cash", "cash", "12 | a: e\u0301 cash", "   |      ^^^^"),
        ("a: \u202ecash", "cash", "12 | a: \\u202ecash", "   |          ^^^^"),
        ("a: \x1b[2Jcash", "\x1b", "12 | a: \\u001b[2Jcash", "   |    ^^^^^^"),
    ],
)
def test_carets_stand_below(source: str, word: str, line: str, carets: str) -> None:
    """Carets meet their word whatever stands before it: wide, combining, invisible."""
    shown = rendered(source, word)
    assert shown[3] == line
    assert shown[4] == carets


def test_color_changes_nothing_else() -> None:
    """Without its colours a coloured text is the plain one."""
    plain, colored = (rendered("a: cash", "cash", color=color) for color in (False, True))
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in colored] == plain
    assert colored != plain


def test_whole_file() -> None:
    """A finding about a whole file names no line."""
    text = render_problems(
        [Diagnostic("a", sentence("Wrong."), Position("x\n.yaml"))], lexicon_of("en"), color=False
    )
    assert text == "error[a]: Wrong.\n  --> x ⏎ .yaml\n\n1 error.\n"


@pytest.mark.parametrize(
    ("errors", "warnings", "count"),
    [(1, 0, "1 error."), (2, 1, "2 errors and 1 warning."), (0, 3, "3 warnings.")],
)
def test_count(errors: int, warnings: int, count: str) -> None:
    """The last line counts errors and warnings apart."""
    kinds = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    found = [Diagnostic("a", sentence("Wrong."), Position("a"), kind) for kind in kinds]
    assert render_problems(found, lexicon_of("en"), color=False).rstrip().rpartition("\n")[2] == count
