"""Texts whose quotes are not a pair, or that go on behind them."""

import re
from collections.abc import Iterator, Sequence

from portalsync.config.yaml.mistakes import (
    CLOSED_TEXT,
    QUOTES,
    TYPED_QUOTES,
    VALUE_ON_LINE,
    Mistake,
    quoted,
)


def of_quotes(lines: Sequence[str], number: int) -> Iterator[Mistake]:
    """A text whose quotes are not a pair, or that goes on behind them."""
    found = VALUE_ON_LINE.fullmatch(lines[number])
    if found is None:
        return
    value, before = found["value"], found.start("value")
    if name := _wrong_quotes(value):
        first = CLOSED_TEXT.match(value)
        column = before + (first.end() if name in ("after-quote", "end-sign") and first else 0)
        mended = lines[number][:before] + quoted(_meant(value, name))
        yield Mistake(name, number, column, 1, mended, number, value[-1] if name == "end-sign" else value[0])
    if lines[number].count('"') % 2:
        yield from _not_closed_in_brackets(lines[number], number)


def _meant(value: str, name: str) -> str:
    if name == "after-quote":
        return value
    inner = value.rstrip(",; ").strip(QUOTES + TYPED_QUOTES + " ")
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
    if first in TYPED_QUOTES:
        return "other-quotes" if last in TYPED_QUOTES + QUOTES and len(value) > 1 else ""
    if first not in QUOTES:
        return ""
    closed = CLOSED_TEXT.match(value)
    if closed is None:
        return "other-quotes" if last in TYPED_QUOTES + QUOTES and len(value) > 1 else "no-end-quote"
    return _behind_quotes(value[closed.end() :].strip(), first)


def _behind_quotes(rest: str, quote: str) -> str:
    """What is wrong with what follows the end quote of a value."""
    if rest in (",", ";"):
        return "end-sign"
    if not rest.strip(",]}"):
        return ""
    if rest[-1] in TYPED_QUOTES + QUOTES:
        return "inner-quote" if rest[-1] == quote else "other-quotes"
    return "after-quote"
