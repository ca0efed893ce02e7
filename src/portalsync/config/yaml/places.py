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
from portalsync.diagnostics import Location


@dataclass(frozen=True, slots=True)
class _Place:
    key: Event
    value: Event
    children: dict[str | int, "_Place"] = field(default_factory=dict)


class Places:
    """The places of a text that has been read without an error before."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def key(self, path: tuple[str | int, ...]) -> Location:
        return self._source.event_location(self._nearest(path).key)

    def value(self, path: tuple[str | int, ...]) -> Location:
        return self._source.event_location(self._nearest(path).value)

    def _nearest(self, path: tuple[str | int, ...]) -> _Place:
        place = self._root
        for step in path:
            if step not in place.children:
                break
            place = place.children[step]
        return place

    @cached_property
    def _root(self) -> _Place:
        wanted = (NodeEvent, CollectionEndEvent)
        events = (event for event in parser_events(self._source) if isinstance(event, wanted))
        root = next(events)
        return _place(root, root, events)


def _place(key: Event, value: Event, events: Iterator[Event]) -> _Place:
    place = _Place(key, value)
    if isinstance(value, MappingStartEvent):
        while isinstance(event := next(events), ScalarEvent):
            place.children[event.value] = _place(event, next(events), events)
    elif isinstance(value, SequenceStartEvent):
        while not isinstance(event := next(events), CollectionEndEvent):
            place.children[len(place.children)] = _place(event, event, events)
    return place
