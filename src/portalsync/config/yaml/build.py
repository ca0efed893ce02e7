"""From parser events to data."""

import re
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
from portalsync.config.yaml.source import Source, shown, start_of
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.model.json_value import JSON

_THOUSANDS = re.compile(r"\b([0-9]{1,3}),\Z")
_LONGEST_NUMBER = 20


class Builder:
    """Builds the data of one document and notes what is wrong with it.

    It calls itself for each level, so the events must have passed the limit on depth.
    """

    def __init__(self, source: Source, events: Iterable[Event]) -> None:
        self._source = source
        self._next = iter(events).__next__
        self.findings: list[Diagnostic] = []
        self.has_nulls = False

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
        self.has_nulls = self.has_nulls or value is None
        if value is event.value and is_not_finite(event.value):
            message = phrase("yaml.number.message", value=event.value)
            expected, hint = phrase("yaml.number.expected"), phrase("yaml.number.hint")
            self._report("yaml-number", message, event, expected, hint)
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
            message = phrase("yaml.key.collection.message")
            self._report("yaml-key-type", message, event, phrase("yaml.key.expected"))
            return None
        if event.style:
            return event.value
        return self._plain_key(event)

    def _plain_key(self, event: ScalarEvent) -> str | None:
        key = plain_value(event.value)
        if key == "<<":
            message, hint = phrase("yaml.merge-key.message"), phrase("yaml.merge-key.hint")
            self._report("yaml-merge-key", message, event, hint=hint)
        elif not isinstance(key, str):
            self._report_key(event)
        else:
            return key
        return None

    def _report_key(self, event: ScalarEvent) -> None:
        expected = phrase("yaml.key.expected")
        if not event.value:
            self._report("yaml-key-type", phrase("yaml.key.missing.message"), event, expected)
            return
        if number := self._parted_number(event):
            hint = phrase("yaml.key.parted-number.hint", number=number)
            self._report("yaml-key-type", phrase("yaml.key.parted-number.message"), event, hint=hint)
            return
        key = shown(event.value)
        message = phrase("yaml.key.no-text.message", key=key)
        hint = phrase("yaml.key.no-text.hint", quoted=f'"{key}"')
        self._report("yaml-key-type", message, event, expected, hint)

    def _parted_number(self, event: ScalarEvent) -> str:
        """The number that a comma between braces has made two of, without it; empty if it is none."""
        start = start_of(event).index
        before = _THOUSANDS.search(self._source.text, max(0, start - _LONGEST_NUMBER), start)
        return f"{before[1]}{event.value}" if before and event.value.isdigit() else ""

    def _duplicate(self, key: str, first: Event, again: Event) -> None:
        position = self._source.event_position(first)
        line, column = str(position.line), str(position.column)
        message = phrase("yaml.duplicate-key.message", key=shown(key), line=line, column=column)
        expected, hint = phrase("yaml.duplicate-key.expected"), phrase("yaml.duplicate-key.hint")
        self._report("yaml-duplicate-key", message, again, expected, hint)

    def _report(self, code: str, message: Phrase, event: Event, expected: Text = "", hint: Text = "") -> None:
        position = self._source.event_position(event)
        self.findings.append(Diagnostic(code, message, position, expected=expected, hint=hint))
