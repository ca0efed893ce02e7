"""Diagnostics for terminals: what, where, the line with a caret, what was expected, what to do."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Position, Severity, numbers
from portalsync.lexicon import Lexicon
from portalsync.views.wording.findings import notes, tally
from portalsync.visible import visible

_STYLES = {Severity.ERROR: "31;1", Severity.WARNING: "33;1"}


def render_problems(diagnostics: Sequence[Diagnostic], lexicon: Lexicon, *, color: bool) -> str:
    """All findings and a last line that counts them."""
    shown = [line for each in diagnostics for line in (*problem(each, lexicon, color=color), "")]
    return "\n".join([*shown, _count(diagnostics, lexicon)]) + "\n"


def problem(diagnostic: Diagnostic, lexicon: Lexicon, *, color: bool) -> Iterator[str]:
    """The lines of one, whether it is a finding or why a command fails."""
    style, position = _STYLES[diagnostic.severity], diagnostic.position
    code = f"[{diagnostic.code}]" if diagnostic.code else ""
    head = _styled(f"{lexicon(f'problems.{diagnostic.severity}')}{code}", style, color)
    yield f"{head}: {visible(lexicon.say(diagnostic.message))}"
    if position.file:
        yield f"  --> {visible(str(position))}"
    if position.line and position.source:
        yield from _excerpt(position, style, color)
    for note in notes(diagnostic, lexicon):
        yield f"{' ' * len(str(position.line))} = {note}"


def _excerpt(position: Position, style: str, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    gutter = " " * len(str(position.line))
    source = position.source.replace("\t", "→")
    before, marked = source[: position.marked], source[position.marked : position.marked + position.length]
    carets = "^" * max(1, _columns(marked))
    yield f"{gutter} |"
    yield f"{position.line} | {visible(source)}"
    yield f"{gutter} | {' ' * _columns(before)}{_styled(carets, style, color)}"


def _columns(text: str) -> int:
    """How wide a terminal shows a text: some characters take two columns, accents of their own none."""
    shown = visible(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in shown)
    return len(shown) + wide - sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in shown)


def _styled(text: str, style: str, color: bool) -> str:  # noqa: FBT001 - passed through
    return f"\x1b[{style}m{text}\x1b[0m" if color else text


def _count(diagnostics: Iterable[Diagnostic], lexicon: Lexicon) -> str:
    return f"{lexicon.say(tally(numbers(diagnostics)))}."
