"""Where each key and value of a file stands; read again from the text when first asked for."""

from functools import cached_property

from portalsync.config.yaml.nodes import Node, root_of
from portalsync.config.yaml.source import Source, start_of
from portalsync.diagnostics import Position


class Positions:
    """The positions in a text that has been read without an error before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stated: dict[tuple[str | int, ...], Position] = {}

    def key(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).key)

    def value(self, path: tuple[str | int, ...]) -> Position:
        return self._source.event_position(self._nearest(path).value)

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
