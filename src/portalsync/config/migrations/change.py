"""The changes that a new version can ask for: each does the same to the data and to the text.

The text changes by positions only. Comments, quotes, line breaks and all other lines stay as they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from yaml.events import CollectionStartEvent, ScalarEvent

from portalsync.config.edit.draft import Draft, TextEdit, insertion
from portalsync.config.yaml import Path
from portalsync.config.yaml.nodes import Node
from portalsync.config.yaml.source import end_of, start_of
from portalsync.model.json_value import JSON

_INDENTATION = 2


class Change(Protocol):
    """`path` leads to what changes, in the data as the changes before have left it."""

    @property
    def path(self) -> Path: ...

    def in_data(self, data: JSON) -> JSON: ...

    def in_text(self, draft: Draft) -> Iterator[TextEdit]: ...


@dataclass(frozen=True, slots=True)
class Rename:
    """The key at `path` gets another name."""

    path: Path
    name: str

    def in_data(self, data: JSON) -> JSON:
        return _replaced(data, self.path[:-1], lambda holder: _renamed(holder, str(self.path[-1]), self.name))

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        yield _written(draft, draft.node(self.path).key, self.name)


@dataclass(frozen=True, slots=True)
class Nest:
    """What stands at `path` moves below a new key there."""

    path: Path
    name: str

    def in_data(self, data: JSON) -> JSON:
        return _replaced(data, self.path, lambda value: {self.name: value})

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        node = draft.node(self.path)
        if any(draft.node(self.path[:depth]).is_flow for depth in range(len(self.path))):
            yield from _in_braces(draft, node, self.name)
        else:
            yield from _on_a_line_of_its_own(draft, node, self.name)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The text at `path` becomes another."""

    path: Path
    text: str

    def in_data(self, data: JSON) -> JSON:
        return _replaced(data, self.path, lambda _: self.text)

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        yield _written(draft, draft.node(self.path).value, self.text)


def _renamed(holder: JSON, old: str, new: str) -> JSON:
    assert isinstance(holder, dict)  # noqa: S101 - a key has a mapping around it
    return {new if key == old else key: value for key, value in holder.items()}


def _replaced(data: JSON, path: Path, change: Callable[[JSON], JSON]) -> JSON:
    if not path:
        return change(data)
    step, *rest = path
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], _replaced(data[step], tuple(rest), change), *data[step + 1 :]]
    assert isinstance(data, dict)  # noqa: S101 - a path leads through lists and mappings
    return {
        key: _replaced(value, tuple(rest), change) if key == step else value for key, value in data.items()
    }


def _written(draft: Draft, event: object, text: str) -> TextEdit:
    """Another word in the same quotes."""
    assert isinstance(event, ScalarEvent)  # noqa: S101 - only texts are written over
    quote = event.style if event.style in ("'", '"') else ""
    return TextEdit(draft.start(event), draft.end(event), f"{quote}{text}{quote}")


def _in_braces(draft: Draft, node: Node, name: str) -> Iterator[TextEdit]:
    yield insertion(draft.start(node.value), f"{{{name}: ")
    yield insertion(draft.end(node.last), "}")


def _on_a_line_of_its_own(draft: Draft, node: Node, name: str) -> Iterator[TextEdit]:
    key, value = start_of(node.key), start_of(node.value)
    further = _indentation(node)
    opened = draft.line_break(key.line) + " " * (key.column + further) + f"{name}:"
    if value.line == key.line:
        yield TextEdit(draft.end(node.key) + 1, draft.start(node.value), f"{opened} ")
    else:
        yield insertion(draft.line_end(key.line), opened)
    for line in range(key.line + 1, _end_line(draft, node) + 1):
        if draft.source.lines[line]:
            yield insertion(draft.line_start(line), " " * further)


def _indentation(node: Node) -> int:
    """How far the author indents here."""
    key, value = start_of(node.key), start_of(node.value)
    is_below = value.line > key.line and isinstance(node.value, CollectionStartEvent)
    return (value.column - key.column if is_below else 0) or _INDENTATION


def _end_line(draft: Draft, node: Node) -> int:
    """The last line that moves along: of the value, or of the comments below that are indented like it."""
    end, lines = end_of(node.last), draft.source.lines
    last = end.line if end.column else end.line - 1
    for line in range(last + 1, len(lines)):
        content = lines[line].lstrip(" ")
        if content and (content[0] != "#" or len(lines[line]) - len(content) <= start_of(node.key).column):
            break
        last = line if content else last
    return last
