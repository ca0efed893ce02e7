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
VALUE_ON_LINE = re.compile(rf"{_LEAD}(?P<key>(?:{_KEY}) *: +)?(?P<value>\S.*?) *")
_PAIR = re.compile(rf" *(?:{_KEY}) *:(?: |$)")
_COMMENT = re.compile(r"\s#.*")
CLOSED_TEXT = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_NO_BLANK = re.compile(rf"{_LEAD}(?P<key>{_KEY})(?P<blank> *):(?P<value>[^\s/].*)")
_NO_COLON = re.compile(rf"{_LEAD}(?P<key>[a-z_][a-z0-9_]*)(?:(?: *=| ) *(?P<value>[^\s=:].*))? *")
_OTHER_COLON = re.compile(rf"{_LEAD}(?P<key>[A-Za-z_]\w*) *(?P<sign>[=：﹕;]) *(?P<value>\S.*|)")
_GLUED_DASH = re.compile(r" *-(?=[^\s-])")
_ITEM = re.compile(r" *- ")
BULLETS = "–—•·*▪‣"
"""What others begin the entries of a list with."""
_BULLET = re.compile(rf" *(?P<sign>[{BULLETS}])(?= )")
_OTHER_COMMENT = re.compile(r"(?:^ *|(?<=[ \t]))(?P<sign>//|--|/\*)(?=\s)")
_TWO_KEYS = re.compile(r"(?P<inner>[a-z][a-z_]*): +(?P<value>[^\s,:{}\[\]\"'][^,:{}\[\]]*)")
_NOTHING_BEHIND = re.compile(rf"{_LEAD}(?P<key>{_KEY}): *")
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


def of_colons(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A colon too many, in a text; or one that is not there, or has no blank behind it."""
    line = lines[number]
    found = VALUE_ON_LINE.fullmatch(line)
    if found and (found["key"] or found["lead"].strip()) and not found["value"].startswith(_NO_TEXT):
        comment = _COMMENT.search(line, found.start("value"))
        end = comment.start() if comment else found.end("value")
        yield from _text_to_quote(line, number, found.start("value"), end)
    for each in _IN_BRACES.finditer(line):
        yield from _text_to_quote(line, number, *each.span("value"))
    if found := _NO_BLANK.fullmatch(line):
        mended = f"{found['lead']}{found['key']}: {found['value']}"
        yield Mistake("no-blank", number, found.end("blank"), 1, mended, number, found["key"])
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
    if (found := _TWO_KEYS.fullmatch(value)) and line[:start].rstrip().endswith(":"):
        in_braces = f"{line[:start]}{{{value}}}{line[start + len(value) :]}"
        yield Mistake("two-keys", number, start + found.end("inner"), 1, in_braces, number, found["inner"])
    if _STARTS_NOTHING.match(value):
        yield Mistake("bad-start", number, start, 1, mended, number, value[0])
    elif colon := re.search(r":(?= |$)", value):
        yield Mistake("colon-in-text", number, start + colon.start(), 1, mended, number)


def of_dashes(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A dash that is not there, or has no blank behind it."""
    line = lines[number]
    if found := _BULLET.match(line):
        at = found.start("sign")
        yield Mistake("bullet", number, at, 1, f"{line[:at]}-{line[at + 1 :]}", number, found["sign"])
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


def of_comments(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A comment as other languages have it."""
    line = lines[number]
    if found := _OTHER_COMMENT.search(line):
        start, end = found.span("sign")
        yield Mistake(
            "comment", number, start, end - start, f"{line[:start]}#{line[end:]}", number, found["sign"]
        )


def of_long_texts(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A text over several lines that needs a sign behind its key, for it holds what looks like a key."""
    line, below = lines[number], "".join(lines[number + 1 : number + 2])
    found = _NOTHING_BEHIND.fullmatch(line)
    is_prose = " " in below.strip() and ":" not in below and not _ITEM.match(below)
    if found and is_prose:
        start, end = found.span("key")
        yield Mistake("long-text", number, start, end - start, f"{line.rstrip()} |", number, found["key"])


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
    text = CLOSED_TEXT.sub(lambda each: " " * len(each[0]), line)
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
