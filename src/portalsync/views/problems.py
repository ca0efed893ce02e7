"""Diagnostics for terminals: what, where, the line with a caret, what was expected, what to do."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Location, Severity
from portalsync.model.lexicon import Lexicon
from portalsync.portal.words import lexicon
from portalsync.views.codes import explanations
from portalsync.views.visible import visible


def render_problems(diagnostics: Sequence[Diagnostic], *, color: bool, locale: str = "en") -> str:
    """All findings and a last line that counts them."""
    words = lexicon(locale)
    shown = [line for each in diagnostics for line in (*_problem(each, words, color), "")]
    return "\n".join([*shown, _count(diagnostics, words)]) + "\n"


def _problem(diagnostic: Diagnostic, words: Lexicon, color: bool) -> Iterator[str]:  # noqa: FBT001 - passed through
    style = "31;1" if diagnostic.severity is Severity.ERROR else "33;1"
    head = _styled(f"{words(f'problems.{diagnostic.severity}')}[{diagnostic.code}]", style, color)
    message, *notes = _told(diagnostic, words)
    yield f"{head}: {visible(message)}"
    place = diagnostic.location
    position = f":{place.line}:{place.column}" if place.line else ""
    yield f"  --> {visible(place.file)}{position}"
    if place.line and place.source:
        yield from _excerpt(place, style, color)
    gutter = " " * len(str(place.line))
    for note in notes:
        yield f"{gutter} = {visible(note)}"


def _told(diagnostic: Diagnostic, words: Lexicon) -> Iterator[str]:
    """What is wrong; then what was expected and what to do.

    Rules speak every language. All else is English in detail; other languages say what its code means.
    """
    message, hint = diagnostic.message, diagnostic.hint
    code = explanations(words.locale).get(diagnostic.code)
    is_translated = words.locale == "en" or f"rules.{diagnostic.code}.message" in words
    if is_translated or code is None:
        yield message
    else:
        yield code.title
        yield f"{words('problems.detail')}: {message} {hint}".rstrip()
        hint = code.remedy
    if diagnostic.expected:
        yield f"{words('problems.expected')}: {_expected(diagnostic.expected, words)}"
    if hint:
        yield f"{words('problems.help')}: {hint}"


def _expected(text: str, words: Lexicon) -> str:
    is_choice = text.startswith("one of ")
    return f"{words('problems.one_of')} {text.removeprefix('one of ')}" if is_choice else text


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


def _count(diagnostics: Iterable[Diagnostic], words: Lexicon) -> str:
    found = list(diagnostics)
    errors = sum(each.severity is Severity.ERROR for each in found)
    warnings = len(found) - errors
    told = {
        "errors": words.count("problems.errors", errors),
        "warnings": words.count("problems.warnings", warnings),
    }
    if errors and warnings:
        return words("problems.and", **told) + "."
    return f"{told['errors' if errors else 'warnings']}."
