"""The text of one file and the places in it."""

import re
from dataclasses import dataclass
from functools import cached_property

from yaml.error import Mark
from yaml.events import Event

from portalsync.diagnostics import Position

SOURCE_WIDTH = 200
"""A longer line is shown in part."""
SOURCE_LEAD = 60
"""So many characters stand before the position when the start of a long line is left out."""

_SHOWN_WIDTH = 60
_PASSWORD = re.compile(r"(//[^/\s@:]*:)([^/\s\"']+)(?=@)")


@dataclass(frozen=True)
class Source:
    """The text of one file, its line ends all LF. Lines and columns count from 0, as the parser counts."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def position(self, line: int, column: int, length: int = 1) -> Position:
        if line >= len(self.lines):
            # The parser puts the end of a file without a last line break on a line of its own.
            line, column = len(self.lines) - 1, len(self.lines[-1])
        excerpt, marked = _excerpt(self.lines[line], column)
        return Position(self.file, line + 1, column + 1, max(length, 1), excerpt, marked)

    def position_at(self, index: int, length: int = 1) -> Position:
        before = self.text[:index]
        return self.position(before.count("\n"), index - before.rfind("\n") - 1, length)

    def index_of(self, mark: Mark) -> int:
        return sum(len(line) + 1 for line in self.lines[: mark.line]) + mark.column

    def event_position(self, event: Event) -> Position:
        """Mark a token; one over several lines only up to the end of its first."""
        start, end = start_of(event), end_of(event)
        stop = end.column
        if end.line > start.line:
            stop = len(self.lines[start.line].rstrip()) if start.line < len(self.lines) else 0
        return self.position(start.line, start.column, stop - start.column)


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """Give the line, or the part around `column`, and where the position stands in it."""
    line = without_passwords(line)
    if len(line) <= SOURCE_WIDTH:
        return line, column
    if column < SOURCE_WIDTH - SOURCE_LEAD:
        return line[:SOURCE_WIDTH] + "…", column
    start = column - SOURCE_LEAD
    end = start + SOURCE_WIDTH
    return "…" + line[start:end] + ("…" if end < len(line) else ""), SOURCE_LEAD + 1


def shown(text: str) -> str:
    """Give a text as a message may hold it: the first line, or the start of it. Views make it visible."""
    plain = without_passwords(text)
    first = plain.split("\n", 1)[0][:_SHOWN_WIDTH]
    return plain if first == plain else first + "…"


def without_passwords(text: str) -> str:
    """The same, as long as before, with stars for a password in an address: findings are read by many."""
    return _PASSWORD.sub(lambda known: known[1] + "*" * len(known[2]), text) if "@" in text else text


def start_of(event: Event) -> Mark:
    # The parser always sets the marks; the type leaves room for events made by hand. A cast costs a call.
    return event.start_mark  # type: ignore[return-value]


def end_of(event: Event) -> Mark:
    return event.end_mark  # type: ignore[return-value]
