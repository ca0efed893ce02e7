"""Two texts, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from portalsync.comparing import BoundedMatcher

_WORDS = re.compile(r"\s*(?:[^\W_]+|\S)")
_BLANK = re.compile(r"\s+")
_MOST_LOOKS = 200_000
"""How often a comparison looks at a word, alone or beside an equal one of the other text: thrice what the
longest announcement takes that somebody writes anew, and two hundredths of a second."""
_KEPT = 8
"""Words that stay around a difference where the rest of a long text is left out."""
_ALIKE = 0.35


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that both texts have, or those of each that the other has not; each with the blank before it.
    `words`: how many the later text has.
    """

    is_same: bool
    old: str
    new: str
    words: int


@lru_cache(maxsize=512)
def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one. Texts that have little in common follow each other whole. Remembered: of a text that
    firms share, each of them asks the same.
    """
    old, new = _WORDS.findall(before.strip()), _WORDS.findall(after.strip())
    stretches = [*_stretches(old, new)]
    alike = sum(each.words for each in stretches if each.is_same)
    if 2 * alike < _ALIKE * (len(old) + len(new)):
        stretches = [_Stretch(is_same=False, old=before.strip(), new=after.strip(), words=len(new))]
    return tuple(_pieces(stretches))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    for tag, old_from, old_to, new_from, new_to in _opcodes(_keys(old), _keys(new)):
        texts = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        yield _Stretch(tag == "equal", *texts, words=new_to - new_from)


def _keys(words: Sequence[str]) -> list[str]:
    """One blank is like any other, and like the beginning of the text."""
    return [_BLANK.sub(" ", word if index else f" {word}") for index, word in enumerate(words)]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What they share at both ends is known first: most changes are small, and little is between the ends."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    yield "equal", 0, start, 0, start
    matcher = BoundedMatcher(old[start:old_end], new[start:new_end], _MOST_LOOKS)
    for tag, *at in matcher.get_opcodes():
        old_from, old_to, new_from, new_to = (start + each for each in at)
        yield tag, old_from, old_to, new_from, new_to
    yield "equal", old_end, len(old), new_end, len(new)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _pieces(stretches: Iterable[_Stretch]) -> Iterator[Piece]:
    same = ""
    for each in stretches:
        if each.is_same:
            same += max(each.new, each.old, key=len)  # with the blank that the beginning of a text lacks
            continue
        blank = _blank_before(each)
        yield from _piece(Mark.SAME, same + blank)
        yield from _piece(Mark.GONE, each.old[len(blank) :])
        yield from _piece(Mark.NEW, each.new[len(blank) :])
        same = ""
    yield from _piece(Mark.SAME, same)


def _blank_before(stretch: _Stretch) -> str:
    """The blank with which both begin: it is no part of the change. The one of words that only came, or only
    went, comes and goes with them.
    """
    blank = stretch.new[: len(stretch.new) - len(stretch.new.lstrip())]
    return blank if stretch.old.startswith(blank) else ""


def _piece(mark: Mark, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(mark, text)


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The differences with some words around them."""
    return tuple(
        each
        for index, piece in enumerate(pieces)
        for each in (
            _around(piece, is_first=index == 0, is_last=index == len(pieces) - 1)
            if piece.mark is Mark.SAME
            else (piece,)
        )
    )


def _around(piece: Piece, *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    words = re.findall(r"\s*\S+\s*", piece.text)
    head = [] if is_first else words[:_KEPT]
    tail = [] if is_last else words[-_KEPT:]
    if len(words) <= len(head) + len(tail) + _KEPT:
        yield piece
        return
    if head:
        yield Piece(Mark.SAME, "".join(head))
    yield Piece(Mark.LEFT_OUT, "…")
    if tail:
        yield Piece(Mark.SAME, "".join(tail))
