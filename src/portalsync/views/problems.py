"""Diagnostics for terminals: what, where, the line with a caret, what was expected, what to do."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Lexicon
from portalsync.views.findings import counted
from portalsync.visible import visible


def render_problems(diagnostics: Sequence[Diagnostic], lexicon: Lexicon, *, color: bool) -> str:
    """All findings and a last line that counts them."""
    shown = [line for each in diagnostics for line in (*_problem(each, lexicon, color), "")]
    return "\n".join([*shown, _count(diagnostics, lexicon)]) + "\n"


def _problem(diagnostic: Diagnostic, lexicon: Lexicon, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    style = "31;1" if diagnostic.severity is Severity.ERROR else "33;1"
    head = _styled(f"{lexicon(f'problems.{diagnostic.severity}')}[{diagnostic.code}]", style, color)
    message, *notes = _told(diagnostic, lexicon)
    yield f"{head}: {visible(message)}"
    position = diagnostic.position
    where = f":{position.line}:{position.column}" if position.line else ""
    yield f"  --> {visible(position.file)}{where}"
    if position.line and position.source:
        yield from _excerpt(position, style, color)
    gutter = " " * len(str(position.line))
    for note in notes:
        yield f"{gutter} = {visible(note)}"


def _told(diagnostic: Diagnostic, lexicon: Lexicon) -> Iterator[str]:
    """What is wrong; then what was expected and what to do."""
    yield lexicon.say(diagnostic.message)
    if diagnostic.expected:
        yield f"{lexicon('problems.expected')}: {lexicon.say(diagnostic.expected)}"
    if diagnostic.hint:
        yield f"{lexicon('problems.help')}: {lexicon.say(diagnostic.hint)}"


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
    found = Counter(each.severity for each in diagnostics)
    return f"{counted({each: found[each] for each in Severity}, lexicon)}."
