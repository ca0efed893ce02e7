"""Edits of mappings and lists that stand on lines of their own, and of values in them."""

from collections.abc import Iterator

from yaml.events import ScalarEvent

from portalsync.config.edit import spans, written
from portalsync.config.edit.delta import Added, Delta
from portalsync.config.edit.draft import Draft, TextEdit, deletion, insertion
from portalsync.config.edit.folded import folded
from portalsync.config.yaml import Path
from portalsync.config.yaml.nodes import Node
from portalsync.config.yaml.source import start_of
from portalsync.model.json_value import JSON


def parts_changed(draft: Draft, path: Path, around: Node, delta: Delta) -> Iterator[TextEdit]:
    """Lines that go, and lines that come, of what stands at `path`."""
    for number in delta.gone():
        yield from _gone(draft, around, delta, number)
    for added in delta.added:
        yield _added(draft, path, around, delta, added)


def _gone(draft: Draft, around: Node, delta: Delta, number: int) -> Iterator[TextEdit]:
    part = delta.nodes[number]
    first, behind = spans.first_line(draft, around, part), spans.last_line(draft, part) + 1
    start = draft.line_start(first) + spans.column(around)
    if draft.source.lines[first][: spans.column(around)].strip():  # the dash of an item is before it
        yield deletion(start, _next_start(draft, around, delta, number))
        return
    is_last = number == len(delta.nodes) - 1
    above = is_last and number - 1 in delta.staying and _is_below_blank(draft, around, delta, number)
    below = not is_last and _is_below_blank(draft, around, delta, number) and spans.is_blank(draft, behind)
    yield deletion(draft.line_start(first - above), draft.line_start(behind + below))


def _is_below_blank(draft: Draft, around: Node, delta: Delta, number: int) -> bool:
    """Whether a blank line is above a part, or nothing of what it is in."""
    first = spans.first_line(draft, around, delta.nodes[number])
    if number == 0:
        return first == start_of(around.key).line + 1
    return spans.is_blank(draft, first - 1) and spans.last_line(draft, delta.nodes[number - 1]) < first - 1


def _next_start(draft: Draft, around: Node, delta: Delta, number: int) -> int:
    """Up to where the first part of an item goes, on whose line its dash is: up to the next part, unless a
    comment is between them.
    """
    part, following = delta.nodes[number : number + 2]
    until = spans.end(draft, part)
    start = draft.line_start(spans.first_line(draft, around, following)) + spans.column(around)
    return until if draft.text[until:start].strip() else start


def _added(draft: Draft, path: Path, around: Node, delta: Delta, added: Added) -> TextEdit:
    at = spans.column(around)
    if added.key is None:
        in_lines = any(each.children and not spans.is_flow(each) for each in delta.nodes)
        text = block(written.item(added.value, in_lines=in_lines), at)
    else:
        text = block(written.entry_at((*path, added.key), added.value), at)
    if added.behind < 0 and added.key is None:
        return insertion(draft.line_start(spans.first_line(draft, around, delta.nodes[0])), text)
    behind = added.behind if added.behind >= 0 else delta.first
    line = _below(draft, around, delta, behind)
    blank = "\n" if _is_spaced(draft, path, around, delta, behind) else ""
    return insertion(draft.line_start(line), blank + text)


def _below(draft: Draft, around: Node, delta: Delta, number: int) -> int:
    """The line below a part, and below the comments that belong to it."""
    line = spans.last_line(draft, delta.nodes[number]) + 1
    return spans.below_comments(draft, line, spans.column(around))


def _is_spaced(draft: Draft, path: Path, around: Node, delta: Delta, number: int) -> bool:
    """Whether a blank line stands between a part and its neighbour; where there is none, between options. It
    does between what a file is, the profile and the options.
    """
    if not path:
        return True
    for above in (number, number - 1):
        if 0 <= above < len(delta.nodes) - 1:
            return spans.is_blank(draft, _below(draft, around, delta, above))
    return path == ("options",)


