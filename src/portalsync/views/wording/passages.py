"""What differs between two texts: the passage, or what no eye sees."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from portalsync.lexicon import Phrase, phrase
from portalsync.views.wording.word_diff import Mark, shortened, word_diff


@dataclass(frozen=True, slots=True)
class Passage:
    """The part of a text that differs, with some words around it, before and after."""

    before: str
    after: str


def passage(before: str, after: str) -> Passage:
    """Both texts whole where there is only one, or where they have little in common."""
    pieces = shortened(word_diff(before, after))
    return Passage(
        "".join(piece.text for piece in pieces if piece.mark is not Mark.NEW).strip(),
        "".join(piece.text for piece in pieces if piece.mark is not Mark.GONE).strip(),
    )


def unseen(before: str, after: str) -> Phrase | None:
    """What two texts differ in that look the same, or nearly; nothing if somebody would see it."""
    for name, alike in _ALIKE.items():
        if alike(before) == alike(after):
            return phrase(f"plan.unseen.{name}")
    return None


def _without_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _without_blanks(text: str) -> str:
    return " ".join(text.split())


def _without_marks_apart(text: str) -> str:
    return unicodedata.normalize("NFC", _without_blanks(text))


def _without_capitals(text: str) -> str:
    return _without_marks_apart(text).casefold()


_ALIKE: dict[str, Callable[[str], str]] = {
    "line_ends": _without_line_ends,
    "blanks": _without_blanks,
    "marks": _without_marks_apart,
    "capitals": _without_capitals,
}
"""By what the texts differ in: how they look without it."""
