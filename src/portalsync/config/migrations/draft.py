"""A file that is being edited: where its keys and values stand, and the text with all else as it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from yaml.error import Mark
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from portalsync.config.yaml import Path
from portalsync.config.yaml.events import parser_events
from portalsync.config.yaml.text import read_text


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its key, or an item of a list with itself as the key."""

    key: NodeEvent
    value: NodeEvent
    last: Event
    """Where the last part of it ends."""
    children: dict[str | int, "Node"] = field(default_factory=dict)

    @property
    def is_flow(self) -> bool:
        """Between brackets or braces."""
        return isinstance(self.value, CollectionStartEvent) and bool(self.value.flow_style)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters of the text, and what stands there afterwards."""

    start: int
    end: int
    text: str


class Draft:
    """A file that the strict door has let in before."""

    def __init__(self, content: bytes, file: str) -> None:
        self.source = read_text(content, file)
        self.text = content.decode()

    def node(self, path: Path) -> Node:
        found = self._root
        for step in path:
            found = found.children[step]
        return found

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The text with these edits, none of which touches another."""
        ordered = sorted(edits)
        kept = [0, *(index for edit in ordered for index in (edit.start, edit.end)), len(self.text)]
        parts = [self.text[start:end] for start, end in [*pairwise(kept)][::2]]
        new = [*(edit.text for edit in ordered), ""]
        return "".join(part + text for part, text in zip(parts, new, strict=True)).encode()

    def index(self, mark: Mark) -> int:
        return min(self._line_starts[mark.line] + mark.column, len(self.text))

    def line_start(self, line: int) -> int:
        return self._line_starts[line]

    def line_break(self, line: int) -> str:
        """What ends this line, or the lines of the file if it is the last one and nothing does."""
        start = self._line_starts[line]
        following = self._line_starts[line + 1] if line + 1 < len(self._line_starts) else len(self.text)
        shown = self.text[start:following]
        if not shown.endswith("\n"):
            return "\r\n" if "\r\n" in self.text else "\n"
        return "\r\n" if shown.endswith("\r\n") else "\n"

    @cached_property
    def _line_starts(self) -> list[int]:
        """In the text as it was: with its mark of the byte order and its own line breaks."""
        starts = [int(self.text.startswith("\ufeff"))]
        starts.extend(index + 1 for index, character in enumerate(self.text) if character == "\n")
        return starts

    @cached_property
    def _root(self) -> Node:
        wanted = (NodeEvent, CollectionEndEvent)
        events = (event for event in parser_events(self.source) if isinstance(event, wanted))
        root = next(events)
        return _node(_value(root), _value(root), events)


_Events: TypeAlias = Iterator[NodeEvent | CollectionEndEvent]


def _node(key: NodeEvent, value: NodeEvent, events: _Events) -> Node:
    if not isinstance(value, CollectionStartEvent):
        return Node(key, value, value)
    children: dict[str | int, Node] = {}
    while isinstance(event := next(events), NodeEvent):
        if isinstance(value, MappingStartEvent):
            name: str | int = event.value if isinstance(event, ScalarEvent) else len(children)
            children[name] = _node(event, _value(next(events)), events)
        else:
            children[len(children)] = _node(event, event, events)
    last = event if value.flow_style else [*children.values()][-1].last
    return Node(key, value, last, children)


def _value(event: NodeEvent | CollectionEndEvent) -> NodeEvent:
    assert isinstance(event, NodeEvent)  # noqa: S101 - a key is followed by its value
    return event