def value_changed(draft: Draft, at: int, path: Path, node: Node, after: JSON) -> Iterator[TextEdit]:
    """Another value of a key that stands in the column `at`."""
    head, lines = _split(draft, at, path, node, after)
    if spans.is_block_scalar(node):
        yield from _in_place_of_text(draft, at, node, head, lines)
    elif isinstance(node.value, ScalarEvent) or spans.is_flow(node):
        yield from _in_place_of_line(draft, at, node, head, lines)
    else:
        yield insertion(_behind_colon(draft, node), head)
        first = spans.first_line(draft, node, next(iter(node.children.values())))
        yield _lines(draft, first, spans.last_line(draft, node), block(lines, at))


def _split(draft: Draft, at: int, path: Path, node: Node, after: JSON) -> tuple[str, list[str]]:
    """What stands behind the colon, and the lines below it."""
    first, *lines = written.entry_at(path, after)
    style = node.value.style if isinstance(node.value, ScalarEvent) else None
    if isinstance(after, str) and style in ("|", ">") and written.can_be_lines(after):
        return _text_lines(draft, node, after)
    if isinstance(after, str) and not lines and style in ("'", '"'):
        return f" {written.scalar(after, style=style)}", []
    if isinstance(after, str) and lines and _would_swallow(draft, at, node):
        return " " + written.scalar(after, style='"'), []
    return first.removeprefix(f"{written.scalar(str(path[-1]))}:"), lines


def _text_lines(draft: Draft, node: Node, after: str) -> tuple[str, list[str]]:
    """Lines below the sign that the text has, as far as they can stay."""
    assert isinstance(node.value, ScalarEvent)  # noqa: S101 - texts are scalars
    sign, line = spans.header(draft, node.value), start_of(node.value).line
    if sign in (">", ">-"):
        column = _column(draft, line)
        before = [each[column:] for each in draft.source.lines[line + 1 : spans.last_line(draft, node) + 1]]
        if (lines := folded(before, sign, after)) is not None:
            return f" {sign}", written.indented(lines)
    return f" {written.block_header(after)}", written.indented(after.removesuffix("\n").split("\n"))


def _would_swallow(draft: Draft, at: int, node: Node) -> bool:
    """Whether a comment below would be a part of a text of lines."""
    below = spans.last_line(draft, node) + 1
    return spans.below_comments(draft, below, at) > below


def _in_place_of_text(draft: Draft, at: int, node: Node, head: str, lines: list[str]) -> Iterator[TextEdit]:
    """A comment behind the sign of the text stays."""
    assert isinstance(node.value, ScalarEvent)  # noqa: S101 - texts are scalars
    start, sign = draft.start(node.value), spans.header(draft, node.value)
    line = start_of(node.value).line
    yield TextEdit(start - (not head), start + len(sign), head.removeprefix(" "))
    yield _lines(
        draft, line + 1, spans.last_line(draft, node), block(lines, at + _further(draft, line, sign, at))
    )


def _further(draft: Draft, line: int, sign: str, at: int) -> int:
    """How many columns further to the right a text stands than it would be written."""
    column = _column(draft, line)
    return 0 if any(map(str.isdigit, sign)) or column <= at else column - at - written.STEP


def _column(draft: Draft, line: int) -> int:
    """Where the text below a line begins."""
    first = next((each for each in draft.source.lines[line + 1 :] if each.strip()), "")
    return len(first) - len(first.lstrip(" "))


def _in_place_of_line(draft: Draft, at: int, node: Node, head: str, lines: list[str]) -> Iterator[TextEdit]:
    start, end = draft.start(node.value), draft.end(node.last)
    if start == end or not head:
        behind = _behind_colon(draft, node)
        while start > behind and draft.text[start - 1].isspace():
            start -= 1
        yield TextEdit(start, max(start, end), head)
    else:
        yield TextEdit(start, end, head.removeprefix(" "))
    if lines:
        yield insertion(draft.line_start(spans.last_line(draft, node) + 1), block(lines, at))


def _behind_colon(draft: Draft, node: Node) -> int:
    return draft.text.index(":", draft.end(node.key)) + 1


def _lines(draft: Draft, first: int, last: int, text: str) -> TextEdit:
    return TextEdit(draft.line_start(first), draft.line_start(last + 1), text)


def block(lines: list[str], at: int) -> str:
    return "".join(f"{' ' * at}{line}\n" if line else "\n" for line in lines)
