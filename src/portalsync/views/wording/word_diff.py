"""Two texts, word by word: what stayed, what went, what came."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_MOST_PAIRS = 10_000
"""Equal words of both texts, each with each. Their number, and not the length of the texts, makes a
comparison slow."""
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


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one. Texts that have little in common follow each other whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    marked = [*_marked(old, new)]
    alike = sum(len(words) for mark, words in marked if mark is Mark.SAME)
    if 2 * alike < _ALIKE * (len(old) + len(new)):
        marked = [(Mark.GONE, old), (Mark.NEW, new)]
    return tuple(_pieces((mark, "".join(words)) for mark, words in marked if words))


def _marked(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, Sequence[str]]]:
    """What they share at both ends is known first: most changes are small, and little is between the ends."""
    start = _shared(old, new)
    end = _shared(old[:start:-1], new[:start:-1])
    yield Mark.SAME, old[:start]
    yield from _compared(old[start : len(old) - end], new[start : len(new) - end])
    yield Mark.SAME, old[len(old) - end :]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Mark, Sequence[str]]]:
    counts = Counter(old)
    pairs = sum(counts[word] for word in new if not word.isspace())
    if pairs > _MOST_PAIRS:  # the comparison would take seconds, or hours
        yield from ((Mark.GONE, old), (Mark.NEW, new))
        return
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Mark.SAME, old[old_from:old_to]
        else:
            yield from ((Mark.GONE, old[old_from:old_to]), (Mark.NEW, new[new_from:new_to]))


def _pieces(marked: Iterable[tuple[Mark, str]]) -> Iterator[Piece]:
    """Changes with nothing but a blank between them are one change: whole phrases read better."""
    gone, new, blank = "", "", ""
    for mark, text in marked:
        if mark is Mark.SAME and text.strip():
            yield from _change(gone, new)
            yield Piece(Mark.SAME, blank + text)
            gone, new, blank = "", "", ""
        elif mark is Mark.SAME:
            blank = text
        elif text:
            gone, new = gone + blank, new + blank
            gone, new = (gone + text, new) if mark is Mark.GONE else (gone, new + text)
            blank = ""
    yield from _change(gone, new)
    if blank:
        yield Piece(Mark.SAME, blank)


def _change(gone: str, new: str) -> Iterator[Piece]:
    """What went and what came; a blank is neither."""
    if new and not (gone + new).strip():
        yield Piece(Mark.SAME, new)
        return
    if gone.strip():
        yield Piece(Mark.GONE, gone)
    if new.strip():
        yield Piece(Mark.NEW, new)


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
