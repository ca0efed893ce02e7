"""What has drifted, in pieces of which each goes one way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portalsync.catalog import field_of
from portalsync.catalog.entries import whole_entry
from portalsync.catalog.option import ListField
from portalsync.model.edit import ABSENT, Edit


@dataclass(frozen=True, slots=True)
class Piece:
    """A setting; or an entry that somebody added or took away, in a list that is the whole truth, with all
    that it has.
    """

    path: str
    edits: tuple[Edit, ...]


def pieces(edits: Iterable[Edit]) -> Sequence[Piece]:
    """In their order, those of one entry together where it came or went."""
    known = {each.path: each for each in edits}
    by_path: dict[str, list[Edit]] = {}
    for path, each in known.items():
        entry = whole_entry(path)
        whole = entry if entry and _came_or_went(entry, known) else path
        by_path.setdefault(whole, []).append(each)
    return [Piece(path, tuple(some)) for path, some in by_path.items()]


def _came_or_went(entry: str, known: dict[str, Edit]) -> bool:
    """What it cannot be without was not there, or is not."""
    field = field_of(entry.rpartition(".")[0])
    assert isinstance(field, ListField)  # noqa: S101 - entries are entries of lists
    needed = (known.get(f"{entry}.{name}") for name in field.required)
    return any(each and ABSENT in (each.before, each.after) for each in needed)
