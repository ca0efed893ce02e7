"""A text that has been read without an error before, as a tree of its keys and values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from portalsync.config.yaml.events import parser_events
from portalsync.config.yaml.source import Source


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its key, or an item of a list with itself as the key."""

    key: NodeEvent
    value: NodeEvent
    last: Event
    """Where the last part of it ends."""
    children: dict[str | int, "Node"] = field(default_factory=dict)


_Events: TypeAlias = Iterator[NodeEvent | CollectionEndEvent]


def root_of(source: Source) -> Node:
    wanted = (NodeEvent, CollectionEndEvent)
    events = (event for event in parser_events(source) if isinstance(event, wanted))
    root = _value(next(events))
    return _node(root, root, events)


def _node(key: NodeEvent, value: NodeEvent, events: _Events) -> Node:
    if not isinstance(value, CollectionStartEvent):
        return Node(key, value, value)
    children: dict[str | int, Node] = {}
    while isinstance(event := next(events), NodeEvent):
        if not isinstance(value, MappingStartEvent):
            children[len(children)] = _node(event, event, events)
        else:
            assert isinstance(event, ScalarEvent)  # noqa: S101 - the door lets in no other keys
            children[event.value] = _node(event, _value(next(events)), events)
    last = event if value.flow_style else [*children.values()][-1].last
    return Node(key, value, last, children)


def _value(event: NodeEvent | CollectionEndEvent) -> NodeEvent:
    assert isinstance(event, NodeEvent)  # noqa: S101 - a key is followed by its value
    return event
