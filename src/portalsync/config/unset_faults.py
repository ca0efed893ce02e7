"""What is said about `unset`: badly spelt, where it cannot stand, and in place of a value that is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from portalsync.catalog.conform import Fault
from portalsync.catalog.unset import SPELLING, UNSET, takes_unset
from portalsync.config.yaml import Path
from portalsync.lexicon import Text, phrase


def of_values(found: Iterable[Fault]) -> Iterator[Fault]:
    """The same, but where a mapping could only say `unset`, any other is of the wrong type."""
    for fault in found:
        wrong_type = fault.keyword == "required" and fault.key == UNSET
        yield replace(fault, keyword="type", expected=fault.schema["type"], key="") if wrong_type else fault


def hint(fault: Fault) -> Text:
    """What to do, where it has to do with values that are not set; else empty."""
    if fault.path[-1:] == (UNSET,):
        return phrase("findings.unset.spelling", spelling=SPELLING)
    if _is_nothing(fault.value) and takes_unset(fault.schema):
        return phrase("findings.unset.instead", spelling=SPELLING)
    if fault.value is None and _is_in_entry(fault.path):
        return phrase("findings.unset.entry")
    if fault.key == UNSET and fault.path and isinstance(fault.path[-1], int):
        return phrase("findings.unset.whole-entry")
    if fault.key == UNSET or (fault.keyword == "type" and _says_unset(fault.value)):
        return phrase("findings.unset.entry" if _is_in_entry(fault.path) else "findings.unset.elsewhere")
    return ""


def _is_nothing(value: Any) -> bool:
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())


def _says_unset(value: Any) -> bool:
    return isinstance(value, dict) and UNSET in value


def _is_in_entry(path: Path) -> bool:
    return path[:1] == ("options",) and any(isinstance(step, int) for step in path)
