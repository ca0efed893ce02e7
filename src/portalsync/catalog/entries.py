"""Entries that go and come as one: those of lists that are the whole truth."""

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.option import Authority, ListField
from portalsync.model.settings import parents

_WHOLE = {
    path
    for path, field in FIELDS.items()
    if isinstance(field, ListField) and field.authority is Authority.AUTHORITATIVE
}


def whole_entry(pattern: str) -> str:
    """The entry in which a path lies, or a pattern of one, if its list is the whole truth; else empty."""
    path = pattern_of(pattern)
    depths = (
        each.count(".") + 2 for each in parents(path) if each in _WHOLE and path.startswith(f"{each}.*.")
    )
    return next((".".join(pattern.split(".")[:depth]) for depth in depths), "")
