"""Firm text for terminals, logs, comments and reviews: nothing in it acts, everything in it shows."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # scripts and emoji need them
_LAYOUT = "\n\t"
FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters that show nothing, and yet are printable to Python."""

# CI runners obey `::set-output …` at the start of a line, where wrapping may put it, and `##[…` anywhere.
_COMMAND = re.compile(r":(?=:)|#(?=#\w*\[)")

# GitHub trims a line and obeys `::name::`; it, Azure and TeamCity obey `##[name]` and its like anywhere.
_COLON_AT_START = re.compile(r"(^|[\r\n])((?:\x1b\[[0-9;]*m|[^\S\r\n])*):(?=:)")
_SIGNS = re.compile(r"##(?=(?:vso|teamcity)?\[)")


def visible(text: str) -> str:
    """On one line; control, bidi and other invisible characters, and what makes a line a command to a
    CI runner, are written as their code point.
    """
    line = _shown(text.replace("\r\n", "\n").replace("\n", " ⏎ "))
    return _COMMAND.sub(lambda mark: code_point(mark[0]), line)


def visible_lines(text: str) -> str:
    """The same where there is room for lines and no runner reads along: line breaks and tabs stay.
    `templates/gallery/viewer.js` does it too, to what it reads out of pages.
    """
    if is_seen_whole(text):
        return text
    return "".join(char if char in _LAYOUT else _visible(char) for char in text.replace("\r\n", "\n"))


def inert(text: str) -> str:
    """Text for logs that somebody's runner reads along. Where a line would be a command to the runner, one
    of its signs is written as its code point; inside a JSON string that is the same value still.
    """
    return _SIGNS.sub(r"#\\u0023", _COLON_AT_START.sub(r"\1\2\\u003a", text))


def _shown(line: str) -> str:
    """The same, character by character where one of them may be none."""
    return line if is_seen_whole(line) else "".join(map(_visible, line))


def is_seen_whole(text: str) -> bool:
    """Whether each character is one that is seen: of most texts this is known at once."""
    return text.isprintable() and (text.isascii() or not any(map(text.count, FILLERS)))


def _visible(char: str) -> str:
    is_seen = char.isprintable() or char in _JOINERS or unicodedata.category(char) == "Zs"
    return char if is_seen and char not in FILLERS else code_point(char)


def code_point(char: str) -> str:
    """As Python, JSON and YAML between double quotes have it."""
    point = ord(char)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - width of \u
