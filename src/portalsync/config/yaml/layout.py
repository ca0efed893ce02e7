"""Rules of YAML 1.2 about indentation and comments that libyaml does not keep.

Each of them is about a document that one program reads and another refuses, or reads differently.
"""

import re
from bisect import bisect_right

from yaml.error import Mark
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, ScalarEvent

from portalsync.config.yaml.source import Source, end_of, start_of
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import counted, phrase

_BLANKS = " \t"
_BLOCK_HEADER = re.compile(r"[|>](?P<indent>[-+]?[1-9]|)[-+]?(?:[ \t]+(?:#.*)?)?")
# Each starts with the rarer character and only then looks back, and is alone: several times faster, twice.
_SUSPECTS = (re.compile(r"#(?<=\S#)"), re.compile(r"\?(?<![^\s\[{,:-]\?)"))
# What may not stand between two values; a proper comment is matched only to be skipped.
_BETWEEN = re.compile(r"(?P<glued>(?<=\S)#)|(?P<asked>\?)|#[^\n]*")
LONE_INDICATORS = frozenset("-?:")


class Layout:
    """Follows the collections that are open, and knows how far their content has to be indented."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._columns = [-1]
        self.brackets: list[Mark] = []
        """Where the brackets and braces begin that are open."""

    def open(self, event: CollectionStartEvent) -> None:
        if event.flow_style:
            self.brackets.append(start_of(event))
        else:
            self._columns.append(start_of(event).column)

    def close(self, event: CollectionEndEvent) -> list[Diagnostic]:
        if not self.brackets:
            self._columns.pop()
            return []
        start = self.brackets.pop()
        if self.brackets or start.line == end_of(event).line:
            return []
        return self._indented(start, end_of(event), "#")

    def scalar(self, event: ScalarEvent) -> list[Diagnostic]:
        if not event.style:
            return self._lone_indicator(event) if self.brackets else []
        if event.style in "|>":
            return self._block_scalar(event)
        start, end = start_of(event), end_of(event)
        return self._indented(start, end) if end.line != start.line else []

    def _indented(self, start: Mark, end: Mark, comment: str = "") -> list[Diagnostic]:
        """Find the first line of a flow collection or quoted text that is indented too little."""
        least = self._columns[-1] + 1
        for number in range(start.line + 1, end.line + 1):
            line = self._source.lines[number]
            content = line.lstrip(_BLANKS)
            if not content or (comment and content.startswith(comment)):
                continue
            spaces = len(line) - len(line.lstrip(" "))
            if spaces < least:
                return [self._too_far_left(number, spaces, least, start)]
        return []

    def _too_far_left(self, line: int, spaces: int, least: int, start: Mark) -> Diagnostic:
        position = self._source.position(line, spaces)
        if self._source.lines[line][spaces : spaces + 1] == "\t":
            return tab_for_indentation(self._source, line, spaces)
        opened, opened_in = self._source.text[start.index], str(start.line + 1)
        return Diagnostic(
            "yaml-indentation",
            phrase("yaml.too-far-left.message", opened=opened, line=opened_in),
            position,
            expected=counted("yaml.too-far-left.expected", least),
            hint=phrase("yaml.too-far-left.hint"),
        )

    def _lone_indicator(self, event: ScalarEvent) -> list[Diagnostic]:
        if event.value not in LONE_INDICATORS:
            return []
        return [
            Diagnostic(
                "yaml-syntax",
                phrase("yaml.lone-sign.message", sign=event.value),
                self._source.event_position(event),
                hint=phrase("yaml.lone-sign.hint", quoted=f'"{event.value}"'),
            )
        ]

    def _block_scalar(self, event: ScalarEvent) -> list[Diagnostic]:
        start = start_of(event)
        if start.column <= self._columns[-1]:
            return [self._sign_too_far_left(start)]
        header = _BLOCK_HEADER.fullmatch(self._source.lines[start.line], start.column)
        if header is None:
            return [self._bad_header(start)]
        if not header["indent"] and not event.value.strip("\n"):
            return self._comment_as_text(end_of(event))
        return []

    def _sign_too_far_left(self, start: Mark) -> Diagnostic:
        return Diagnostic(
            "yaml-indentation",
            phrase("yaml.sign-too-far-left.message", sign=self._source.text[start.index]),
            self._source.position(start.line, start.column),
            hint=phrase("yaml.sign-too-far-left.hint"),
        )

    def _bad_header(self, start: Mark) -> Diagnostic:
        sign = self._source.text[start.index]
        return Diagnostic(
            "yaml-syntax",
            phrase("yaml.long-text.message", sign=sign),
            self._source.position(start.line, start.column),
            expected=phrase("yaml.long-text.expected", sign=sign),
            hint=phrase("yaml.long-text.hint"),
        )

    def _comment_as_text(self, end: Mark) -> list[Diagnostic]:
        """After blank lines only, libyaml skips as a comment what YAML 1.2 reads as the text itself."""
        for number in range(end.line, len(self._source.lines)):
            content = self._source.lines[number].lstrip(" ")
            if content:
                column = len(self._source.lines[number]) - len(content)
                return [self._ambiguous(number, column)] if self._is_text(content, column) else []
        return []

    def _is_text(self, content: str, column: int) -> bool:
        return content[0] == "#" and column > self._columns[-1]

    def _ambiguous(self, line: int, column: int) -> Diagnostic:
        return Diagnostic(
            "yaml-indentation",
            phrase("yaml.comment-or-text.message"),
            self._source.position(line, column),
            hint=phrase("yaml.comment-or-text.hint"),
        )


def suspects(text: str) -> list[int]:
    """Each `#` and `?` that programs read differently if it is outside of values."""
    return sorted(match.start() for each in _SUSPECTS for match in each.finditer(text))


def between_values(source: Source, events: list[Event]) -> list[Diagnostic]:
    """Find each `#` and `?` outside of values that programs read differently."""
    indexes = suspects(source.text)
    if not indexes:
        return []
    scalars = [event for event in events if isinstance(event, ScalarEvent)]
    gaps = dict.fromkeys(_gap(scalars, index, len(source.text)) for index in indexes)
    matches = [match for gap in gaps for match in _BETWEEN.finditer(source.text, *gap)]
    return [_out_of_place(source, match) for match in matches if match.lastgroup]


def _gap(scalars: list[ScalarEvent], index: int, end: int) -> tuple[int, int]:
    """Give the span between two values that an index lies in; an empty one if it lies in a value."""
    following = bisect_right(scalars, index, key=_start_index)
    last = end_of(scalars[following - 1]).index if following else 0
    if index < last:
        return (0, 0)
    return (last, _start_index(scalars[following]) if following < len(scalars) else end)


def _start_index(event: Event) -> int:
    return start_of(event).index


def _out_of_place(source: Source, match: re.Match[str]) -> Diagnostic:
    position = source.position_at(match.start())
    if match.lastgroup == "asked":
        message, hint = phrase("yaml.key.long-form.message"), phrase("yaml.key.long-form.hint")
        return Diagnostic("yaml-key-type", message, position, hint=hint)
    message, hint = phrase("yaml.comment-glued.message"), phrase("yaml.comment-glued.hint")
    return Diagnostic("yaml-syntax", message, position, hint=hint)


def tab_for_indentation(source: Source, line: int, column: int) -> Diagnostic:
    return Diagnostic(
        "yaml-tab",
        phrase("yaml.tab.message"),
        source.position(line, column),
        expected=phrase("yaml.tab.expected"),
        hint=phrase("yaml.tab.hint"),
    )
