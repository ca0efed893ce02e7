"""What a schema does not accept -> what a person reads about it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from portalsync.catalog.conform import Fault
from portalsync.catalog.schema import schema_at
from portalsync.catalog.unset import UNSET
from portalsync.config.fault_phrases import nothing, worded
from portalsync.config.keys import (
    below_section,
    empty_section,
    is_line,
    known_keys,
    line_meant,
    place_of,
)
from portalsync.config.unset_faults import of_values
from portalsync.config.yaml import Parsed, Path
from portalsync.diagnostics import MOST_IN_FILE, Diagnostic, Position, Severity, not_listed
from portalsync.lexicon import Phrase, phrase
from portalsync.model.json_value import JSONObject
from portalsync.suggest import nearest

_TELLING = ("type", "const", "enum", "pattern", "format")
"""Of several faults of one value, the first of these says most."""


def explain(found: Iterable[Fault], parsed: Parsed, schema: JSONObject) -> list[Diagnostic]:
    """One finding for each position, in the order of the file, keys with nothing after them among them; of
    very many, how many more there are. Only what is listed is worded: a word that may be meant costs much.
    """
    placed = _placed(found, parsed, schema)
    listed = [_finding(placed[at], parsed, at, schema) for at in sorted(placed)[:MOST_IN_FILE]]
    left = len(placed) - len(listed)
    return [*listed, *([not_listed(listed[0].position.file, Severity.ERROR, left)] if left else [])]


def _placed(found: Iterable[Fault], parsed: Parsed, schema: JSONObject) -> dict[Position, Fault | Diagnostic]:
    """What is wrong at each position."""
    first: dict[tuple[Path, str], Fault] = {}
    for fault in sorted(of_values(found), key=_rank):
        first.setdefault((fault.path, fault.key), fault)
    placed: dict[Position, Fault | Diagnostic] = {}
    for fault in _worth_telling(first.values()):
        placed.setdefault(_position(fault, parsed), fault)
    known = {_dotted(fault) for fault in first.values()}
    sections = ((fault.path, empty_section(fault, parsed.data)) for fault in first.values())
    known |= {".".join(map(str, (*path, section))) for path, section in sections if section}
    for empty in empty_values(parsed, schema):
        if empty.path not in known:
            placed.setdefault(empty.position, empty)
    return placed


def _worth_telling(faults: Collection[Fault]) -> Iterator[Fault]:
    """All but a key that is missing because it is misspelt."""
    unknown = [fault for fault in faults if fault.keyword == "unknown"][:MOST_IN_FILE]
    misspelt = {(fault.path, nearest(fault.key, known_keys(fault.schema))) for fault in unknown}
    for fault in faults:
        if not (fault.keyword == "required" and (fault.path, fault.key) in misspelt):
            yield fault


def _rank(fault: Fault) -> int:
    return _TELLING.index(fault.keyword) if fault.keyword in _TELLING else len(_TELLING)


def _finding(fault: Fault | Diagnostic, parsed: Parsed, position: Position, schema: JSONObject) -> Diagnostic:
    if isinstance(fault, Diagnostic):
        return fault
    wrong, line = worded(fault), line_meant(fault)
    is_elsewhere = fault.keyword == "unknown" and fault.key != UNSET
    hint = place_of(fault, parsed.data, schema) if is_elsewhere else ""
    better = replace(wrong, hint=hint or wrong.hint)
    if line is not None:
        better = replace(wrong, message=line.message, expected="", hint=line.hint)
    return replace(better, position=position, path=_dotted(fault))


def _dotted(fault: Fault) -> str:
    return ".".join(str(part) for part in (*fault.path, *([fault.key] if fault.key else [])))


def _position(fault: Fault, parsed: Parsed) -> Position:
    if fault.keyword in ("unknown", "key"):
        return parsed.key_position((*fault.path, fault.key))
    if fault.keyword == "required" and fault.path:
        return parsed.key_position(fault.path)
    return parsed.value_position(fault.path) if is_line(fault) else parsed.stated_position(fault.path)


def empty_values(parsed: Parsed, schema: JSONObject) -> Iterator[Diagnostic]:
    """Keys with nothing after them: YAML reads null there, and hardly anyone means it."""
    for path in _nulls(parsed.data, ()) if parsed.may_hold_null else ():
        position = parsed.value_position(path)
        text = position.source[position.marked :]
        if not text.lower().startswith(("null", "~")):
            yield Diagnostic(
                "value-empty",
                nothing(path),
                parsed.key_position(path),
                hint=_empty_hint(text.strip(), schema_at(schema, path)),
                path=".".join(map(str, path)),
            )


def _empty_hint(text: str, schema: JSONObject) -> Phrase:
    if text.startswith("#"):
        return phrase("findings.nothing.comment", value=f'"{text}"')
    return below_section(schema) or phrase("findings.nothing.hint")


def _nulls(data: Any, path: Path) -> Iterator[Path]:
    if data is None:
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _nulls(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _nulls(value, (*path, index))
