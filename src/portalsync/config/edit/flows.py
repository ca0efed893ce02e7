"""Edits of mappings and lists in braces and brackets."""

import re
from collections.abc import Iterator

from portalsync.config.edit import written
from portalsync.config.edit.delta import Added, Delta
from portalsync.config.edit.draft import Draft, TextEdit, deletion, insertion
from portalsync.config.yaml.nodes import Node
from portalsync.config.yaml.source import start_of
from portalsync.model.json_value import JSON

_COMMA = re.compile(r"[ \t]*,[ \t]*")


def parts_changed(draft: Draft, delta: Delta) -> Iterator[TextEdit]:
    for number in delta.gone():
        yield _gone(draft, delta, number)
    for added in delta.added:
        yield _added(draft, delta, added)


def _gone(draft: Draft, delta: Delta, number: int) -> TextEdit:
    """With its comma: the one behind it while others follow, else the one before it."""
    part = delta.nodes[number]
    if number < max(delta.staying):
        return deletion(draft.start(part.key), draft.start(delta.nodes[number + 1].key))
    before = draft.end(delta.nodes[number - 1].last)
    gap = draft.text[before : draft.start(part.key)]
    if "#" not in gap:
        return deletion(before, draft.end(part.last))
    comma = _COMMA.match(draft.text, draft.end(part.last))
    return deletion(draft.start(part.key), comma.end() if comma else draft.end(part.last))


def _added(draft: Draft, delta: Delta, added: Added) -> TextEdit:
    text = written.flow(added.value) if added.key is None else written.flow_entry(added.key, added.value)
    if added.behind < 0:
        return insertion(draft.start(delta.nodes[0].key), f"{text}, ")
    above = delta.nodes[added.behind]
    return insertion(draft.end(above.last), f",{_break(delta, above)}{text}")


def _break(delta: Delta, above: Node) -> str:
    """What stands between parts: a line break where each is on a line of its own."""
    first = delta.nodes[0]
    if len(delta.nodes) == 1 or start_of(first.key).line == start_of(delta.nodes[1].key).line:
        return " "
    return "\n" + " " * start_of(above.key).column


def value_changed(draft: Draft, node: Node, after: JSON) -> TextEdit:
    start, end = draft.start(node.value), draft.end(node.last)
    text = written.flow(after, getattr(node.value, "style", ""))
    return TextEdit(start, end, text if draft.text[start - 1].isspace() or start < end else f" {text}")
