"""What is wrong, as a value: where, what was expected, what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portalsync.lexicon import Text, counted, phrase

MOST_IN_FILE = 100
MOST_IN_RUN = 1000
"""How many findings are listed, of one file and of all."""


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
    more: int = 0
    """How many findings it stands for that are not listed, if that is what it says."""
    before: bool = False
    """Whether the portal has it as wrong already, so that the change at hand is not to blame."""

    @property
    def number(self) -> int:
        return self.more or 1

    def sort_key(self) -> tuple[str, bool, int, int, str]:
        """By file and line; how many more there are comes last."""
        return (
            self.position.file,
            self.more > 0,
            self.position.line,
            self.position.column,
            self.code,
        )


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


def numbers(diagnostics: Iterable[Diagnostic]) -> Counter[Severity]:
    """How many there are of each severity, with those that are not listed."""
    found: Counter[Severity] = Counter()
    for each in diagnostics:
        found[each.severity] += each.number
    return found


def gravest_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors before warnings, each in the order of files and lines: what is cut off at the end is least."""
    return sorted(diagnostics, key=lambda each: (each.severity is not Severity.ERROR, each.sort_key()))


def capped(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """As many as somebody reads, the gravest; and how many more there are, file by file where some of the
    file are listed. `numbers` stay what they are.
    """
    kept: list[Diagnostic] = []
    in_file: Counter[str] = Counter()
    left: Counter[tuple[str, Severity]] = Counter()
    for each in gravest_first(diagnostics):
        file = each.position.file
        if not each.more and in_file[file] < MOST_IN_FILE and len(kept) < MOST_IN_RUN:
            kept.append(each)
            in_file[file] += 1
        else:
            left[file, each.severity] += each.number
    rest = {key: number for key, number in left.items() if not in_file[key[0]]}
    more_in_files = (not_listed(*key, number) for key, number in left.items() if key not in rest)
    return sorted([*kept, *more_in_files, *_more_elsewhere(rest)], key=Diagnostic.sort_key)


def not_listed(file: str, severity: Severity, number: int) -> Diagnostic:
    """How many more findings there are in a file than are listed."""
    return _more(file, severity, number, "in_file")


def _more_elsewhere(left: Mapping[tuple[str, Severity], int]) -> Iterator[Diagnostic]:
    """The same of files of which none is listed, told at the last of them."""
    for severity in Severity:
        number = sum(number for (_, one), number in left.items() if one is severity)
        if number:
            last = max(file for file, one in left if one is severity)
            yield _more(last, severity, number, "elsewhere")


def _more(file: str, severity: Severity, number: int, where: str) -> Diagnostic:
    message = counted(f"findings.more-findings.{where}.{severity}s", number)
    hint = phrase("findings.more-findings.hint")
    return Diagnostic("more-findings", message, Position(file), severity, hint=hint, more=number)
