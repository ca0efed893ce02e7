"""One look for config files, reached by edits of single lines: comments and all other lines stay as they are.

- The file begins without a byte order mark, and its lines end in LF.
- No line ends in spaces or tabs, except inside a text of several lines.
- The file ends with one line break, unless its last text keeps more of them (`|+`).
- `apiVersion`, `kind` and then `id` (or `firm`) come first; the comment right above a key moves along.
- An editor's modeline stands in the first line, where editors look for it.

Quotes, indentation, blank lines and the order of all other keys are the author's.
"""

from bisect import bisect_right
from collections.abc import Iterator

from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, NodeEvent, ScalarEvent

from portalsync.config.modeline import MODELINE
from portalsync.config.yaml import parse
from portalsync.config.yaml.events import parser_events
from portalsync.config.yaml.source import Source, end_of, start_of
from portalsync.config.yaml.text import read_text
from portalsync.errors import InvalidConfig
from portalsync.model.canonical import canonical

_FIRST = ("apiVersion", "kind", "id", "firm")


def formatted(content: bytes, file: str) -> bytes:
    """The file in its one look. InvalidConfig if it cannot be read: such a file is left alone."""
    meant = _meaning(content, file)
    text = read_text(content, file).text
    for step in (_trimmed, _in_order, _trimmed, _modeline_first):
        text = step(Source(file, text))
    result = text.encode()
    if _meaning(result, file) != meant:
        raise AssertionError(f"the format of {file} would change what it says")
    return result


def _meaning(content: bytes, file: str) -> bytes:
    return canonical(parse(content, file).data)


def _trimmed(source: Source) -> str:
    """Without blanks at the ends of lines and without blank lines at the end of the file."""
    texts = _Texts(source)
    lines: list[str] = []
    start, needed = 0, 1
    for line in source.lines:
        end = start + len(line)
        lines.append(line if texts.cover(end) else line.rstrip(" \t"))
        if lines[-1] or texts.cover(start):
            needed = len(lines)
        start = end + 1
    return "\n".join([*lines[:needed], ""])


class _Texts:
    """Where the texts of a file are, to tell a `#` or a space in them from one between them."""

    def __init__(self, source: Source) -> None:
        scalars = [event for event in parser_events(source) if isinstance(event, ScalarEvent)]
        self._starts = [start_of(scalar).index for scalar in scalars]
        self._ends = [_end(source, scalar) for scalar in scalars]

    def cover(self, index: int) -> bool:
        position = bisect_right(self._starts, index)
        return position > 0 and index < self._ends[position - 1]


def _end(source: Source, scalar: ScalarEvent) -> int:
    """Where a text ends; the empty lines below it are a part of it only where it keeps them."""
    start, end = start_of(scalar), end_of(scalar).index
    if scalar.style not in ("|", ">") or "+" in source.lines[start.line][start.column :].partition("#")[0]:
        return end
    return len(source.text[:end].rstrip("\n")) + 1


def _in_order(source: Source) -> str:
    """With the keys that say what the file is in front; as it was where they are not on one line each,
    or where a text above one of them would take over the blank lines below it.
    """
    entries = list(_entries(source))
    heads = [entry for name in _FIRST for entry in entries if entry[0].value == name]
    if heads == entries[: len(heads)] or not all(map(_is_one_line, heads)):
        return source.text
    first = start_of(entries[0][0]).line
    texts = _Texts(source)
    moved = [line for head in heads for line in _lines_of(source, texts, start_of(head[0]).line, first)]
    rest = [line for line in range(len(source.lines)) if line not in set(moved)]
    order = [*(line for line in rest if line < first), *moved, *(line for line in rest if line >= first)]
    text = "\n".join(source.lines[line] for line in order)
    return text if _say_the_same(source.text, text, source.file) else source.text


def _say_the_same(before: str, after: str, file: str) -> bool:
    try:
        return _meaning(before.encode(), file) == _meaning(after.encode(), file)
    except InvalidConfig:
        return False


def _entries(source: Source) -> Iterator[tuple[ScalarEvent, Event]]:
    """Keys and values at the top, if the file is written as lines of keys."""
    events = (each for each in parser_events(source) if isinstance(each, NodeEvent | CollectionEndEvent))
    root = next(events)
    if not isinstance(root, CollectionStartEvent) or root.flow_style:
        return
    while isinstance(key := next(events), ScalarEvent):
        value = next(events)
        yield key, value
        depth = int(isinstance(value, CollectionStartEvent))
        while depth:
            event = next(events)
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)


def _is_one_line(entry: tuple[ScalarEvent, Event]) -> bool:
    key, value = entry
    return isinstance(value, ScalarEvent) and start_of(key).line == end_of(value).line


def _lines_of(source: Source, texts: _Texts, key: int, first: int) -> range:
    """A key's line and the comment right above it; what stands above the first key is about the file."""
    start = key
    while start > first and key != first and _is_comment(source, texts, start - 1):
        start -= 1
    return range(start, key + 1)


def _is_comment(source: Source, texts: _Texts, line: int) -> bool:
    content = source.lines[line].lstrip(" ")
    column = len(source.lines[line]) - len(content)
    index = sum(len(each) + 1 for each in source.lines[:line]) + column
    return content.startswith("#") and not texts.cover(index)


def _modeline_first(source: Source) -> str:
    lines = source.lines
    for number, line in enumerate(lines):
        if not line.lstrip(" ").startswith("#") and line:
            break
        if MODELINE.fullmatch(line):
            return "\n".join([line, *lines[:number], *lines[number + 1 :]])
    return source.text
