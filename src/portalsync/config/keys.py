"""Keys that stand at the wrong place, and lines that were meant to be a key and its value."""

import re
from collections.abc import Iterator
from typing import Any

from portalsync.catalog.conform import Fault
from portalsync.catalog.schema import schema_at
from portalsync.catalog.unset import UNSET
from portalsync.config.fault_values import flow_of
from portalsync.config.yaml.mistakes import BULLETS, ODD_BLANKS
from portalsync.diagnostics import Diagnostic, complaint
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.model.json_value import JSONObject

_PAIR = re.compile(r"(?P<key>[A-Za-z_]\w*)(?P<colon>:?)\s*=?\s*(?P<value>\S.*)", re.DOTALL)
_GLUED_DASH = re.compile(r"-(?P<first>[^\s-]\S*)")
_BULLET = re.compile(rf"(?P<sign>[{BULLETS}])\s+(?P<first>[^{BULLETS}]*[^{BULLETS}\s])")
_STARTS_ODD = re.compile(f"[{ODD_BLANKS}]")

_ODD_BLANK = complaint(phrase("yaml.mistakes.odd-blank"), hint=phrase("yaml.mistakes.odd-blank-hint"))


def known_keys(schema: JSONObject) -> list[str]:
    """Those that a schema names, but for what editors and layers have besides."""
    known: Any = schema.get("properties", ())
    return sorted(key for key in known if key not in ("$schema", UNSET))


def is_line(fault: Fault) -> bool:
    """Whether a text that was refused is itself a line, or several."""
    return _line_in(fault) is not None


def line_meant(fault: Fault) -> Diagnostic | None:
    """What is wrong with a key, or with a text in place of keys, that was to be a key and its value; nothing
    if it was not.
    """
    if fault.keyword == "unknown" and _STARTS_ODD.match(fault.key):
        return _ODD_BLANK
    if fault.keyword == "unknown":
        return _pair(fault.key, fault.schema) if fault.value is None else None
    return _line_in(fault)


def _line_in(fault: Fault) -> Diagnostic | None:
    if fault.keyword != "type" or not isinstance(fault.value, str):
        return None
    if "array" in fault.expected:
        if found := _GLUED_DASH.match(fault.value):
            return _mistaken("dash-glued", "", f"- {found['first']}")
        if found := _BULLET.match(fault.value):
            return _mistaken("bullet", found["sign"], f"- {found['first']}")
    return _pair(fault.value, fault.schema)


def _pair(text: str, schema: JSONObject) -> Diagnostic | None:
    keys: Any = schema.get("properties", ())
    found = _PAIR.match(text)
    if found is None or found["key"] not in keys:
        return None
    if _STARTS_ODD.match(text, found.end("colon")):
        return _ODD_BLANK
    value = re.split(rf"\s+(?:{'|'.join(map(re.escape, keys))})\b", found["value"])[0]
    name = "no-blank" if found["colon"] else "no-colon"
    return _mistaken(name, found["key"], f"{found['key']}: {value}")


def _mistaken(name: str, sign: str, line: str) -> Diagnostic:
    return complaint(
        phrase(f"yaml.mistakes.{name}", sign=sign), hint=phrase("yaml.mistakes.write", text=line)
    )


def empty_section(fault: Fault, data: Any) -> str:
    """The empty section above a key to which it belongs; the empty text if there is none."""
    for step in fault.path:
        data = data[step]
    key = _STARTS_ODD.sub("", fault.key)
    sections = (each for each in _sections_with(key, fault.schema) if data.get(each, ...) is None)
    return next(sections, "") if fault.keyword == "unknown" else ""


def place_of(fault: Fault, data: Any, schema: JSONObject) -> Text:
    """Where a key is known that is not known where it stands; empty if nowhere near, or in several places."""
    if section := empty_section(fault, data):
        return phrase("findings.unknown-key.outdented", section=section)
    below = [*_sections_with(fault.key, fault.schema)]
    if len(below) == 1:
        return phrase("findings.unknown-key.below", section=below[0])
    for depth in range(len(fault.path) - 1, -1, -1):
        beside = fault.path[depth]
        if isinstance(beside, str) and fault.key in known_keys(schema_at(schema, fault.path[:depth])):
            return phrase("findings.unknown-key.beside", beside=beside)
        below = [*_sections_with(fault.key, schema_at(schema, fault.path[:depth]))]
        if len(below) == 1:
            return phrase("findings.unknown-key.below", section=below[0])
    return ""


def _sections_with(key: str, schema: JSONObject) -> Iterator[str]:
    known: Any = schema.get("properties", {})
    return (name for name, section in known.items() if key in section.get("properties", ()))


def below_section(schema: JSONObject) -> Phrase | None:
    """What to write below a section in which nothing stands; None if it is none."""
    properties: Any = schema.get("properties", {})
    if not known_keys(schema):
        return None
    examples = (
        f"{name}: {flow_of(each['examples'][0])}" for name, each in properties.items() if each.get("examples")
    )
    example = next(examples, "")
    return (
        phrase("findings.nothing.section", example=example)
        if example
        else phrase("findings.nothing.sections")
    )
