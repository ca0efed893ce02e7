"""Texts read piece by piece: the pairs of a mapping and the items of a list, each with all lines below it.
Files of many firms have most of their pieces in common, and what came of a piece is remembered.

That a piece means by itself what it means among others holds for the quick way only: whatever could go on
over lines of other pieces (brackets, quoted texts) is a doubt there, and all else ends where a line begins
as far left.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

from portalsync.config.yaml.scalar import WORDS
from portalsync.model.json_value import JSON

Read: TypeAlias = Callable[[str], tuple[JSON, bool]]
"""A text's data, and whether there may be a null in it; or `Doubt`."""

MOST_LEVELS = 6
"""Pieces in pieces."""
_MOST_REMEMBERED = 1_000_000
"""Characters: those of about a hundred firms, at each level."""
_LARGEST_COLUMN = 20
_BEFORE = re.compile(r"(?: *(?:#[^\n]*)?\n)*( *)")
"""Blank lines and comments, and where the first other line begins."""
_PAIR = re.compile(r" *([A-Za-z_][A-Za-z0-9_-]*):(?:[ \n]|\Z)")
_OPEN = re.compile(r" *([A-Za-z_][A-Za-z0-9_-]*):\n")
"""A key whose value begins on the next line."""
_END = "\n..."
"""Ends a document: what a piece says is then said, and what follows is another document."""
_ITEM = re.compile(r" *- ")


class Whole(Exception):
    """The text is to be read as a whole: it may hold a null, or a key that is there twice."""


class Pieces:
    """What is remembered of pieces, by their text with its indentation."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._pairs: dict[str, tuple[str, JSON]] = {}
        self._items: dict[str, JSON] = {}
        self._size = 0

    def data(self, text: str) -> JSON:
        """The data of a text that ends a line; `Whole` where it is not of usual pieces."""
        if self._size > _MOST_REMEMBERED:
            self._pairs, self._items, self._size = {}, {}, 0
        data = None if _END in text else self._block(text, 0, MOST_LEVELS)
        if data is None:
            raise Whole
        return data

    def _block(self, text: str, least: int, levels: int) -> JSON:
        """The data of lines that begin at a column or right of it; None if they are not of usual pieces."""
        start, end = _BEFORE.match(text).span(1)  # type: ignore[union-attr]  # it matches everything
        column = end - start
        if not least <= column <= _LARGEST_COLUMN:
            return None
        pieces = _ends(column).split(text[start:-1])
        return self._list(pieces) if text.startswith("-", end) else self._mapping(pieces, column, levels)

    def _list(self, pieces: Sequence[str]) -> JSON:
        known = self._items
        if unknown := [each for each in pieces if each not in known]:
            items = self._values(unknown) if all(map(_ITEM.match, unknown)) else None
            if type(items) is not list or len(items) != len(unknown):
                return None
            known.update(zip(unknown, items, strict=True))
        return [known[each] for each in pieces]

    def _mapping(self, pieces: Sequence[str], column: int, levels: int) -> JSON:
        known = self._pairs
        if unknown := [each for each in pieces if each not in known]:
            closed = [each for each in unknown if not (levels and self._open(each, column, levels))]
            if closed and not self._closed(closed):
                return None
        data = dict(map(known.__getitem__, pieces))
        if len(data) != len(pieces):
            raise Whole
        return data

    def _open(self, piece: str, column: int, levels: int) -> bool:
        """Whether it is of pieces itself; they are known then."""
        key = _OPEN.match(piece)
        if key is None or key[1] in WORDS:
            return False
        value = self._block(f"{piece[key.end() :]}\n", column + 1, levels - 1)
        if value is None:
            return False
        self._size += len(piece)
        self._pairs[piece] = (key[1], value)
        return True

    def _closed(self, pieces: Sequence[str]) -> bool:
        """Whether they are pairs; they are known then."""
        data = self._values(pieces) if all(map(_PAIR.match, pieces)) else None
        if type(data) is not dict or len(data) != len(pieces):
            return False
        self._pairs.update(zip(pieces, data.items(), strict=True))
        return True

    def _values(self, pieces: Sequence[str]) -> Any:
        text = "\n".join(pieces)
        data, may_hold_null = self._read(f"{text}\n")
        if may_hold_null:
            raise Whole
        self._size += len(text)
        return data


@cache
def _ends(column: int) -> re.Pattern[str]:
    """Where a piece ends whose first line begins at the column: the next line is another's."""
    return re.compile(rf"\n(?= {{{column}}}[^ #\n])")
