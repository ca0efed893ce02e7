"""The parser's complaints in plain words."""

from dataclasses import dataclass, replace

from yaml.error import Mark, MarkedYAMLError

from portalsync.config.yaml.layout import tab_for_indentation
from portalsync.config.yaml.source import Source
from portalsync.diagnostics import Diagnostic, Position
from portalsync.lexicon import Phrase, Text, phrase

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class _Words:
    message: Phrase
    hint: Text = ""
    expected: Text = ""
    code: str = "yaml-syntax"


_QUOTE = phrase("yaml.syntax.hint_quote")
_ALIGN = phrase("yaml.syntax.hint_align")

_COLON = _Words(phrase("yaml.syntax.colon.message"), phrase("yaml.syntax.colon.hint"))
_QUESTION_MARK = _Words(phrase("yaml.syntax.question-mark.message"), _QUOTE)
_DASH = _Words(phrase("yaml.syntax.dash.message"), phrase("yaml.syntax.dash.hint"))
_NO_COLON = _Words(phrase("yaml.syntax.no-colon.message"), _ALIGN, phrase("yaml.syntax.no-colon.expected"))
_ESCAPE = _Words(phrase("yaml.syntax.escape.message"), phrase("yaml.syntax.escape.hint"))
_MORE = _Words(phrase("yaml.syntax.more.message"), _QUOTE, phrase("yaml.syntax.more.expected"))
_NOT_A_KEY = _Words(phrase("yaml.syntax.no-key.message"), _ALIGN, phrase("yaml.syntax.no-key.expected"))
_NO_KEY = _Words(
    phrase("yaml.key.missing.message"), expected=phrase("yaml.key.expected"), code="yaml-key-type"
)
_NOT_AN_ITEM = _Words(phrase("yaml.syntax.no-item.message"), _ALIGN, phrase("yaml.syntax.no-item.expected"))
_NO_VALUE = _Words(phrase("yaml.syntax.no-value.message"), phrase("yaml.syntax.no-value.hint", empty='""'))
_NO_COMMA = _Words(
    phrase("yaml.syntax.between.message_list"), expected=phrase("yaml.syntax.between.expected", closing="]")
)
_NO_BRACE = _Words(
    phrase("yaml.syntax.between.message_keys"), expected=phrase("yaml.syntax.between.expected", closing="}")
)
_MARKER = _Words(phrase("yaml.syntax.marker.message"), phrase("yaml.syntax.marker.hint"))
_UNCLOSED = _Words(phrase("yaml.syntax.unclosed.message"), expected=phrase("yaml.syntax.unclosed.expected"))
_TAG = _Words(phrase("yaml.syntax.tag.message"), _QUOTE, code="yaml-tag")
_NAME = _Words(phrase("yaml.syntax.reference.message"), _QUOTE, code="yaml-alias")
_HEADER = _Words(phrase("yaml.syntax.long-text.message"), phrase("yaml.syntax.long-text.hint"))
_BAD_START = _Words(phrase("yaml.syntax.bad-start.message"), phrase("yaml.syntax.bad-start.hint"))
_DEPTH = _Words(
    phrase("yaml.depth.message"),
    phrase("yaml.depth.hint"),
    phrase("yaml.depth.expected", most=MAX_DEPTH),
    "yaml-depth",
)
_LAST = _Words(phrase("yaml.syntax.message_other"), _ALIGN)

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
    words = _words(problem, context)
    if words is _NOT_A_KEY:
        words = _not_a_key(source, mark)
    opened = error.context_mark
    if opened is None or words not in (_NO_COLON, _NO_COMMA, _NO_BRACE, _UNCLOSED):
        return _diagnostic(words, source.position(mark.line, mark.column))
    if words is _NO_COLON:
        return _diagnostic(words, source.position(opened.line, opened.column))
    if mark.index >= len(source.text.rstrip()):
        # At the end of the file nothing is to be seen; the opening quote or bracket is.
        return _diagnostic(_UNCLOSED, source.position(opened.line, opened.column))
    line, column = str(opened.line + 1), str(opened.column + 1)
    words = replace(words, hint=phrase("yaml.syntax.between.hint", line=line, column=column))
    return _diagnostic(words, source.position(mark.line, mark.column))


def _not_a_key(source: Source, mark: Mark) -> _Words:
    if source.text.startswith(":", mark.index):
        return _NO_KEY
    return _MORE if source.lines[mark.line][: mark.column].strip() else _NOT_A_KEY


def _words(problem: str, context: str) -> _Words:
    if "tag" in context:
        return _TAG
    if "block scalar" in context and "indentation" not in problem:
        return _HEADER
    return next((words for piece, words in _PROBLEMS.items() if piece in problem), _LAST)


def _diagnostic(words: _Words, position: Position) -> Diagnostic:
    return Diagnostic(words.code, words.message, position, expected=words.expected, hint=words.hint)


def too_deep(position: Position) -> Diagnostic:
    """For our own limit; some versions of libyaml have one further on, and read ahead up to it."""
    return _diagnostic(_DEPTH, position)


def directive(source: Source, line: int) -> Diagnostic:
    return Diagnostic(
        "yaml-directive",
        phrase("yaml.directive.message"),
        source.position(line, 0, len(source.lines[line])),
        hint=phrase("yaml.directive.hint"),
    )
