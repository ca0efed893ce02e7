"""Diagnostics for terminals: what, where, the line with a caret, what was expected, what to do."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Location, Severity
from portalsync.views.visible import visible


def render_problems(diagnostics: Sequence[Diagnostic], *, color: bool, prefix: str = "") -> str:
    """All findings and a last line that counts them. `prefix` leads from here to the files."""
    shown = [line for each in diagnostics for line in (*_problem(each, color, prefix), "")]
    return "\n".join([*shown, _count(diagnostics)]) + "\n"


def _problem(diagnostic: Diagnostic, color: bool, prefix: str) -> Iterator[str]:  # noqa: FBT001 - passed through
    style = "31;1" if diagnostic.severity is Severity.ERROR else "33;1"
    head = _styled(f"{diagnostic.severity}[{diagnostic.code}]", style, color)
    yield f"{head}: {visible(diagnostic.message)}"
    place = diagnostic.location
    position = f":{place.line}:{place.column}" if place.line else ""
    yield f"  --> {prefix}{visible(place.file)}{position}"
    if place.line and place.source:
        yield from _excerpt(place, style, color)
    gutter = " " * len(str(place.line))
    if diagnostic.expected:
        yield f"{gutter} = expected: {visible(diagnostic.expected)}"
    if diagnostic.hint:
        yield f"{gutter} = help: {visible(diagnostic.hint)}"


def _excerpt(place: Location, style: str, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    gutter = " " * len(str(place.line))
    before = place.source[: place.marked]
    marked = place.source[place.marked : place.marked + place.length]
    carets = "^" * max(1, len(visible(marked)))
    yield f"{gutter} |"
    yield f"{place.line} | {visible(place.source)}"
    yield f"{gutter} | {' ' * len(visible(before))}{_styled(carets, style, color)}"


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
