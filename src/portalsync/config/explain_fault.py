"""What a schema does not accept -> what a person reads about it."""

import difflib
from collections.abc import Iterable
from typing import Any

from portalsync.catalog.conform import Fault
from portalsync.catalog.kinds.link import link_problem
from portalsync.config.yaml import Parsed
from portalsync.diagnostics import Diagnostic, Location

_TYPE_WORDS = {
    "object": "a mapping (key: value)",
    "array": "a list (lines that start with -)",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}


def explain(fault: Fault, parsed: Parsed) -> Diagnostic:
    """The finding for a fault, at the key for what is wrong with a key, else at the value."""
    words = _WORDS.get(fault.keyword, _other)
    message, expected, hint = words(fault)
    return Diagnostic(
        f"schema-{fault.keyword.lower()}",
        message,
        _location(fault, parsed),
        expected=expected,
        hint=hint,
        path=".".join(str(part) for part in (*fault.path, *([fault.key] if fault.key else []))),
    )


def _location(fault: Fault, parsed: Parsed) -> Location:
    if fault.keyword in ("unknown", "key"):
        return parsed.key_location((*fault.path, fault.key))
    if fault.keyword == "required" and fault.path:
        return parsed.key_location(fault.path)
    return parsed.value_location(fault.path)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt word; empty when nothing is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def _unknown(fault: Fault) -> tuple[str, str, str]:
    known = [key for key in fault.expected if key != "$schema"]
    where = f"in {fault.path[-1]}" if fault.path and isinstance(fault.path[-1], str) else "here"
    hint = did_you_mean(fault.key, known) or "Remove it, or check its indentation."
    return f"The key {fault.key} is not known {where}.", "one of " + ", ".join(known), hint


def _required(fault: Fault) -> tuple[str, str, str]:
    wanted = fault.schema.get("properties", {})
    details: Any = wanted.get(fault.key, {}) if isinstance(wanted, dict) else {}
    fixed = details.get("const")
    example = f"{fault.key}: {fixed}" if fixed else f"{fault.key}: …"
    return f"The key {fault.key} is missing.", example, "Add it."


def _key(fault: Fault) -> tuple[str, str, str]:
    return (
        f"The name {fault.key} cannot be used here.",
        "lower-case letters, digits and hyphens",
        "Choose another name.",
    )


def _const(fault: Fault) -> tuple[str, str, str]:
    return f"The value {_shown(fault.value)} is not the one expected here.", _shown(fault.expected), ""


def _enum(fault: Fault) -> tuple[str, str, str]:
    known = [str(value) for value in fault.expected if value is not None]
    hint = did_you_mean(str(fault.value), known)
    return f"The value {_shown(fault.value)} cannot be chosen here.", "one of " + ", ".join(known), hint


def _type(fault: Fault) -> tuple[str, str, str]:
    types = fault.expected if isinstance(fault.expected, list) else [fault.expected]
    expected = " or ".join(_TYPE_WORDS[each] for each in types if each != "null" or len(types) == 1)
    hint = ""
    if "boolean" in types and str(fault.value).lower() in ("yes", "no", "on", "off"):
        hint = f"Write {'true' if str(fault.value).lower() in ('yes', 'on') else 'false'}."
    elif "string" in types and isinstance(fault.value, int | float):
        hint = f'Put it in quotes: "{fault.value}".'
    return f"This is {_kind_of(fault.value)}, which does not fit here.", expected, hint


def _pattern(fault: Fault) -> tuple[str, str, str]:
    expected = str(fault.schema.get("patternErrorMessage", f"a text of the form {fault.expected}"))
    return f"The text {_shown(fault.value)} does not have the form expected here.", expected, ""


def _format(fault: Fault) -> tuple[str, str, str]:
    shown = _shown(fault.value)
    if fault.expected == "portalsync-link":
        return (
            f"The address {shown} cannot be used: {link_problem(str(fault.value))}.",
            "a full https:// address with a plain host name",
            "",
        )
    if fault.expected == "portalsync-time-zone":
        return f"There is no time zone {shown}.", "an IANA name such as Europe/Berlin", ""
    return (
        f"There is no such day or time: {shown}.",
        "2027-01-15, or 2027-01-15T18:00 in the firm's time zone",
        "",
    )


def _length(fault: Fault) -> tuple[str, str, str]:
    size = len(fault.value) if isinstance(fault.value, str | list | dict) else 0
    limit = fault.expected
    most = fault.keyword.startswith("max")
    unit = "characters" if isinstance(fault.value, str) else "entries"
    if not most and size == 0:
        return (
            "This is empty.",
            f"at least {limit} {unit if limit > 1 else unit.replace('ies', 'y').rstrip('s')}",
            "",
        )
    return f"This has {size:,} {unit}.", f"at {'most' if most else 'least'} {limit:,} {unit}", ""


def _unique(_fault: Fault) -> tuple[str, str, str]:
    return "An entry stands here twice.", "each entry once", "Remove one of them."


def _range(fault: Fault) -> tuple[str, str, str]:
    word = "most" if fault.keyword == "maximum" else "least"
    return f"The number {_shown(fault.value)} is out of range.", f"at {word} {fault.expected}", ""


def _other(fault: Fault) -> tuple[str, str, str]:
    return f"The value {_shown(fault.value)} does not fit here ({fault.keyword}).", "", ""


_WORDS = {
    "unknown": _unknown,
    "required": _required,
    "key": _key,
    "const": _const,
    "enum": _enum,
    "type": _type,
    "pattern": _pattern,
    "format": _format,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "maxItems": _length,
    "minProperties": _length,
    "uniqueItems": _unique,
    "minimum": _range,
    "maximum": _range,
}


def _shown(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    first = text.split("\n", 1)[0]
    return first if len(text) <= 60 and first == text else first[:60] + "…"  # noqa: PLR2004 - fits a line


def _kind_of(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"{str(value).lower()} (true or false)"
    if isinstance(value, int | float):
        return f"the number {value}"
    return f"the text {_shown(value)}"
