"""What a report consists of, before any format lays it out in the words of a language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portalsync.lexicon import Foreign, Lexicon, Text
from portalsync.visible import visible

LONGEST_QUOTE = 300


class Tone(StrEnum):
    """What kind of news a line is; shown by a mark, and by colour where there is some."""

    REMOVE = "remove"
    ADD = "add"
    CHANGE = "change"
    NOTE = "note"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Made(Generic[_Part]):
    """Parts of a report that each loop makes anew, for thousands of firms: none is held."""

    make: Callable[[], Iterator[_Part]]

    def __iter__(self) -> Iterator[_Part]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Item:
    """One line, with quotations and notes below it and a position in a file behind it. Items of a section
    with a `label` stand as a table, labels first.
    """

    tone: Tone
    text: Text
    quotes: tuple[tuple[Text, Foreign], ...] = ()
    notes: Iterable[Text] = ()
    source: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`labels` are the characters of the longest label among its items."""

    title: Text
    items: Iterable[Item]
    level: int = 1
    labels: int = 0

    @classmethod
    def labelled(cls, title: Text, items: Sequence[Item], level: int = 1) -> "Section":
        return cls(title, items, level, max((len(item.label) for item in items), default=0))


@dataclass(frozen=True, slots=True)
class Report:
    """`verdict` is what a reader must not miss; `foot` what identifies the report."""

    title: Text
    verdict: tuple[Item, ...]
    sections: Iterable[Section] = ()
    foot: tuple[Text, ...] = ()


def cut(text: str, limit: int, lexicon: Lexicon) -> str:
    """On one line, nothing invisible in it, cut at `limit` with the number of what is left out."""
    shown = visible(text)
    rest = len(shown) - limit
    return f"{shown[:limit]}… (+{lexicon.number(rest)})" if rest > 0 else shown


def first_source(sources: Iterable[str]) -> str:
    """The first line of a file that says so, and how many say so in other files; empty if none does."""
    known = [source for source in sources if source]
    others = len({source.partition(":")[0] for source in known}) - 1
    return f"{known[0]} (+{others})" if others > 0 else known[0] if known else ""
