"""Which lines of a file belong to what."""

import re

from yaml.events import MappingStartEvent, ScalarEvent

from portalsync.config.edit.draft import Draft
from portalsync.config.yaml.nodes import Node
from portalsync.config.yaml.source import end_of, start_of

_HEADER = re.compile(r"[|>][-+0-9]*")


def is_block_scalar(node: Node) -> bool:
    return isinstance(node.value, ScalarEvent) and node.value.style in ("|", ">")


def is_flow(node: Node) -> bool:
    """Whether it is a collection in brackets or braces."""
    return bool(getattr(node.value, "flow_style", False))


def column(node: Node) -> int:
    """Where the parts of a block collection begin: their keys, or their dashes."""
    if isinstance(node.value, MappingStartEvent):
        return start_of(next(iter(node.children.values())).key).column
    return start_of(node.value).column


def first_line(draft: Draft, around: Node, part: Node) -> int:
    """The line with the key of a part, or with its dash."""
    line = start_of(part.key).line
    if not isinstance(around.value, MappingStartEvent):
        at = column(around)
        while draft.source.lines[line][at : at + 1] != "-":
            line -= 1
    return line


def last_line(draft: Draft, node: Node) -> int:
    """The last line with something of it: of blank lines below a text only where it keeps them."""
    start, end = start_of(node.last), end_of(node.last)
    if not isinstance(node.last, ScalarEvent) or node.last.style not in ("|", ">"):
        return min(end.line, len(draft.source.lines) - 1)
    last = end.line if end.column else end.line - 1
    last = min(last, len(draft.source.lines) - 2)
    while last > start.line and not _keeps(draft, node.last) and not draft.source.lines[last].strip():
        last -= 1
    return last


def _keeps(draft: Draft, event: ScalarEvent) -> bool:
    return "+" in header(draft, event)


def header(draft: Draft, event: ScalarEvent) -> str:
    """The sign of a text of lines of their own, with what follows it: `|`, `>-`, `|2+`."""
    start = start_of(event)
    match = _HEADER.match(draft.source.lines[start.line], start.column)
    assert match  # noqa: S101 - such a text begins with it
    return match[0]


def end(draft: Draft, node: Node) -> int:
    """Where the last part of it ends, without the line break of a text of lines."""
    if isinstance(node.last, ScalarEvent) and node.last.style in ("|", ">"):
        return draft.line_end(last_line(draft, node))
    return draft.end(node.last)


def is_blank(draft: Draft, line: int) -> bool:
    """Whether it is a line, and nothing is on it; the end of the file is none."""
    return line < len(draft.source.lines) - 1 and not draft.source.lines[line].strip()


def below_comments(draft: Draft, line: int, at: int) -> int:
    """The line below comments that begin here and are indented further than `at`: they belong above."""
    while _comment_column(draft.source.lines[line : line + 1]) > at:
        line += 1
    return line


def _comment_column(lines: list[str]) -> int:
    content = lines[0].lstrip(" ") if lines else ""
    return len(lines[0]) - len(content) if content.startswith("#") else -1
