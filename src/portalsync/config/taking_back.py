"""How to take a promise back: which lines go."""

from typing import Any

from portalsync.config.yaml import Parsed, Path
from portalsync.diagnostics import Position
from portalsync.lexicon import Phrase, phrase


def taken_back(parsed: Parsed, at: Path) -> Phrase:
    """The lines to delete, with those that would be left without a promise. Where other things stand in the
    same lines: what to take out.
    """
    top = _topmost(parsed.data, at)
    first, last = parsed.key_position(top), parsed.value_position(at)
    lines = {"first": str(first.line), "last": str(last.line), "file": last.file}
    if not _are_whole_lines(first, last):
        block = str(_at(parsed.data, at))
        return phrase("findings.expect-broken.take-out", block=block, line=lines["last"], file=last.file)
    key = "delete-line" if first.line == last.line else "delete-lines"
    return phrase(f"findings.expect-broken.{key}", **lines)


def _topmost(data: Any, at: Path) -> Path:
    """The highest of the keys in which nothing but this stands, or the item itself."""
    top = at
    while len(top) > 1 and len(_at(data, top[:-1])) == 1:
        top = top[:-1]
    return top


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _are_whole_lines(first: Position, last: Position) -> bool:
    """Whether nothing else begins or ends in them: all before the first is indentation, and no bracket stays
    open or was opened above.
    """
    brackets = [
        sum(map(line.source.count, "[{")) - sum(map(line.source.count, "]}")) for line in (first, last)
    ]
    alone = first.source[: first.column - 1].strip() in {"", "-"}
    return alone and brackets == [0, 0] and "," not in last.source[last.column - 1 :].partition(" #")[0]
