"""Lines that stand in a column in which no line around them does."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from portalsync.config.yaml.mistakes import Mistake

_LONG_TEXT = re.compile(r" *(?:- +)*(?P<key>[\w.-]+): +[|>][-+1-9]* *$")
_STEP = 2


def misplaced(lines: Sequence[str], stopped: int) -> Iterator[Mistake]:
    """What the parser stops at, or the line above that it should line up with: first the one whose column is
    the rarer in the file. In each, first the column that fits the lines below.
    """
    if not 0 < stopped < len(lines) or not lines[stopped].strip():
        return
    columns = Counter(_column(each) for each in lines if each.strip())
    found = [stopped, *_begun_above(lines, stopped)]
    for number in sorted(found, key=lambda each: columns[_column(lines[each])]):
        content = lines[number].lstrip(" ")
        if content.startswith(("}", "]")):
            continue
        length = len(content.partition(":")[0].rstrip()) or 1
        for column, like in _fitting(lines, number, stopped):
            mended = " " * column + content
            yield Mistake("misplaced", number, _column(lines[number]), length, mended, number, like=like)


def not_below(lines: Sequence[str], stopped: int) -> Iterator[Mistake]:
    """The first line of a text that has to stand below its key, further right."""
    above = next((each for each in range(stopped - 1, -1, -1) if lines[each].strip()), -1)
    if 0 <= above < stopped < len(lines) and (found := _LONG_TEXT.match(lines[above])):
        column, content = _column(lines[above]) + _STEP, lines[stopped].lstrip(" ")
        mended, at = " " * column + content, _column(lines[stopped])
        yield Mistake("not-below", stopped, at, 1, mended, stopped, found["key"], like=above)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _begun_above(lines: Sequence[str], stopped: int) -> Iterator[int]:
    """The line with which those began that a line further left cannot go on with."""
    column, first = _column(lines[stopped]), -1
    for number in range(stopped - 1, -1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            if _column(lines[number]) < column:
                break
            first = number
    if first >= 0 and _column(lines[first]) > column:
        yield first


def _fitting(lines: Sequence[str], number: int, stopped: int) -> Iterator[tuple[int, int]]:
    """Columns of lines around it and a line in each, the nearest first, of two equally near that of a line
    which begins a section too, or does not either; those that leave room to what is below before the others.
    """
    own = _column(lines[number])
    if number != stopped:
        yield _column(lines[stopped]), stopped
        return
    around = dict(_open_columns(lines, number))
    around.pop(own, None)
    below = next((_column(each) for each in lines[number + 1 :] if each.strip()), 0)
    begins = _begins_section(lines[number])
    holds = begins and below > 0

    def rank(each: tuple[int, int]) -> tuple[bool, int, bool]:
        column, like = each
        return holds and column >= below, abs(column - own), _begins_section(lines[like]) is not begins

    yield from sorted(around.items(), key=rank)


def _begins_section(line: str) -> bool:
    return line.rstrip().endswith(":")


def _open_columns(lines: Sequence[str], number: int) -> Iterator[tuple[int, int]]:
    """The columns in which something began above that goes on still, each with its line; those inside of
    entries of a list too.
    """
    least = 10**9
    for above in range(number - 1, -1, -1):
        column = _column(lines[above])
        if not lines[above].strip() or column >= least:
            continue
        least = column
        yield column, above
        while lines[above].startswith("- ", column):
            column += 2 + _column(lines[above][column + 2 :])
            yield column, above
