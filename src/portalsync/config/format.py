"""One look for config files, reached by edits of single lines: comments and all other lines stay as they are.

- The file begins without a byte order mark, and its lines end in LF.
- No line ends in spaces or tabs, except inside a text of several lines.
- The file ends with one line break, unless its last text keeps more of them (`|+`).
- `apiVersion`, `kind` and then `id` (or `firm`) come first; the comment right above a key moves along.
- An editor's modeline stands in the first line, where editors look for it.

Quotes, indentation, blank lines and the order of all other keys are the author's.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, NodeEvent, ScalarEvent

from portalsync.config.edit.draft import Draft, TextEdit, deletion, insertion
from portalsync.config.edit.edited import edited, says
from portalsync.config.editors.modeline import MODELINE
from portalsync.config.yaml import parse
from portalsync.config.yaml.events import parser_events
from portalsync.config.yaml.source import Source, end_of, start_of

_NOT_PLAIN = re.compile(r"^\ufeff|\r(?=\n)")
_FIRST = ("apiVersion", "kind", "id", "firm")


def formatted(content: bytes, file: str) -> bytes:
    """The file in its one look. InvalidConfig if it cannot be read: such a file is left alone."""
    return edited(content, file, _plain, _trimmed, _in_order, _trimmed, _modeline_first)


def _plain(draft: Draft) -> Iterator[TextEdit]:
    """Without a byte order mark, and with LF for CRLF."""
    return (deletion(*match.span()) for match in _NOT_PLAIN.finditer(draft.text))


def _trimmed(draft: Draft) -> Iterator[TextEdit]:
    """Without blanks at the ends of lines and without blank lines at the end of the file."""
    lines, texts = draft.source.lines, _Texts(draft.source)
    blanks = [0 if texts.cover(draft.line_end(n)) else _blanks(line) for n, line in enumerate(lines)]
    needed = [n for n, line in enumerate(lines) if len(line) > blanks[n] or texts.cover(draft.line_start(n))]
    last = max(needed, default=0)
    for n in range(last + 1):
        if blanks[n]:
            yield deletion(draft.line_end(n) - blanks[n], draft.line_end(n))
    yield TextEdit(draft.line_end(last), len(draft.text), "\n")


def _blanks(line: str) -> int:
    """How many blanks end it."""
    return len(line) - len(line.rstrip(" \t"))


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


def _in_order(draft: Draft) -> Sequence[TextEdit]:
    """With the keys that say what the file is in front; as it was where they are not on one line each,
    or where a text above one of them would take over the blank lines below it.
    """
    source = draft.source
    entries = list(_entries(source))
    heads = [entry for name in _FIRST for entry in entries if entry[0].value == name]
    if heads == entries[: len(heads)] or not all(map(_is_one_line, heads)):
        return ()
    first = start_of(entries[0][0]).line
    texts = _Texts(source)
    moved = [line for head in heads for line in _lines_of(source, texts, start_of(head[0]).line, first)]
    edits = [*_moved(draft, moved, first)]
    data = parse(draft.text.encode(), source.file).data
    return edits if says(draft.edited(edits), source.file, data) else ()


def _moved(draft: Draft, lines: Sequence[int], before: int) -> Iterator[TextEdit]:
    """These lines, in this order, in front of another."""
    spans = [(draft.line_start(line), draft.line_start(line + 1)) for line in lines]
    yield insertion(draft.line_start(before), "".join(draft.text[start:end] for start, end in spans))
    yield from (deletion(start, end) for start, end in spans)


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


def _modeline_first(draft: Draft) -> Iterator[TextEdit]:
    for number, line in enumerate(draft.source.lines):
        if not line.lstrip(" ").startswith("#") and line:
            break
        if MODELINE.fullmatch(line):
            return _moved(draft, [number], 0)
    return iter(())
