"""What a schema does not accept -> what a person reads about it."""

import difflib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from portalsync.catalog.conform import Fault
from portalsync.catalog.kinds.link import link_problem
from portalsync.catalog.kinds.localized import LOCALES
from portalsync.config.yaml import Parsed, Path
from portalsync.diagnostics import Diagnostic, Location

_TYPE_WORDS = {
    "array": "a list: lines that start with a dash",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_TELLING = ("type", "const", "enum", "pattern", "format")
"""Of several faults of one value, the first of these says most."""


def explain(found: Iterable[Fault], parsed: Parsed) -> list[Diagnostic]:
    """One finding for each place, in the order of the file."""
    told: dict[tuple[Path, str], Fault] = {}
    for fault in sorted(found, key=_rank):
        told.setdefault((fault.path, fault.key), fault)
    faults = list(told.values())
    missing = {(fault.path, _meant(fault)) for fault in faults if fault.keyword == "unknown"}
    return sorted(
        (
            _finding(fault, parsed)
            for fault in faults
            if not (fault.keyword == "required" and (fault.path, fault.key) in missing)
        ),
        key=Diagnostic.sort_key,
    )


def _rank(fault: Fault) -> int:
    return _TELLING.index(fault.keyword) if fault.keyword in _TELLING else len(_TELLING)


def _finding(fault: Fault, parsed: Parsed) -> Diagnostic:
    message, expected, hint = _WORDS.get(fault.keyword, _other)(fault)
    return Diagnostic(
        f"schema-{fault.keyword.lower()}",
        message,
        _location(fault, parsed),
        expected=expected,
        hint=_outdented(fault, parsed) or hint,
        path=".".join(str(part) for part in (*fault.path, *([fault.key] if fault.key else []))),
    )


def _location(fault: Fault, parsed: Parsed) -> Location:
    if fault.keyword in ("unknown", "key"):
        return parsed.key_location((*fault.path, fault.key))
    if fault.keyword == "required" and fault.path:
        return parsed.key_location(fault.path)
    return place_of(parsed, fault.path)


def place_of(parsed: Parsed, path: Path) -> Location:
    """Where a value stands; where its key stands if the value only begins below."""
    key, value = parsed.key_location(path), parsed.value_location(path)
    return value if value.line == key.line else key


def one_of(words: Iterable[str]) -> str:
    """`a`, or `one of a, b, c`."""
    known = [*words]
    return known[0] if len(known) == 1 else "one of " + ", ".join(known)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt word; empty when nothing is near."""
    near = _nearest(word, known)
    return f"Did you mean {near}?" if near else ""


def _nearest(word: str, known: Iterable[str]) -> str:
    lower = {each.lower(): each for each in known}
    near = difflib.get_close_matches(word.lower(), [*lower], n=1, cutoff=0.65)
    return lower[near[0]] if near else ""


def empty_values(parsed: Parsed) -> Iterator[Diagnostic]:
    """Keys with nothing after them: YAML reads null there, and hardly anyone means it."""
    for path in _nulls(parsed.data, ()):
        place = parsed.value_location(path)
        text = place.source[place.marked :]
        if not text.lower().startswith(("null", "~")):
            hint = "Give it a value, or write null if it is to stay as it is on the portal."
            if text.lstrip().startswith("#"):
                hint = f'A # begins a comment. Put the value into quotes: "{text.strip()}".'
            yield Diagnostic(
                "value-empty",
                f"Nothing stands after {path[-1]}.",
                parsed.key_location(path),
                hint=hint,
                path=".".join(map(str, path)),
            )


def _nulls(data: Any, path: Path) -> Iterator[Path]:
    if data is None:
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _nulls(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _nulls(value, (*path, index))


def _known(fault: Fault) -> list[str]:
    return [key for key in fault.expected if key != "$schema"]


def _meant(fault: Fault) -> str:
    return _nearest(fault.key, _known(fault))


def _unknown(fault: Fault) -> tuple[str, str, str]:
    where = f"in {fault.path[-1]}" if fault.path and isinstance(fault.path[-1], str) else "here"
    hint = did_you_mean(fault.key, _known(fault)) or "Remove it, or check its indentation."
    return f"The key {fault.key} is not known {where}.", one_of(_known(fault)), hint


def _outdented(fault: Fault, parsed: Parsed) -> str:
    """For a key that belongs to the empty one above it."""
    if fault.keyword != "unknown":
        return ""
    holder: Any = parsed.data
    for step in fault.path:
        holder = holder[step]
    sections: Any = fault.schema.get("properties", {})
    for name, section in sections.items():
        if fault.key in section.get("properties", ()) and holder.get(name, ...) is None:
            return f"If it belongs to {name}, indent it further than {name}."
    return ""


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
    expected = _shown(fault.expected)
    hint = f"Write {expected}."
    if fault.path == ("kind",):
        hint = f"Write {expected}, or move the file into the folder it belongs to."
    return f"{_name(fault)} cannot be {_shown(fault.value)} here.", expected, hint


def _enum(fault: Fault) -> tuple[str, str, str]:
    known = [str(value) for value in fault.expected if value is not None]
    hint = did_you_mean(str(fault.value), known)
    return f"{_name(fault)} cannot be {_shown(fault.value)}.", one_of(known), hint


def _type(fault: Fault) -> tuple[str, str, str]:
    types = fault.expected if isinstance(fault.expected, list) else [fault.expected]
    message = f"{_name(fault)} is {_kind_of(fault.value)}." if fault.value is not None else _nothing(fault)
    expected = " or ".join(_type_words(each, fault) for each in types if each != "null")
    return message, expected, _type_hint(types, fault)


def _nothing(fault: Fault) -> str:
    if not fault.path:
        return "The file is empty."
    return f"Nothing stands after {fault.path[-1] if isinstance(fault.path[-1], str) else 'the dash'}."


def _type_words(kind: str, fault: Fault) -> str:
    if kind != "object":
        return _TYPE_WORDS[kind]
    examples = fault.schema.get("examples")
    if isinstance(examples, list) and examples:
        return f"keys and values, for example {_flow(examples[0])}"
    return "keys and values, each on a line of its own"


def _type_hint(types: list[str], fault: Fault) -> str:
    value, text = fault.value, str(fault.value).lower()
    if "boolean" in types and text in ("yes", "on", "true", "no", "off", "false"):
        unquoted = ", without quotes" if text in ("true", "false") else ""
        return f"Write {'true' if text in ('yes', 'on', 'true') else 'false'}{unquoted}."
    if "string" in types and isinstance(value, int | float):
        return f'Put it in quotes: "{text}".'
    if "array" in types and isinstance(value, str):
        return f"Write [{value}]."
    if "array" in types and isinstance(value, dict):
        return f"Begin each entry with a dash: - {next(iter(value), 'id')}: …"
    known: Any = fault.schema.get("properties", {})
    if isinstance(value, bool) and "enabled" in known:
        return f"Write it on a line below, indented further: enabled: {text}"
    return ""


def _pattern(fault: Fault) -> tuple[str, str, str]:
    if fault.schema.get("format") == "portalsync-link":
        return _format(Fault("format", fault.path, fault.value, "portalsync-link", fault.schema))
    told = fault.schema.get("patternErrorMessage") or fault.schema.get("markdownDescription")
    expected = _phrase(str(told)) if told else "lower-case letters, digits and hyphens"
    if not str(fault.value).strip():
        return f"{_name(fault)} is blank.", expected, ""
    return f"{_name(fault)} cannot be {_shown(fault.value)}.", expected, ""


def _format(fault: Fault) -> tuple[str, str, str]:
    shown = _shown(fault.value)
    if fault.expected == "portalsync-link":
        return (
            f"The address {shown} cannot be used: {link_problem(str(fault.value))}.",
            "an address such as https://www.example.com/page",
            _link_hint(str(fault.value)),
        )
    if fault.expected == "portalsync-time-zone":
        return (
            f"There is no time zone {shown}.",
            "a name such as Europe/Berlin or America/New_York",
            _zone_hint(str(fault.value)),
        )
    form = "a day such as 2027-01-15"
    if fault.schema.get("maxLength"):
        form += ", or a time such as 2027-01-15T18:00"
    return f"There is no such day or time: {shown}.", form, ""


def _link_hint(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
        plain = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    if "@" in address and host:
        return f"It leads to {host}: what stands before the @ is no part of the address."
    if not host.isascii():
        return f"Write the host as {plain}."
    rest = address.partition("://")[2] or address
    better = f"https://{rest}"
    return f"Write {better}, if the page can be reached there." if not link_problem(better) else ""


def _zone_hint(name: str) -> str:
    from zoneinfo import available_timezones

    zones = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones()) if "/" in zone}
    near = _nearest(name.rpartition("/")[2], zones)
    return f"Did you mean {zones[near]}?" if near else ""


def _length(fault: Fault) -> tuple[str, str, str]:
    size = len(fault.value) if isinstance(fault.value, str | list | dict) else 0
    limit = fault.expected
    most = fault.keyword.startswith("max")
    unit = "character" if isinstance(fault.value, str) else "entry"
    if not most and size == 0:
        known: Any = fault.schema.get("properties")
        return (
            f"{_name(fault)} is empty.",
            one_of(known) if known else f"at least {_counted(limit, unit)}",
            "",
        )
    return (
        f"{_name(fault)} has {_counted(size, unit)}.",
        f"at {'most' if most else 'least'} {_counted(limit, unit)}",
        "Shorten it." if most else "",
    )


def _counted(number: int, unit: str) -> str:
    plural = {"entry": "entries"}.get(unit, f"{unit}s")
    return f"{number:,} {unit if number == 1 else plural}"


def _unique(fault: Fault) -> tuple[str, str, str]:
    return f"{_name(fault)} has the same entry twice.", "each entry once", "Remove one of them."


def _range(fault: Fault) -> tuple[str, str, str]:
    word = "most" if fault.keyword == "maximum" else "least"
    return f"{_name(fault)} cannot be {_shown(fault.value)}.", f"at {word} {fault.expected:,}", ""


def _other(fault: Fault) -> tuple[str, str, str]:
    return f"{_name(fault)} cannot be {_shown(fault.value)} ({fault.keyword}).", "", ""


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


def _name(fault: Fault) -> str:
    """What the value belongs to: its key, or the list it is an entry of."""
    if not fault.path:
        return "The file"
    if fault.path[-1] in LOCALES:
        return ".".join(str(step) for step in fault.path[-2:])
    if isinstance(fault.path[-1], str):
        return fault.path[-1]
    holders = [step for step in fault.path if isinstance(step, str)]
    return f"An entry of {holders[-1]}" if holders else "An entry"


def _phrase(sentence: str) -> str:
    """A sentence as it stands after a colon."""
    return (sentence[0].lower() + sentence[1:]).rstrip(".").replace("`", "")


def _flow(value: Any) -> str:
    """An example as one writes it on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    plain = isinstance(value, str) and value.replace("-", "").replace("_", "").isalpha()
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


def _shown(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    first = text.split("\n", 1)[0]
    return first if len(text) <= 60 and first == text else first[:60] + "…"  # noqa: PLR2004 - fits a line


def _kind_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a set of keys" if value else "empty"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    return f"the text “{_shown(value)}”" if value else "an empty text"
