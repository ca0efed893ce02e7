"""Settings as they are stored: which paths there are, and which values they can have."""

import re
from functools import cache, lru_cache

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.conform import Fault, Validator, faults, validator
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.option import AnyField, Field
from portalsync.model.json_value import JSON
from portalsync.model.settings import LONGEST_REMEMBERED

IDENTIFIER = re.compile(IDENTIFIER_PATTERN)


def stored_field(path: str) -> AnyField | None:
    """The definition of a path that is exactly as the catalogue writes it, ids included."""
    return _remembered_field(path) if len(path) <= LONGEST_REMEMBERED else _stored_field(path)


@lru_cache(10_000)
def _remembered_field(path: str) -> AnyField | None:
    return _stored_field(path)


def _stored_field(path: str) -> AnyField | None:
    pattern = pattern_of(path)
    parts = path.split(".")
    places = pattern.split(".")
    if pattern not in FIELDS or len(parts) != len(places):
        return None
    ids = (part for part, place in zip(parts, places, strict=True) if place == "*")
    return FIELDS[pattern] if all(IDENTIFIER.fullmatch(each) for each in ids) else None


def value_fault(path: str, value: JSON) -> Fault | None:
    """What is wrong with the value of a field; None if nothing is."""
    checker = _validator(pattern_of(path))
    return None if checker.is_accepted(value) else next(faults(checker, value), None)


def can_be_stored(path: str, value: JSON) -> bool:
    """Whether the path is one of a field, and the value one that it can have."""
    return isinstance(stored_field(path), Field) and value_fault(path, value) is None


@cache
def _validator(pattern: str) -> Validator:
    field = FIELDS[pattern]
    assert isinstance(field, Field)  # noqa: S101 - asked for after the path was found to be a field
    return validator(field.kind.stored_schema())
