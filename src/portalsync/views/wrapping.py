"""Lines broken between words where rich breaks them, a line at a time: rich looks at every word of what is
mostly the names of thousands of firms.
"""

import re

from rich.cells import cell_len

_WORD = re.compile(r" *[^ ]+")
_VISIBLE = re.compile(r"[^ ]")


def wrapped(text: str, room: int) -> list[str] | None:
    """Printable text in lines of at most `room` columns, which may end in blanks. None where a word is too
    long for a line and has to be broken.
    """
    lines, start = list[str](), 0
    while start < len(text):
        end = _fitting(text, start, room)
        if not text[start:end].strip():
            return None
        begun = _VISIBLE.search(text, end)
        following = begun.start() if begun else len(text)
        lines.append(text[start:following])
        start = following
    return lines


def _fitting(text: str, start: int, room: int) -> int:
    """The end of the last word that fits into the line."""
    line = text[start : start + room + 1]
    if not line.isascii():
        return _fitting_in_cells(text, start, room)
    return start + (len(line) if len(line) <= room else max(0, line.rfind(" ")))


def _fitting_in_cells(text: str, start: int, room: int) -> int:
    end = start
    for word in _WORD.finditer(text, start):
        room -= cell_len(word[0])
        if room < 0:
            break
        end = word.end()
    return end
