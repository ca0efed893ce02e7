"""Diagnostics for terminals: what, where, the line with a caret, what was expected, what to do."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Location, Severity
from portalsync.views.visible import visible


def render_problems(diagnostics: Sequence[Diagnostic], *, color: bool) -> str:
    """All findings and a last line that counts them."""
    shown = [line for each in diagnostics for line in (*_problem(each, color), "")]
    return "\n".join([*shown, _count(diagnostics)]) + "\n"


def _problem(diagnostic: Diagnostic, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    style = "31;1" if diagnostic.severity is Severity.ERROR else "33;1"
    head = _styled(f"{diagnostic.severity}[{diagnostic.code}]", style, color)
    yield f"{head}: {visible(diagnostic.message)}"
    place = diagnostic.location
    position = f":{place.line}:{place.column}" if place.line else ""
    yield f"  --> {visible(place.file)}{position}"
    if place.line and place.source:
        yield from _excerpt(place, style, color)
    gutter = " " * len(str(place.line))
    if diagnostic.expected:
        yield f"{gutter} = expected: {visible(diagnostic.expected)}"
    if diagnostic.hint:
        yield f"{gutter} = help: {visible(diagnostic.hint)}"


def _excerpt(place: Location, style: str, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    gutter = " " * len(str(place.line))
    source = place.source.replace("\t", "→")
    before, marked = source[: place.marked], source[place.marked : place.marked + place.length]
    carets = "^" * max(1, _columns(marked))
    yield f"{gutter} |"
    yield f"{place.line} | {visible(source)}"
    yield f"{gutter} | {' ' * _columns(before)}{_styled(carets, style, color)}"


def _columns(text: str) -> int:
    """How wide a terminal shows a text: some characters take two columns, accents of their own none."""
    shown = visible(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in shown)
    return len(shown) + wide - sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in shown)


def _styled(text: str, style: str, color: bool) -> str:  # noqa: FBT001 - passed through
    return f"\x1b[{style}m{text}\x1b[0m" if color else text


def _count(diagnostics: Iterable[Diagnostic]) -> str:
    found = list(diagnostics)
    errors = sum(each.severity is Severity.ERROR for each in found)
    warnings = len(found) - errors
    parts = [_plural(errors, "error"), _plural(warnings, "warning")]
    return " and ".join(part for part in parts if part) + "."


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}" if number else ""
