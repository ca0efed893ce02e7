"""What is the same value in two spellings; each kind of value says so."""

from collections.abc import Iterator
from typing import cast

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.option import Field
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, differing


def normal(path: str, value: JSON) -> JSON:
    """The spelling that portalsync writes, of a value as it is stored. What the catalogue does not know, or a
    portal holds in another type, stays as it is.
    """
    field = FIELDS.get(pattern_of(path))
    return field.kind.normal(value) if isinstance(field, Field) else value


def is_same(path: str, one: JSON, other: JSON) -> bool:
    """Whether nobody could tell the two values apart."""
    return canonical(normal(path, one)) == canonical(normal(path, other))


def spelt_as(path: str, held: JSON, wanted: JSON) -> JSON:
    """The wanted value, spelt as the one that is held wherever the two are the same: language by language."""
    if isinstance(held, dict) and isinstance(wanted, dict):
        return {
            key: held[key] if key in held and is_same(path, {key: held[key]}, {key: value}) else value
            for key, value in wanted.items()
        }
    return held if is_same(path, held, wanted) else wanted


def is_portals_own(path: str, value: JSON) -> bool:
    """Whether the portal does the same while nobody sets a value: one that fills in forms writes such by
    itself.
    """
    field = FIELDS.get(pattern_of(path))
    return isinstance(field, Field) and is_same(path, value, cast("JSON", field.default))


def differing_values(before: Settings, after: Settings) -> Iterator[str]:
    """Paths that only one has, or with values that somebody could tell apart; sorted."""
    for path in differing(before, after):
        if path not in before or path not in after or not is_same(path, before[path], after[path]):
            yield path
