"""Findings as GitHub's workflow commands, which it shows at the lines of a pull request."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import Lexicon
from portalsync.views.format import Format
from portalsync.views.wording.findings import gravest_first, sentences, tally
from portalsync.visible import visible

SHOWN = 10
"""GitHub shows so many errors, and as many warnings, of one step, and says nothing of the others."""


def render_github(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """One command for each finding that GitHub would show, and one that counts the others."""
    shown = [each for severity in Severity for each in _of(diagnostics, severity)[:SHOWN]]
    lines = [
        _command(each.severity, _properties(each), "\n".join(sentences(each, lexicon))) for each in shown
    ]
    more = len(diagnostics) - len(shown)
    if more:
        title = lexicon("problems.more", n=more)
        lines.append(_command("notice", (("title", title),), _more(diagnostics, lexicon)))
    return "".join(f"{line}\n" for line in lines)


def _of(diagnostics: Sequence[Diagnostic], severity: Severity) -> list[Diagnostic]:
    return [each for each in gravest_first(diagnostics) if each.severity is severity]


def _more(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    left = {severity: max(0, len(_of(diagnostics, severity)) - SHOWN) for severity in Severity}
    return lexicon("problems.not_shown", found=tally(left))


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
