"""Findings as GitHub's workflow commands, which it shows at the lines of a pull request."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Severity, gravest_first, numbers
from portalsync.lexicon import Lexicon
from portalsync.views.format import Format
from portalsync.views.wording.findings import sentences, tally
from portalsync.visible import visible

SHOWN = 10
"""GitHub shows so many errors, and as many warnings, of one step, and says nothing of the others."""


def render_github(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """One command for each finding that GitHub would show, and one that counts the others."""
    shown = [each for severity in Severity for each in _shown(diagnostics, severity)]
    lines = [
        _command(each.severity, _properties(each), "\n".join(sentences(each, lexicon))) for each in shown
    ]
    left = numbers(diagnostics) - numbers(shown)
    if left:
        title = lexicon("problems.more", n=left.total())
        text = lexicon("problems.not_shown", found=tally(left))
        lines.append(_command("notice", (("title", title),), text))
    return "".join(f"{line}\n" for line in lines)


def _shown(diagnostics: Sequence[Diagnostic], severity: Severity) -> list[Diagnostic]:
    found = [each for each in gravest_first(diagnostics) if each.severity is severity]
    return [each for each in found if not each.more][:SHOWN]


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    position = diagnostic.position
    yield "file", visible(position.file)
    if position.line:
        yield "line", str(position.line)
        yield "col", str(position.column)
        yield "endColumn", str(position.column + position.length)
    yield "title", diagnostic.code


def _command(name: str, properties: Iterable[tuple[str, str]], text: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties)
    return f"::{name} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """GitHub would end a property at a comma and the properties at a colon. It knows no other escapes."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(
    name="github",
    description="Workflow commands, which GitHub shows at the lines of a pull request.",
    findings=lambda findings, lexicon, _screen: render_github(findings, lexicon),
    is_from_the_top=True,
    is_commands=True,
)
