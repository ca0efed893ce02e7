"""What a report consists of, before any format lays it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from portalsync.lexicon import Lexicon
from portalsync.visible import visible


class Tone(StrEnum):
    """What kind of news a line is; shown by a mark, and by colour where there is some."""

    REMOVE = "remove"
    ADD = "add"
    CHANGE = "change"
    NOTE = "note"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Value:
    """Text that is not ours: of a firm, of a file, of the portal."""

    text: str
    quoted: bool = True

    def shown(self, limit: int = 0) -> str:
        """On one line, nothing invisible in it, cut at `limit` with the number of what is left out."""
        text = visible(self.text)
        if not limit or len(text) <= limit:
            return text
        return f"{text[:limit]}… (+{len(text) - limit:,})"


Words: TypeAlias = tuple["str | Value", ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line, with quotations and notes below it and a place in a file behind it."""

    tone: Tone
    text: Words
    quotes: tuple[tuple[str, Value], ...] = ()
    notes: tuple[Words, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: Words
    items: tuple[Item, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """`verdict` is what a reader must not miss; `foot` what identifies the report. `quote` is how the
    language puts `{}` into quotation marks.
    """

    quote: str
    title: Words
    verdict: tuple[Item, ...]
    sections: tuple[Section, ...] = ()
    foot: tuple[Words, ...] = field(default_factory=tuple)


def say(lexicon: Lexicon, key: str, /, **values: "str | Value | Words") -> Words:
    """The message with its values in place, each value still told from our own words."""
    return tuple(_fill(lexicon(key, **{name: f"\x00{name}\x00" for name in values}), values))


def _fill(text: str, values: Mapping[str, "str | Value | Words"]) -> list["str | Value"]:
    parts: list[str | Value] = []
    for index, part in enumerate(text.split("\x00")):
        if index % 2 == 0:
            parts.extend([part] if part else [])
            continue
        value = values[part]
        parts.extend(value if isinstance(value, tuple) else (value,))
    return parts


def join(parts: "list[Value] | tuple[Value, ...]", separator: str = ", ") -> Words:
    """Values side by side."""
    result: list[str | Value] = []
    for part in parts:
        result.extend([separator] if result else [])
        result.append(part)
    return tuple(result)
