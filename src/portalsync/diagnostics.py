"""What is wrong, as a value: where, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from portalsync.lexicon import Text


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

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Position("")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong. A finding about input has a stable `code` and a position; why a command
    fails has neither. `message` says it in one sentence.
    """

    code: str
    message: Text
    position: Position = NOWHERE
    severity: Severity = Severity.ERROR
    expected: Text = ""
    hint: Text = ""
    path: str = ""
    """Dotted path of the value inside its file or in a firm's settings, if there is one."""
    firms: tuple[str, ...] = ()
    """The firms in which it is wrong, by id, where its file is one that firms share."""

    def sort_key(self) -> tuple[str, int, int, str]:
        return (self.position.file, self.position.line, self.position.column, self.code)


def complaint(message: Text, expected: Text = "", hint: Text = "") -> Diagnostic:
    """What is wrong, without a code and a position."""
    return Diagnostic("", message, expected=expected, hint=hint)


def folded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each once, with all firms in which it is wrong, in the order of files and lines."""
    firms: dict[Diagnostic, set[str]] = {}
    for each in diagnostics:
        firms.setdefault(replace(each, firms=()), set()).update(each.firms)
    found = (replace(each, firms=tuple(sorted(named))) for each, named in firms.items())
    return sorted(found, key=Diagnostic.sort_key)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in diagnostics)
