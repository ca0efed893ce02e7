"""The quick way to the data of a text, for texts about which there is no doubt; others go the careful way.

It takes less than the careful way, and gives the same. Whatever that would have to look at more closely is a
doubt here: brackets and quoted texts over several lines, escapes, signs of long texts that stand by
themselves, each `#` and `?` that might be out of place.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its stubs leave it out
from yaml.error import YAMLError
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from portalsync.config.yaml.layout import LONE_INDICATORS, suspects
from portalsync.config.yaml.pieces import MOST_LEVELS, Pieces, Whole
from portalsync.config.yaml.scalar import FIRST_OF_NUMBER, WORDS, is_not_finite, plain_value
from portalsync.config.yaml.syntax import MAX_DEPTH
from portalsync.model.json_value import JSON

_LONGEST = 20_000
"""Characters. Each makes two events at most, so that there are fewer than the careful way allows."""
_MOST_SUSPECTS = 50
"""For each the start of its line is read."""
_DEEPEST = MAX_DEPTH - MOST_LEVELS
"""A piece may be so many levels deeper in its file than it is by itself."""
_IN_VALUE = re.compile(r' *(?:- +)*[A-Za-z_][\w-]*: +(?:"[^"]*|[A-Za-z0-9].*)')
"""The start of a line up to where nothing can be but a text on that line, or a comment behind it."""
_HEADERS = frozenset(("|", "|-", "|+", ">", ">-", ">+"))
_QUOTES = frozenset("'\"")
_SPECIAL = FIRST_OF_NUMBER | LONE_INDICATORS
"""What a text without quotes begins with that may be a number or a sign."""

_Taken = TypeVar("_Taken", bound=Event)


class Doubt(Exception):
    """The quick way ends here."""


def quick_data(text: str) -> tuple[JSON, bool]:
    """The data, and whether there may be a null in it; or `Doubt`, as for a text that does not end a line."""
    if len(text) > _LONGEST or not text.endswith("\n") or "\t" in text or "\\" in text:
        raise Doubt
    found = suspects(text)
    if len(found) > _MOST_SUSPECTS:
        raise Doubt
    for index in found:
        if not _IN_VALUE.fullmatch(text, text.rfind("\n", 0, index) + 1, index):
            raise Doubt
    try:
        return _PIECES.data(text), False
    except Whole:
        return _read(text)


def _read(text: str) -> tuple[JSON, bool]:
    return _Reader(text).read()


_PIECES = Pieces(_read)


class _Reader:
    """Takes the events of one document as they come, and builds what they say.

    It calls itself for each level, as far as documents may nest.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: Callable[[], Event | None] = CParser(text).get_event
        self._last: Any = None
        self._depth = 0
        self._in_flow = False
        self._has_nulls = False

    def read(self) -> tuple[JSON, bool]:
        try:
            self._take(StreamStartEvent)
            start = self._take(DocumentStartEvent)
            if start.version or start.tags:
                raise Doubt
            data = self._collection(self._next())
            self._take(DocumentEndEvent)
            self._take(StreamEndEvent)
        except YAMLError:
            raise Doubt from None
        return data, self._has_nulls

    def _take(self, kind: type[_Taken]) -> _Taken:
        event = self._next()
        if not isinstance(event, kind):
            raise Doubt
        return event

    def _collection(self, start: Any) -> JSON:
        is_mapping = type(start) is MappingStartEvent
        if not is_mapping and type(start) is not SequenceStartEvent:
            raise Doubt
        if start.anchor is not None or start.tag is not None or self._depth >= _DEEPEST:
            raise Doubt
        self._depth += 1
        begins_flow = start.flow_style and not self._in_flow
        if begins_flow:
            self._in_flow = True
        data = self._mapping() if is_mapping else self._sequence()
        if begins_flow:
            self._in_flow = False
            if start.start_mark.line != self._last.end_mark.line:
                raise Doubt
        self._depth -= 1
        return data

    def _sequence(self) -> JSON:
        items: list[JSON] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self._scalar(event) if type(event) is ScalarEvent else self._collection(event))
        self._last = event
        return items

    def _mapping(self) -> JSON:
        data: dict[str, JSON] = {}
        take = self._next
        while type(event := take()) is ScalarEvent:
            key = self._scalar(event)
            if type(key) is not str or key in data or (key == "<<" and not event.style):
                raise Doubt
            event = take()
            data[key] = self._scalar(event) if type(event) is ScalarEvent else self._collection(event)
        if type(event) is not MappingEndEvent:
            raise Doubt
        self._last = event
        return data

    def _scalar(self, event: Any) -> JSON:
        text: str = event.value
        if event.anchor is not None or event.tag is not None:
            raise Doubt
        style = event.style
        if not style:
            return self._plain(text) if text in WORDS or text[0] in _SPECIAL else text
        if style in _QUOTES:
            if event.start_mark.line != event.end_mark.line:
                raise Doubt
        elif not self._is_long_text(event):
            raise Doubt
        return text

    def _plain(self, text: str) -> JSON:
        if text in LONE_INDICATORS or is_not_finite(text):
            raise Doubt
        value = plain_value(text)
        self._has_nulls = self._has_nulls or value is None
        return value

    def _is_long_text(self, event: Any) -> bool:
        """Not an empty one, and its sign stands plainly behind what it belongs to."""
        start = event.start_mark
        header = self._text[start.index : self._text.index("\n", start.index)]
        before = self._text[start.index - start.column : start.index]
        return header in _HEADERS and bool(before.strip()) and bool(event.value.strip("\n"))
