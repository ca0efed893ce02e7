"""The parser's complaints in plain words."""

from dataclasses import dataclass, replace

from yaml.error import Mark, MarkedYAMLError

from portalsync.config.yaml.layout import tab_for_indentation
from portalsync.config.yaml.source import Source
from portalsync.diagnostics import Diagnostic, Location

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class _Words:
    message: str
    hint: str = ""
    expected: str = ""
    code: str = "yaml-syntax"


_QUOTE = "If it belongs to a text, put the whole text in quotes."
_ALIGN = "Check that the line starts in the same column as the lines it belongs with."

_COLON = _Words(
    "A `:` stands where no key can be.",
    "Put a text that holds `: ` in quotes; a key has to line up with the keys above it.",
)
_DASH = _Words("A `-` stands where no list can start.", "Start the list on a line of its own, below its key.")
_NO_COLON = _Words("This line has no `:` behind a key.", _ALIGN, "a key, a colon and a space")
_ESCAPE = _Words(
    "In double quotes a `\\` starts an escape, and this one does not exist.",
    "Write `\\\\` for a backslash, or use single quotes.",
)
_MORE = _Words("Something follows after the end of the value.", _QUOTE, "the end of the line or a comment")
_NOT_A_KEY = _Words(
    "This line does not fit the keys above it.", _ALIGN, "a key that lines up with the keys above it"
)
_NO_KEY = _Words("The key is missing before the `:`.", expected="a text as key", code="yaml-key-type")
_NOT_AN_ITEM = _Words(
    "This line does not fit the list above it.", _ALIGN, "a `-` that lines up with those above it"
)
_NO_VALUE = _Words("A value is missing here.", 'An empty text is written as "".')
_NO_COMMA = _Words("A comma or the closing bracket is missing here.", expected="`,` or `]`")
_NO_BRACE = _Words("A comma or the closing brace is missing here.", expected="`,` or `}`")
_MARKER = _Words(
    "A line starts with `---` or `...` inside a quoted text.", "Indent the line, or close the quote above."
)
_UNCLOSED = _Words("What is opened here is never closed.", expected="the closing quote, bracket or brace")
_TAG = _Words("A `!` starts a tag, and none are taken here.", _QUOTE, code="yaml-tag")
_NAME = _Words("A `&` or `*` starts a reference, and none are taken here.", _QUOTE, code="yaml-alias")
_HEADER = _Words(
    "Only a sign and a digit from 1 to 9 may stand behind `|` or `>`.",
    "Put the text on the next line, indented.",
)
_BAD_START = _Words("A value cannot start with this character.", "Put the whole value in quotes.")
_DEPTH = _Words(
    "Values are nested too deep here.",
    "Look for brackets or dashes that are there by mistake.",
    f"at most {MAX_DEPTH} levels",
    "yaml-depth",
)
_LAST = _Words("The file is not valid YAML here.", _ALIGN)

# Pieces of what libyaml says, the narrower before the wider.
_PROBLEMS = {
    "mapping values are not allowed": _COLON,
    "mapping keys are not allowed": _Words("A `?` stands where no key can be.", _QUOTE),
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
    place = error.problem_mark or error.context_mark or Mark(source.file, 0, 0, 0, None, 0)
    if "directive" in problem or "directive" in context or "incompatible" in problem:
        return directive(source, place.line)
    if "tab character" in problem or source.text[place.index : place.index + 1] == "\t":
        return tab_for_indentation(source, place.line, place.column)
    words = _words(problem, context)
    if words is _NOT_A_KEY:
        words = _not_a_key(source, place)
    opened = error.context_mark
    if opened is None or words not in (_NO_COLON, _NO_COMMA, _NO_BRACE, _UNCLOSED):
        return _diagnostic(words, source.location(place.line, place.column))
    if words is _NO_COLON:
        return _diagnostic(words, source.location(opened.line, opened.column))
    if place.index >= len(source.text.rstrip()):
        # At the end of the file nothing is to be seen; the opening quote or bracket is.
        return _diagnostic(_UNCLOSED, source.location(opened.line, opened.column))
    words = replace(words, hint=f"The list was opened in line {opened.line + 1}, column {opened.column + 1}.")
    return _diagnostic(words, source.location(place.line, place.column))


def _not_a_key(source: Source, place: Mark) -> _Words:
    if source.text.startswith(":", place.index):
        return _NO_KEY
    return _MORE if source.lines[place.line][: place.column].strip() else _NOT_A_KEY


def _words(problem: str, context: str) -> _Words:
    if "tag" in context:
        return _TAG
    if "block scalar" in context and "indentation" not in problem:
        return _HEADER
    return next((words for piece, words in _PROBLEMS.items() if piece in problem), _LAST)


def _diagnostic(words: _Words, location: Location) -> Diagnostic:
    return Diagnostic(words.code, words.message, location, expected=words.expected, hint=words.hint)


def too_deep(location: Location) -> Diagnostic:
    """For our own limit; some versions of libyaml have one further on, and read ahead up to it."""
    return _diagnostic(_DEPTH, location)


def directive(source: Source, line: int) -> Diagnostic:
    return Diagnostic(
        "yaml-directive",
        "A line that starts with `%` gives orders to the reader of the file, and none are taken here.",
        source.location(line, 0, len(source.lines[line])),
        hint="Delete the line, and the line `---` below it.",
    )
