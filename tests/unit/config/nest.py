"""A change that a new version could ask for, and none does yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from yaml.events import CollectionStartEvent

from portalsync.config.edit.draft import Draft, TextEdit, insertion
from portalsync.config.migrations.change import replaced
from portalsync.config.yaml import Path
from portalsync.config.yaml.nodes import Node
from portalsync.config.yaml.source import end_of, start_of
from portalsync.model.json_value import JSON

_INDENTATION = 2


@dataclass(frozen=True, slots=True)
class Nest:
    """What stands at `path` moves below a new key there."""

    path: Path
    name: str

    def in_data(self, data: JSON) -> JSON:
        return replaced(data, self.path, lambda value: {self.name: value})

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        node = draft.node(self.path)
        if any(_is_flow(draft.node(self.path[:depth])) for depth in range(len(self.path))):
            yield from _in_braces(draft, node, self.name)
        else:
            yield from _on_a_line_of_its_own(draft, node, self.name)


def _is_flow(node: Node) -> bool:
    """Between brackets or braces."""
    return isinstance(node.value, CollectionStartEvent) and bool(node.value.flow_style)


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
