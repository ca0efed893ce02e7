"""What people get wrong in one line of YAML, and the line as they meant it.

Nothing here is sure: each is a guess from the look of a line. `mend.py` tells of those that prove right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

QUOTES = "\"'"
TYPED_QUOTES = "„“”‟‚‘’‛«»‹›「」"
"""Quotes of letters and books, which YAML takes for text."""
ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that are no spaces, for a class in a pattern; web pages and word processors have them."""

_LEAD = r"(?P<lead> *(?:- +)*)"
_KEY = r"""[A-Za-z_$][\w.-]*|"[^"]*"|'[^']*'"""
_VALUE = re.compile(rf"{_LEAD}(?P<key>(?:{_KEY}) *: +)?(?P<value>\S.*?) *")
_PAIR = re.compile(rf" *(?:{_KEY}) *:(?: |$)")
_COMMENT = re.compile(r"\s#.*")
_CLOSED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_NO_BLANK = re.compile(rf"{_LEAD}(?P<key>{_KEY}):(?P<value>[^\s/].*)")
_NO_COLON = re.compile(rf"{_LEAD}(?P<key>[a-z_][a-z0-9_]*)(?:(?: *=| ) *(?P<value>[^\s=:].*))? *")
_OTHER_COLON = re.compile(rf"{_LEAD}(?P<key>[A-Za-z_]\w*) *(?P<sign>[=：﹕;]) *(?P<value>\S.*|)")
_GLUED_DASH = re.compile(r" *-(?=[^\s-])")
_ITEM = re.compile(r" *- ")
_ODD_BLANK = re.compile(rf"(?:^ *|(?<=[:-]))[ {ODD_BLANKS}]*[{ODD_BLANKS}]")
_IN_BRACES = re.compile(rf"(?<=[{{,])(?P<key> *(?:{_KEY}): +)(?P<value>[^\s\"'\[{{][^,}}\]]*?)(?= *[,}}])")
_NO_COMMA = re.compile(rf"(?<=[^\s:,{{\[]) +(?=(?:{_KEY}):[ ])|(?<=[\"'\]}}]) +(?=[\"'\[{{])")
_TWO_COMMAS = re.compile(r", *(?=,)|(?<=[\[{])\s*,")
_NO_TEXT = ("'", '"', "- ")
"""What a value begins with that is not a text without quotes."""
_CLOSING = {"[": "]", "{": "}"}
_STARTS_NOTHING = re.compile(r"[@`%&*?]|> |\[[^\]]*\](?=.*[^\]}]$)|\{[^}]*\}(?=.*[^\]}]$)")
"""What a value cannot begin with, brackets that more text follows among it."""


_NEAR = 60
"""Lines above in which the dashes of a list are looked for."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One that somebody may have made: worded under `yaml.mistakes.<name>`. It begins at a line and column
    that count from 0; `mended` is how the line `mended_line` was meant.
    """

    name: str
    line: int
    column: int
    length: int
    mended: str
    mended_line: int
    sign: str = ""
    """The sign or the key that it is about."""
    like: int = 0
    """Of a line that stands in the wrong column: the line that it should line up with."""


def quoted(text: str) -> str:
    """The text in quotes in which nothing of it means anything."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def of_quotes(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A text whose quotes are not a pair, or that goes on behind them."""
    found = _VALUE.fullmatch(lines[number])
    if found is None:
        return
    value, before = found["value"], found.start("value")
    if name := _wrong_quotes(value):
        first = _CLOSED.match(value)
        column = before + (first.end() if name == "after-quote" and first else 0)
        mended = lines[number][:before] + quoted(_meant(value, name))
        yield Mistake(name, number, column, 1, mended, number, value[0])
    if lines[number].count('"') % 2:
        yield from _not_closed_in_brackets(lines[number], number)


def _meant(value: str, name: str) -> str:
    if name == "after-quote":
        return value
    inner = value.strip(QUOTES + TYPED_QUOTES + " ")
    return inner.replace("\\'", "'") if value[0] == "'" else inner


def _not_closed_in_brackets(line: str, number: int) -> Iterator[Mistake]:
    for each in re.finditer(r"(?<! ) *[,}\]]", line):
        opening = line.rfind('"', 0, each.start())
        mended = f'{line[: each.start()]}"{line[each.start() :]}'
        if opening >= 0:
            yield Mistake("no-end-quote", number, opening, 1, mended, number, '"')


def _wrong_quotes(value: str) -> str:
    """What is wrong with the quotes of a value; empty if nothing is."""
    first, last = value[0], value[-1]
    is_typed = first in TYPED_QUOTES
    if not is_typed and first not in QUOTES:
        return ""
    closed = _CLOSED.match(value)
    if closed and not value[closed.end() :].strip().strip(",]}"):
        return ""
    if len(value) > 1 and last in TYPED_QUOTES + QUOTES and (is_typed or last != first):
        return "other-quotes"
    if is_typed:
        return ""
    if closed is None:
        return "no-end-quote"
    return "inner-quote" if last == first else "after-quote"


