"""Where each key and value of a file stands; read again from the text when first asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from yaml.events import (
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from portalsync.config.yaml.events import parser_events
from portalsync.config.yaml.source import Source
from portalsync.diagnostics import Position


@dataclass(frozen=True, slots=True)
class _Node:
    key: Event
    value: Event
    children: dict[str | int, "_Node"] = field(default_factory=dict)


class Positions:
    """The positions in a text that has been read without an error before."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def key(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).key)

    def value(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).value)

    def _nearest(self, path: tuple[str | int, ...]) -> _Node:
        node = self._root
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return node

    @cached_property
    def _root(self) -> _Node:
        wanted = (NodeEvent, CollectionEndEvent)
        events = (event for event in parser_events(self._source) if isinstance(event, wanted))
        root = next(events)
        return _node(root, root, events)


def _node(key: Event, value: Event, events: Iterator[Event]) -> _Node:
    node = _Node(key, value)
    if isinstance(value, MappingStartEvent):
        while isinstance(event := next(events), ScalarEvent):
            node.children[event.value] = _node(event, next(events), events)
    elif isinstance(value, SequenceStartEvent):
        while not isinstance(event := next(events), CollectionEndEvent):
            node.children[len(node.children)] = _node(event, event, events)
    return node
