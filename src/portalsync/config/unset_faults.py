"""What is said about `unset`: badly spelt, where it cannot stand, and in place of a value that is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.conform import Fault
from portalsync.catalog.option import Field
from portalsync.catalog.unset import SPELLING, UNSET, is_unset, takes_unset
from portalsync.config.yaml import Path
from portalsync.lexicon import Text, phrase


def of_values(found: Iterable[Fault]) -> Iterator[Fault]:
    """The same, but where a mapping could only say `unset`, any other is of the wrong type."""
    for fault in found:
        wrong_type = fault.keyword == "required" and fault.key == UNSET
        yield replace(fault, keyword="type", expected=fault.schema["type"], key="") if wrong_type else fault


def hint(fault: Fault) -> Text:
    """What to do, where it has to do with values that are not set, or entries that go; else empty."""
    if fault.path[-1:] == ("remove",) and fault.keyword == "const":
        return phrase("findings.unset.keep-entry")
    if fault.path[-1:] == (UNSET,) or (_is_misspelt(fault.value) and takes_unset(fault.schema)):
        return phrase("findings.unset.spelling", spelling=SPELLING)
    if _is_nothing(fault.value) and takes_unset(fault.schema):
        return phrase("findings.unset.instead", spelling=SPELLING)
    if fault.value is None and _is_in_entry(fault.path):
        return phrase("findings.unset.entry")
    if fault.key == UNSET or (fault.keyword == "type" and is_unset(fault.value)):
        return _where_it_stands(fault.path)
    return ""


def _where_it_stands(path: Path) -> Text:
    """Inside of a value, only the whole of it can be without; an entry goes by another key."""
    if whole := _value_around(path):
        return phrase("findings.unset.whole-value", name=whole, spelling=SPELLING)
    if path and isinstance(path[-1], int):
        return phrase("findings.unset.whole-entry")
    return phrase("findings.unset.entry" if _is_in_entry(path) else "findings.unset.elsewhere")


def _value_around(path: Path) -> str:
    """The field in whose value a path of a layer lies; empty if there is none, or no doing without."""
    keys = [str(step) for step in (path[1:] if path[:1] == ("options",) else path)]
    for length in range(2, len(keys)):
        field = FIELDS.get(pattern_of(".".join(keys[:length])))
        if isinstance(field, Field):
            return "" if field.required else field.name
    return ""


def _is_misspelt(value: Any) -> bool:
    """`unset`, `Unset: true`, `unset: yes` and the like, in place of a value."""
    if isinstance(value, dict):
        return len(value) == 1 and str(next(iter(value))).lower() == UNSET
    return isinstance(value, str) and value.strip().lower() == UNSET


def _is_nothing(value: Any) -> bool:
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())


def _is_in_entry(path: Path) -> bool:
    return path[:1] == ("options",) and any(isinstance(step, int) for step in path)
