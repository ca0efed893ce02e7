"""The parser's events of one document, once the document has proven small and plain enough.

libyaml composes nested nodes by calling itself and ends the whole process when they nest too deep, so
nothing is composed here: the events come one at a time, and the limits are checked on each.
"""

from collections.abc import Iterator
from typing import NoReturn

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its stubs leave it out
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)

from portalsync.config.yaml.layout import Layout, between_values
from portalsync.config.yaml.source import Source, shown, start_of
from portalsync.config.yaml.syntax import MAX_DEPTH, directive, explain, too_deep
from portalsync.config.yaml.tabs import with_blanks
from portalsync.config.yaml.text import control_character, find_control_character
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import InvalidConfig
from portalsync.lexicon import Phrase, Text, phrase

MAX_EVENTS = 50_000
"""Each value, key and end of a collection is one."""
MAX_SCALAR = 64 * 1024
MAX_FINDINGS = 100


def parser_events(source: Source) -> Iterator[Event]:
    """Give the events as the parser finds them, one at a time."""
    parser = CParser(with_blanks(source.text))
    try:
        while event := parser.get_event():
            yield event
    except MarkedYAMLError as error:
        raise InvalidConfig([explain(error, source)]) from None
    except YAMLError as error:
        message = phrase("yaml.syntax.message_unread", reason=str(error))
        raise InvalidConfig([Diagnostic("yaml-syntax", message, Position(source.file))]) from None


class EventReader:
    """Reads the only document; notes what is wrong, or stops with `InvalidConfig` where it must."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._layout = Layout(source)
        self._depth = 0
        self._documents = 0
        self.events: list[Event] = []
        self.findings: list[Diagnostic] = []

    def read(self) -> None:
        for number, event in enumerate(parser_events(self._source)):
            if number > MAX_EVENTS:
                self._stop_counting(event)
            self._take(event)
        if not self.events or _is_nothing(self.events[0]):
            self._report_empty()
        self._note(between_values(self._source, self.events))

    def _take(self, event: Event) -> None:
        if isinstance(event, NodeEvent):
            self.events.append(event)
            if isinstance(event, ScalarEvent):
                self._scalar(event)
            else:
                self._open(event)
            if event.anchor is not None:
                self._reference(event, event.anchor)
        elif isinstance(event, CollectionEndEvent):
            self._depth -= 1
            self.events.append(event)
            self._note(self._layout.close(event))
        elif isinstance(event, DocumentStartEvent):
            self._document(event)

    def _scalar(self, event: ScalarEvent) -> None:
        if len(event.value) > MAX_SCALAR:
            message = phrase("yaml.text-size.message", characters=len(event.value))
            self._stop("yaml-size", message, event, phrase("yaml.text-size.expected", most=MAX_SCALAR))
        if event.tag is not None:
            self._tag(event, event.tag)
        elif event.style or self._layout.brackets:
            self._note(self._layout.scalar(event))
            self._escaped(event)

    def _escaped(self, event: ScalarEvent) -> None:
        if event.style == '"' and (character := find_control_character(event.value)):
            self._note([control_character(character, self._source.event_position(event))])

    def _open(self, event: NodeEvent) -> None:
        if not isinstance(event, CollectionStartEvent):
            return
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._note([too_deep(self._source.event_position(event))])
            raise InvalidConfig([])
        if event.tag is not None:
            self._tag(event, event.tag)
        self._layout.open(event)

    def _document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            message, expected = phrase("yaml.documents.message"), phrase("yaml.documents.expected")
            self._stop("yaml-documents", message, event, expected, phrase("yaml.documents.hint"))
        if event.version or event.tags:
            self._note([directive(self._source, start_of(event).line)])

    def _reference(self, event: NodeEvent, name: str) -> None:
        is_use = isinstance(event, AliasEvent)
        key = "yaml.reference.message_used" if is_use else "yaml.reference.message_named"
        message = phrase(key, name=shown(name))
        self._report("yaml-alias", message, event, hint=phrase("yaml.reference.hint"))

    def _tag(self, event: NodeEvent, tag: str) -> None:
        message = phrase("yaml.tag.message", tag=shown(tag.replace("tag:yaml.org,2002:", "!!")))
        self._report("yaml-tag", message, event, phrase("yaml.tag.expected"), phrase("yaml.tag.hint"))

    def _report_empty(self) -> None:
        message, expected = phrase("yaml.empty.message"), phrase("yaml.empty.expected")
        self._note([Diagnostic("yaml-empty", message, Position(self._source.file), expected=expected)])

    def _stop_counting(self, event: Event) -> NoReturn:
        expected = phrase("yaml.nodes.expected", most=MAX_EVENTS)
        self._stop("yaml-nodes", phrase("yaml.nodes.message"), event, expected)

    def _stop(
        self, code: str, message: Phrase, event: Event, expected: Text = "", hint: Text = ""
    ) -> NoReturn:
        self._report(code, message, event, expected, hint)
        raise InvalidConfig([])

    def _report(self, code: str, message: Phrase, event: Event, expected: Text = "", hint: Text = "") -> None:
        position = self._source.event_position(event)
        self._note([Diagnostic(code, message, position, expected=expected, hint=hint)])

    def _note(self, findings: list[Diagnostic]) -> None:
        if findings:
            self.findings += findings
            if len(self.findings) >= MAX_FINDINGS:
                raise InvalidConfig([])


def _is_nothing(event: Event) -> bool:
    return isinstance(event, ScalarEvent) and not (event.value or event.style or event.anchor or event.tag)
