"""Texts that clients would read otherwise than they stand in a file: cut off at ` #`, or between quotes that
YAML takes for letters. Nothing is wrong with the file, so these are warnings.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from portalsync.catalog.kinds.form import form_of
from portalsync.catalog.schema import schema_at, schema_for
from portalsync.config.document import Document
from portalsync.config.yaml.mistakes import TYPED_QUOTES, quoted
from portalsync.config.yaml.positions import PlainText
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Phrase, phrase

_READ_BY_CLIENTS = ("findings.forms.line", "findings.forms.lines")
"""The forms of texts that say what somebody wants to say."""
_CUT_OFF = re.compile(r"\s+(?P<rest>#[^\s#].*?)\s*")
"""A comment has a blank behind its sign, as people write them; a number or a keyword has none."""
_APOSTROPHES = "‘’‚‛"
_QUOTES = f'{TYPED_QUOTES}"'
# Each starts with a rare character and only then looks around: ten times faster.
_GLUED_SIGN = re.compile(r"#(?<=[ \t]#)(?=[^\s#])")
_TYPED = re.compile(
    rf"[{TYPED_QUOTES}](?:(?<=[\s{{,]{{2}}.)|(?<=[:-][ \t].)|(?<=\n.)|[ \t]*(?:[,}}]|#.*$|$))", re.MULTILINE
)
_SHOWN = 40


def doubtful_texts(document: Document) -> Iterator[Diagnostic]:
    """A warning for each."""
    if not may_hold_doubtful_texts(document.parsed.text):
        return
    schema = schema_for(document.kind)
    for text in document.parsed.plain_texts():
        form = form_of(schema_at(schema, text.path))
        if form is not None and form.key in _READ_BY_CLIENTS:
            yield from _cut_off(text)
            yield from _in_quotes(text)


def may_hold_doubtful_texts(text: str) -> bool:
    """A cheap look at the text of a file: what holds none for sure, nobody needs to read again."""
    if _GLUED_SIGN.search(text):
        return True
    if not text.isascii() and any(map(text.count, TYPED_QUOTES)) and _TYPED.search(text):
        return True
    ends_line = ["\n" in each for each in text.split('"')]
    return any(before and behind for before, behind in pairwise(ends_line))  # a quote alone on its line


def _cut_off(text: PlainText) -> Iterator[Diagnostic]:
    if found := _CUT_OFF.fullmatch(text.behind):
        yield Diagnostic(
            "comment-in-text",
            phrase("findings.comment-in-text.message", rest=found["rest"][:_SHOWN]),
            _behind(text.end, *found.span("rest")),
            Severity.WARNING,
            hint=_write(text, f"{text.value} {found['rest']}"),
            path=".".join(map(str, text.path)),
        )


def _behind(end: Position, start: int, stop: int) -> Position:
    return replace(end, column=end.column + start, marked=end.marked + start, length=stop - start)


def _in_quotes(text: PlainText) -> Iterator[Diagnostic]:
    if (meant := _without_quotes(text.value)) is not None:
        yield Diagnostic(
            "quotes-in-text",
            phrase("findings.quotes-in-text.message"),
            text.position,
            Severity.WARNING,
            hint=_write(text, meant, text.behind),
            path=".".join(map(str, text.path)),
        )


def _without_quotes(value: str) -> str | None:
    """A text that stands between quotes, or has one at an end of it, without them; None where quotes are
    elsewhere too, or there is none.
    """
    is_between = len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES
    signs = _QUOTES if is_between else "".join(each for each in _QUOTES if each not in _APOSTROPHES)
    inner = value.removeprefix(value[0] if value[0] in signs else "")
    inner = inner.removesuffix(inner[-1] if inner and inner[-1] in signs else "")
    return None if inner == value or any(each in signs for each in inner) else inner


def _write(text: PlainText, meant: str, behind: str = "") -> Phrase:
    """The line as it is meant, where the text is on one."""
    if text.is_on_one_line:
        return phrase("yaml.mistakes.write", text=f"{text.before}{quoted(meant.strip())}{behind}".rstrip())
    return phrase("yaml.syntax.hint_quote")