def of_colons(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A colon too many, in a text; or one that is not there, or has no blank behind it."""
    line = lines[number]
    found = _VALUE.fullmatch(line)
    if found and (found["key"] or found["lead"].strip()) and not found["value"].startswith(_NO_TEXT):
        comment = _COMMENT.search(line, found.start("value"))
        end = comment.start() if comment else found.end("value")
        yield from _text_to_quote(line, number, found.start("value"), end)
    for each in _IN_BRACES.finditer(line):
        yield from _text_to_quote(line, number, *each.span("value"))
    if found := _NO_BLANK.fullmatch(line):
        at = found.end("key")
        mended = f"{line[: at + 1]} {line[at + 1 :]}"
        yield Mistake("no-blank", number, at, 1, mended, number, found["key"])
    found = _OTHER_COLON.fullmatch(line) or _NO_COLON.fullmatch(line)
    if found and (found["value"] or not found["lead"].strip()):
        mended = f"{found['lead']}{found['key']}: {found['value'] or ''}".rstrip()
        column, end = found.span("key")
        yield Mistake("no-colon", number, column, end - column, mended, number, found["key"])


def _text_to_quote(line: str, number: int, start: int, end: int) -> Iterator[Mistake]:
    value = line[start:end].rstrip()
    if value[:1] in _CLOSING and not _STARTS_NOTHING.match(value):
        return
    mended = line[:start] + quoted(value) + line[start + len(value) :]
    if _STARTS_NOTHING.match(value):
        yield Mistake("bad-start", number, start, 1, mended, number, value[0])
    elif colon := re.search(r":(?= |$)", value):
        yield Mistake("colon-in-text", number, start + colon.start(), 1, mended, number)


def of_dashes(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A dash that is not there, or has no blank behind it."""
    line = lines[number]
    if found := _GLUED_DASH.match(line):
        at = found.end()
        yield Mistake("dash-glued", number, at - 1, 1, f"{line[:at]} {line[at:]}", number)
    column = len(line) - len(line.lstrip(" "))
    above = next(
        (
            each
            for each in reversed(lines[max(0, number - _NEAR) : number])
            if _ITEM.match(each[: column + 2])
        ),
        "",
    )
    if above.startswith("- ", column) and _is_pair(above[column + 2 :]) == _is_pair(line):
        yield Mistake("no-dash", number, column, 1, f"{line[:column]}- {line[column:]}", number)


def _is_pair(text: str) -> bool:
    return bool(_PAIR.match(text))


def of_brackets(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A bracket or a comma that is not there, or is there too often."""
    line = lines[number]
    bracket = re.search(r"[\[{]", line)
    for each in _NO_COMMA.finditer(line, bracket.end()) if bracket else ():
        mended = f"{line[: each.start()]}, {line[each.end() :]}"
        yield Mistake("no-comma", number, each.end(), 1, mended, number)
    for each in _TWO_COMMAS.finditer(line):
        mended = line[: each.start()] + line[each.end() :]
        yield Mistake("two-commas", number, each.start(), 1, mended, number)
    still_open, too_many = _unbalanced(line)
    if still_open:
        yield from _not_closed(lines, number, still_open)
    for at in too_many[-1:]:
        mended = (line[:at] + line[at + 1 :]).rstrip()
        yield Mistake("bracket-too-many", number, at, 1, mended, number, line[at])


def _unbalanced(line: str) -> tuple[list[int], list[int]]:
    """The brackets that a line opens and does not close, and those that it closes and does not open."""
    text = _CLOSED.sub(lambda each: " " * len(each[0]), line)
    still_open: list[int] = []
    too_many: list[int] = []
    for at, sign in enumerate(text):
        if sign in _CLOSING:
            still_open.append(at)
        elif sign in _CLOSING.values():
            (still_open or too_many).pop() if still_open else too_many.append(at)
    return still_open, too_many


def _not_closed(lines: Sequence[str], number: int, still_open: Sequence[int]) -> Iterator[Mistake]:
    """Closed at the end of its line, or of the last line below that is indented further."""
    line = lines[number]
    closing = "".join(_CLOSING[line[at]] for at in reversed(still_open))
    last = number
    column = len(line) - len(line.lstrip(" "))
    while last + 1 < len(lines) and len(lines[last + 1]) - len(lines[last + 1].lstrip(" ")) > column:
        last += 1
    for each in sorted({number, last}):
        mended = lines[each].rstrip().removesuffix(",") + closing
        yield Mistake("bracket-open", number, still_open[0], 1, mended, each, line[still_open[0]])


def of_blanks(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """Blanks that are no spaces, where YAML asks for spaces."""
    line = lines[number]
    if found := _ODD_BLANK.search(line):
        column = next(at for at in range(*found.span()) if line[at] != " ")
        mended = _ODD_BLANK.sub(lambda each: " " * len(each[0]), line)
        yield Mistake("odd-blank", number, column, 1, mended, number, line[column])
