"""Findings as GitHub's workflow commands, which it shows at the lines of a pull request."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.views.findings import gravest_first, told
from portalsync.views.visible import visible

SHOWN = 10
"""GitHub shows so many errors, and as many warnings, of one step, and says nothing of the others."""


def render_github(diagnostics: Sequence[Diagnostic]) -> str:
    """One command for each finding that GitHub would show, and one that counts the others."""
    shown = [each for severity in Severity for each in _of(diagnostics, severity)[:SHOWN]]
    lines = [_command(each.severity, _properties(each), "\n".join(told(each))) for each in shown]
    more = len(diagnostics) - len(shown)
    if more:
        lines.append(_command("notice", (("title", f"{more} more"),), _more(diagnostics)))
    return "".join(f"{line}\n" for line in lines)


def _of(diagnostics: Sequence[Diagnostic], severity: Severity) -> list[Diagnostic]:
    return [each for each in gravest_first(diagnostics) if each.severity is severity]


def _more(diagnostics: Sequence[Diagnostic]) -> str:
    left = {severity: max(0, len(_of(diagnostics, severity)) - SHOWN) for severity in Severity}
    counted = [f"{left[each]} more {each}{'s' if left[each] > 1 else ''}" for each in Severity if left[each]]
    return f"Not shown at their lines: {' and '.join(counted)}. The log of this step has all."


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    place = diagnostic.location
    yield "file", visible(place.file)
    if place.line:
        yield "line", str(place.line)
        yield "col", str(place.column)
        yield "endColumn", str(place.column + place.length)
    yield "title", diagnostic.code


def _command(name: str, properties: Iterable[tuple[str, str]], text: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties)
    return f"::{name} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """GitHub would end a property at a comma and the properties at a colon. It knows no other escapes."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
