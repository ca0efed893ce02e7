"""Settings as they are stored: which paths there are, and which values they can have."""

import re
from functools import cache

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.conform import Fault, Validator, faults, validator
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.option import AnyField, Field
from portalsync.model.json_value import JSON

IDENTIFIER = re.compile(IDENTIFIER_PATTERN)


def stored_field(path: str) -> AnyField | None:
    """The definition of a path that is exactly as the catalogue writes it, ids included."""
    pattern = pattern_of(path)
    parts = path.split(".")
    places = pattern.split(".")
    if pattern not in FIELDS or len(parts) != len(places):
        return None
    ids = (part for part, place in zip(parts, places, strict=True) if place == "*")
    return FIELDS[pattern] if all(IDENTIFIER.fullmatch(each) for each in ids) else None


def value_fault(path: str, value: JSON) -> Fault | None:
    """What is wrong with the value of a field; None if nothing is."""
    return next(faults(_validator(pattern_of(path)), value), None)


def can_be_stored(path: str, value: JSON) -> bool:
    """Whether the path is one of a field, and the value one that it can have."""
    return isinstance(stored_field(path), Field) and value_fault(path, value) is None


@cache
def _validator(pattern: str) -> Validator:
    field = FIELDS[pattern]
    assert isinstance(field, Field)  # noqa: S101 - asked for after the path was found to be a field
    return validator(field.kind.stored_schema())
