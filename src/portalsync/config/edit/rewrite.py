"""A file that is to hold other data: only what differs is written anew, where it stands.

Comments stay, unless they stand inside of what goes. Entries of lists are known by their ids.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portalsync.config.edit import blocks, flows, spans
from portalsync.config.edit.delta import Delta, delta
from portalsync.config.edit.draft import Draft, TextEdit
from portalsync.config.edit.edited import says
from portalsync.config.edit.written import check_can_stand, document
from portalsync.config.yaml import Path, parse
from portalsync.config.yaml.nodes import Node
from portalsync.diagnostics import Position
from portalsync.errors import InvalidConfig
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON

_DEPTHS = (20, 4, 3, 2, 1)
"""How far down differences are looked for, one after the other until the file says what it should: what is
written as nobody writes is replaced as a whole.
"""


def rewritten(content: bytes, file: str, data: JSON) -> bytes:
    """The file once it holds this data; the same bytes if it does already.

    InvalidConfig if it cannot be read, or if no file can hold such data.
    """
    before = parse(content, file).data
    if canonical(before) == canonical(data):
        return content
    check_can_stand(data, file)
    for depth in _DEPTHS:
        draft = Draft(content, file)
        edits = _Differences(draft, depth).of((), draft.node(()), before, data)
        after = draft.edited(_as_lines_end(draft, edits))
        if says(after, file, data):
            return after
    check_readable(data, file)
    raise AssertionError(f"the edits of {file} would change what it says")


def check_readable(data: JSON, file: str) -> None:
    """InvalidConfig for what no file can say, however it is written, such as more than fits into one."""
    assert isinstance(data, dict)  # noqa: S101 - as all files of a configuration
    try:
        parse(document(data).encode(), file)
    except InvalidConfig as error:
        nowhere = [replace(each, position=Position(file)) for each in error.diagnostics]
        raise InvalidConfig(nowhere) from error


@dataclass(frozen=True, slots=True)
class _Differences:
    draft: Draft
    depth: int
    in_flow: bool = False
    at: int = 0
    """The column of the key."""

    def of(self, path: Path, node: Node, before: JSON, after: JSON) -> Iterator[TextEdit]:
        if canonical(before) == canonical(after):
            return
        changed = delta(node, before, after) if len(path) < self.depth else None
        if changed is not None:
            yield from self._in_parts(path, node, changed)
        elif self.in_flow:
            yield flows.value_changed(self.draft, node, after)
        else:
            yield from blocks.value_changed(self.draft, self.at, path, node, after)

    def _in_parts(self, path: Path, node: Node, changed: Delta) -> Iterator[TextEdit]:
        in_flow = spans.is_flow(node)
        below = replace(self, in_flow=in_flow, at=0 if in_flow else spans.column(node))
        for each in changed.staying.values():
            yield from below.of((*path, each.step), each.node, each.before, each.after)
        if in_flow:
            yield from flows.parts_changed(self.draft, changed)
        else:
            yield from blocks.parts_changed(self.draft, path, node, changed)


def _as_lines_end(draft: Draft, edits: Iterable[TextEdit]) -> Iterator[TextEdit]:
    """With the line breaks of the file, and one before what comes at the end of a line that has none."""
    ending = draft.line_break(0)
    needs_break = not draft.text.endswith("\n")
    for each in edits:
        text = each.text.replace("\n", ending)
        if needs_break and each.start == len(draft.text) and text.endswith("\n"):
            text, needs_break = ending + text, False
        yield TextEdit(each.start, each.end, text)
