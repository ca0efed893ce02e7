"""Findings about input, as values: what is wrong, where, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portalsync.lexicon import Phrase, Text


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a file. Lines and columns count from 1; column 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    source: str = ""
    """The text of the line, or the part of a long one around the position."""
    marked: int = 0
    """Where in `source` the position begins, from 0."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable; `message` says what is wrong in one sentence."""

    code: str
    message: Phrase
    position: Position
    severity: Severity = Severity.ERROR
    expected: Text = ""
    hint: Text = ""
    path: str = ""
    """Dotted path of the value inside its file or in a firm's settings, if there is one."""

    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.position.file, self.position.line, self.position.column, self.code)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in diagnostics)
