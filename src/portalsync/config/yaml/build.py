"""From parser events to data."""

from collections.abc import Iterable

from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from portalsync.config.yaml.scalar import is_not_finite, plain_value
from portalsync.config.yaml.source import Source, shown
from portalsync.diagnostics import Diagnostic
from portalsync.model.json_value import JSON


class Builder:
    """Builds the data of one document and notes what is wrong with it.

    It calls itself for each level, so the events must have passed the limit on depth.
    """

    def __init__(self, source: Source, events: Iterable[Event]) -> None:
        self._source = source
        self._next = iter(events).__next__
        self.findings: list[Diagnostic] = []

    def build(self) -> JSON:
        return self._value(self._next())

    def _value(self, event: Event) -> JSON:
        if isinstance(event, ScalarEvent):
            return event.value if event.style else self._plain(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping()
        if isinstance(event, SequenceStartEvent):
            return self._sequence()
        return None

    def _plain(self, event: ScalarEvent) -> JSON:
        value = plain_value(event.value)
        if value is event.value and is_not_finite(event.value):
            message = f"`{value}` is a number that cannot be counted with."
            self._report("yaml-number", message, event, "a number", "If a text is meant, put it in quotes.")
        return value

    def _sequence(self) -> JSON:
        items: list[JSON] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._value(event))
        return items

    def _mapping(self) -> JSON:
        data: dict[str, JSON] = {}
        first: dict[str, Event] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event)
            value = self._value(self._next())
            if key is None:
                continue
            if first.setdefault(key, event) is not event:
                self._duplicate(key, first[key], event)
            data[key] = value
        return data

    def _key(self, event: Event) -> str | None:
        if not isinstance(event, ScalarEvent):
            self._value(event)
            self._report(
                "yaml-key-type", "A list, a group of keys or a reference is no key.", event, "a text as key"
            )
            return None
        if event.style:
            return event.value
        return self._plain_key(event)

    def _plain_key(self, event: ScalarEvent) -> str | None:
        key = plain_value(event.value)
        if key == "<<":
            message = "`<<` copies keys from another place, and that is not done here."
            hint = "Put shared keys into a layer (defaults.yaml or a group) and let the firms inherit them."
            self._report("yaml-merge-key", message, event, hint=hint)
        elif not isinstance(key, str):
            self._report_key(event)
        else:
            return key
        return None

    def _report_key(self, event: ScalarEvent) -> None:
        if event.value:
            message = f"The key `{shown(event.value)}` is not a text."
            hint = f'If this key is meant, put it in quotes: "{shown(event.value)}".'
        else:
            message = "The key is missing before the `:`."
            hint = ""
        self._report("yaml-key-type", message, event, "a text as key", hint)

    def _duplicate(self, key: str, first: Event, again: Event) -> None:
        place = self._source.event_location(first)
        there = f"line {place.line}, column {place.column}"
        message = f"The key `{shown(key)}` stands here a second time; the first is in {there}."
        self._report(
            "yaml-duplicate-key", message, again, "each key once", "Delete or rename one of the two."
        )

    def _report(self, code: str, message: str, event: Event, expected: str = "", hint: str = "") -> None:
        location = self._source.event_location(event)
        self.findings.append(Diagnostic(code, message, location, expected=expected, hint=hint))
