"""Two texts, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_MOST_WORDS = 4000
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
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _MOST_WORDS or matcher.ratio() < _ALIKE:
        return tuple(_pieces([(Mark.GONE, before), (Mark.NEW, after)]))
    return tuple(_pieces(_marked(matcher, old, new)))


def _marked(
    matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Mark, str]]:
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Mark.SAME, "".join(old[old_from:old_to])
        else:
            yield Mark.GONE, "".join(old[old_from:old_to])
            yield Mark.NEW, "".join(new[new_from:new_to])


def _pieces(marked: "Iterator[tuple[Mark, str]] | Sequence[tuple[Mark, str]]") -> Iterator[Piece]:
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
