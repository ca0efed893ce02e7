"""Where statements come from that no file makes."""

from dataclasses import dataclass

from portalsync.diagnostics import Position


@dataclass(frozen=True)
class Stated:
    """An `Origin` at the start of a line."""

    file: str
    line: int

    @property
    def key(self) -> Position:
        return Position(self.file, self.line, 1)

    @property
    def value(self) -> Position:
        return self.key
