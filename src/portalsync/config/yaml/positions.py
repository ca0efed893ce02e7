"""Where each key and value of a file stands; read again from the text when first asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yaml.events import ScalarEvent

from portalsync.config.yaml.nodes import Node, root_of
from portalsync.config.yaml.source import Source, end_of, start_of
from portalsync.diagnostics import Position


@dataclass(frozen=True, slots=True)
class PlainText:
    """A value without quotes, with what stands before and behind it on its lines."""

    path: tuple[str | int, ...]
    value: str
    position: Position
    end: Position
    before: str
    behind: str

    @property
    def is_on_one_line(self) -> bool:
        return self.position.line == self.end.line


class Positions:
    """The positions in a text that has been read without an error before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stated: dict[tuple[str | int, ...], Position] = {}

    def key(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).key)

    def value(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).value)

    def within(self, path: tuple[str | int, ...], text: str, start: int, length: int) -> Position:
        """Where a part of a text stands; where the whole begins if the part is spelt otherwise in the file.
        It is looked for by its first word, for lines may be folded.
        """
        event = self._nearest(path).value
        begin, end = map(self._source.index_of, (start_of(event), end_of(event)))
        if isinstance(event, ScalarEvent) and event.style in ("|", ">"):
            begin = self._source.text.index("\n", begin)
        word = next(iter(text[start : start + length].split()), "")
        at = _index(self._source.text[begin:end], word, text.count(word, 0, start)) if word else -1
        return (
            self._source.event_position(event) if at < 0 else self._source.position_at(begin + at, len(word))
        )

    def stated(self, path: tuple[str | int, ...]) -> Position:
        """Where a value stands; where its key stands if the value only begins below. Kept: of a file that
        firms share, each of them asks the same.
        """
        found = self._stated.get(path)
        if found is None:
            node = self._nearest(path)
            found = self._source.event_position(node.value)
            if found.line != start_of(node.key).line + 1:
                found = self._source.event_position(node.key)
            self._stated[path] = found
        return found

    def on_line(self, line: int) -> list[tuple[str | int, ...]]:
        """The ways to what begins on a line, or to the value of which it is a further line. None where
        there is a comment, a bracket or nothing.
        """
        at = line - 1
        node, path = self._root, tuple[str | int, ...]()
        while within := [step for step, child in node.children.items() if _has_line(child, at)]:
            begun = [step for step in within if start_of(node.children[step].key).line == at]
            if begun:
                return [(*path, step) for step in begun]
            node, path = node.children[within[0]], (*path, within[0])
        return [path] if isinstance(node.value, ScalarEvent) and path else []

    @property
    def text(self) -> str:
        return self._source.text

    def plain_texts(self) -> Iterator[PlainText]:
        """All values without quotes that are not empty."""
        return self._plain_below(self._root, ())

    def _plain_below(self, node: Node, path: tuple[str | int, ...]) -> Iterator[PlainText]:
        value = node.value
        if isinstance(value, ScalarEvent) and value.value and not value.style:
            yield self._plain_text(value, path)
        for step, child in node.children.items():
            yield from self._plain_below(child, (*path, step))

    def _plain_text(self, value: ScalarEvent, path: tuple[str | int, ...]) -> PlainText:
        start, end, lines = start_of(value), end_of(value), self._source.lines
        behind = lines[end.line][end.column :]
        return PlainText(
            path,
            value.value,
            self._source.event_position(value),
            self._source.position(end.line, end.column),
            lines[start.line][: start.column].lstrip(" "),
            behind,
        )

    def _nearest(self, path: tuple[str | int, ...]) -> Node:
        node = self._root
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return node

    @cached_property
    def _root(self) -> Node:
        return root_of(self._source)


def _has_line(node: Node, line: int) -> bool:
    """Lines count from 0. A text of lines of its own ends at the beginning of the next one."""
    end = end_of(node.last)
    return start_of(node.key).line <= line <= (end.line if end.column else end.line - 1)


def _index(text: str, word: str, number: int) -> int:
    """Where a word stands after so many others of it; -1 if it does not."""
    at = text.find(word)
    for _ in range(number):
        at = -1 if at < 0 else text.find(word, at + len(word))
    return at
