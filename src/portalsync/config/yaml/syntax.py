"""The parser's complaints in plain words."""

from dataclasses import replace

from yaml.error import Mark, MarkedYAMLError

from portalsync.config.yaml.layout import tab_for_indentation
from portalsync.config.yaml.source import Source
from portalsync.diagnostics import Diagnostic, Position, complaint
from portalsync.lexicon import phrase

MAX_DEPTH = 64


_QUOTE = phrase("yaml.syntax.hint_quote")
_ALIGN = phrase("yaml.syntax.hint_align")

_COLON = complaint(phrase("yaml.syntax.colon.message"), hint=phrase("yaml.syntax.colon.hint"))
_QUESTION_MARK = complaint(phrase("yaml.syntax.question-mark.message"), hint=_QUOTE)
_DASH = complaint(phrase("yaml.syntax.dash.message"), hint=phrase("yaml.syntax.dash.hint"))
_NO_COLON = complaint(
    phrase("yaml.syntax.no-colon.message"),
    expected=phrase("yaml.syntax.no-colon.expected"),
    hint=_ALIGN,
)
_ESCAPE = complaint(phrase("yaml.syntax.escape.message"), hint=phrase("yaml.syntax.escape.hint"))
_MORE = complaint(
    phrase("yaml.syntax.more.message"),
    expected=phrase("yaml.syntax.more.expected"),
    hint=_QUOTE,
)
_NOT_A_KEY = complaint(
    phrase("yaml.syntax.no-key.message"),
    expected=phrase("yaml.syntax.no-key.expected"),
    hint=_ALIGN,
)
_NO_KEY = Diagnostic(
    "yaml-key-type", phrase("yaml.key.missing.message"), expected=phrase("yaml.key.expected")
)
_NOT_AN_ITEM = complaint(
    phrase("yaml.syntax.no-item.message"),
    expected=phrase("yaml.syntax.no-item.expected"),
    hint=_ALIGN,
)
_NO_VALUE = complaint(
    phrase("yaml.syntax.no-value.message"),
    hint=phrase("yaml.syntax.no-value.hint", empty='""'),
)
_NO_COMMA = complaint(
    phrase("yaml.syntax.between.message_list"),
    expected=phrase("yaml.syntax.between.expected", closing="]"),
)
_NO_BRACE = complaint(
    phrase("yaml.syntax.between.message_keys"),
    expected=phrase("yaml.syntax.between.expected", closing="}"),
)
_MARKER = complaint(phrase("yaml.syntax.marker.message"), hint=phrase("yaml.syntax.marker.hint"))
_UNCLOSED = complaint(
    phrase("yaml.syntax.unclosed.message"), expected=phrase("yaml.syntax.unclosed.expected")
)
_TAG = Diagnostic("yaml-tag", phrase("yaml.syntax.tag.message"), hint=_QUOTE)
_NAME = Diagnostic("yaml-alias", phrase("yaml.syntax.reference.message"), hint=_QUOTE)
_HEADER = complaint(phrase("yaml.syntax.long-text.message"), hint=phrase("yaml.syntax.long-text.hint"))
_BAD_START = complaint(phrase("yaml.syntax.bad-start.message"), hint=phrase("yaml.syntax.bad-start.hint"))
_DEPTH = Diagnostic(
    "yaml-depth",
    phrase("yaml.depth.message"),
    expected=phrase("yaml.depth.expected", most=MAX_DEPTH),
    hint=phrase("yaml.depth.hint"),
)
_LAST = complaint(phrase("yaml.syntax.message_other"), hint=_ALIGN)

# Pieces of what libyaml says, the narrower before the wider.
_PROBLEMS = {
    "mapping values are not allowed": _COLON,
    "mapping keys are not allowed": _QUESTION_MARK,
    "block sequence entries are not allowed": _DASH,
    "could not find expected ':'": _NO_COLON,
    "found unexpected ':'": _COLON,
    "unexpected document indicator": _MARKER,
    "unexpected end of stream": _UNCLOSED,
    "unknown escape": _ESCAPE,
    "hexdecimal": _ESCAPE,
    "Unicode character escape": _ESCAPE,
    "expected alphabetic or numeric": _NAME,
    "tag": _TAG,
    "'!'": _TAG,
    "URI": _TAG,
    "UTF-8": _TAG,
    "indentation indicator": _HEADER,
    "comment or line break": _HEADER,
    "expected <document start>": _MORE,
    "expected '-' indicator": _NOT_AN_ITEM,
    "expected key": _NOT_A_KEY,
    "',' or ']'": _NO_COMMA,
    "',' or '}'": _NO_BRACE,
    "node content": _NO_VALUE,
    "cannot start any token": _BAD_START,
    "maximum nesting depth": _DEPTH,
}


def explain(error: MarkedYAMLError, source: Source) -> Diagnostic:
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark or Mark(source.file, 0, 0, 0, None, 0)
    if "directive" in problem or "directive" in context or "incompatible" in problem:
        return directive(source, mark.line)
    if "tab character" in problem or source.text[mark.index : mark.index + 1] == "\t":
        return tab_for_indentation(source, mark.line, mark.column)
    known = _known(problem, context)
    if known is _NOT_A_KEY:
        known = _not_a_key(source, mark)
    opened = error.context_mark
    if opened is None or known not in (_NO_COLON, _NO_COMMA, _NO_BRACE, _UNCLOSED):
        return _at(known, source.position(mark.line, mark.column))
    if known is _NO_COLON:
        return _at(known, source.position(opened.line, opened.column))
    if mark.index >= len(source.text.rstrip()):
        # At the end of the file nothing is to be seen; the opening quote or bracket is.
        return _at(_UNCLOSED, source.position(opened.line, opened.column))
    line, column = str(opened.line + 1), str(opened.column + 1)
    known = replace(known, hint=phrase("yaml.syntax.between.hint", line=line, column=column))
    return _at(known, source.position(mark.line, mark.column))


def _not_a_key(source: Source, mark: Mark) -> Diagnostic:
    if source.text.startswith(":", mark.index):
        return _NO_KEY
    return _MORE if source.lines[mark.line][: mark.column].strip() else _NOT_A_KEY


def _known(problem: str, context: str) -> Diagnostic:
    if "tag" in context:
        return _TAG
    if "block scalar" in context and "indentation" not in problem:
        return _HEADER
    return next((known for piece, known in _PROBLEMS.items() if piece in problem), _LAST)


def _at(known: Diagnostic, position: Position) -> Diagnostic:
    return replace(known, code=known.code or "yaml-syntax", position=position)


def too_deep(position: Position) -> Diagnostic:
    """For our own limit; some versions of libyaml have one further on, and read ahead up to it."""
    return _at(_DEPTH, position)


def directive(source: Source, line: int) -> Diagnostic:
    return Diagnostic(
        "yaml-directive",
        phrase("yaml.directive.message"),
        source.position(line, 0, len(source.lines[line])),
        hint=phrase("yaml.directive.hint"),
    )
