"""What is said about one fault: what is wrong, what was expected, what to do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, reduce
from typing import Any

from portalsync.catalog.conform import Fault, validator
from portalsync.catalog.kinds.form import form_of
from portalsync.catalog.unset import SPELLING, UNSET, types_of_value
from portalsync.config.fault_values import cannot_be, flow_of, kind_of, name_of, shown_value
from portalsync.config.form_phrases import as_format, instead_of, of_format, of_pattern
from portalsync.config.keys import known_keys
from portalsync.config.meant import meant
from portalsync.config.unset_faults import hint
from portalsync.config.yaml import Path
from portalsync.diagnostics import Diagnostic, complaint
from portalsync.lexicon import LOCALES, Phrase, Text, counted, lexicon_of, phrase
from portalsync.model.json_value import JSONObject
from portalsync.suggest import did_you_mean, one_of, plain_id


def worded(found: Fault) -> Diagnostic:
    """By what the schema asks for; anything that it asks for is worded somehow. Without its position."""
    fault = as_format(found)
    wrong = _PHRASES.get(fault.keyword, _other)(fault)
    is_other_key = fault.keyword == "unknown" and fault.key != UNSET
    better = wrong.hint if is_other_key else hint(fault) or wrong.hint
    return replace(wrong, code=f"schema-{fault.keyword.lower()}", hint=better)


def nothing(path: Path) -> Phrase:
    """Of a value that is not there."""
    if not path:
        return phrase("findings.nothing.in-file")
    if isinstance(path[-1], str):
        return phrase("findings.nothing.after-key", key=path[-1])
    return phrase("findings.nothing.after-dash")


def _unknown(fault: Fault) -> Diagnostic:
    section = fault.path[-1] if fault.path else 0
    message = (
        phrase("findings.unknown-key.in", key=fault.key, section=section)
        if isinstance(section, str)
        else phrase("findings.unknown-key.here", key=fault.key)
    )
    return complaint(message, one_of(known_keys(fault.schema)), _unknown_hint(fault))


def _unknown_hint(fault: Fault) -> Text:
    first, dot, rest = fault.key.partition(".")
    if dot and first in known_keys(fault.schema):
        return phrase("findings.unknown-key.dotted", rest=rest.partition(".")[0], section=first)
    return did_you_mean(fault.key, known_keys(fault.schema)) or phrase("findings.unknown-key.hint")


def _required(fault: Fault) -> Diagnostic:
    wanted = fault.schema.get("properties", {})
    details: Any = wanted.get(fault.key, {}) if isinstance(wanted, dict) else {}
    fixed = details.get("const")
    return complaint(
        phrase("findings.missing-key.message", key=fault.key),
        f"{fault.key}: {fixed}" if fixed else f"{fault.key}: …",
        phrase("findings.missing-key.hint"),
    )


def _key(fault: Fault) -> Diagnostic:
    if isinstance(fault.expected, list):  # the keys that may stand beside `remove`, or `unset`
        return (
            _beside_unset(fault)
            if UNSET in fault.expected
            else complaint(
                phrase("findings.removed-with-more.message", key=fault.key),
                phrase("findings.removed-with-more.expected"),
                phrase("findings.removed-with-more.hint", key=fault.key),
            )
        )
    near = plain_id(fault.key)
    is_taken = near and validator({"pattern": str(fault.expected)}).is_valid(near)
    return complaint(
        phrase("findings.name.message", name=fault.key),
        phrase("findings.name.expected"),
        phrase("findings.type.write", value=near) if is_taken else phrase("findings.name.hint"),
    )


def _beside_unset(fault: Fault) -> Diagnostic:
    return complaint(
        phrase("findings.unset-with-more.message", name=name_of(fault), key=fault.key),
        phrase("findings.unset-with-more.expected", spelling=SPELLING),
        phrase("findings.unset-with-more.hint", key=fault.key),
    )


def _const(fault: Fault) -> Diagnostic:
    expected = shown_value(fault.expected)
    todo = "findings.const.kind" if fault.path == ("kind",) else "findings.type.write"
    return complaint(_other_than(expected, fault), expected, phrase(todo, value=expected))


def _other_than(expected: str, fault: Fault) -> Phrase:
    value = shown_value(fault.value)
    if fault.value is None:
        return nothing(fault.path)
    if value == expected:  # a text that only looks like it
        return phrase("findings.type.message", name=name_of(fault), what=kind_of(fault.value))
    return phrase("findings.const.message", name=name_of(fault), value=value)


def _enum(fault: Fault) -> Diagnostic:
    known = [value for value in fault.expected if isinstance(value, str)]
    value = str(fault.value)
    hint = _of_a_country(value, known) or instead_of(fault) or did_you_mean(value, known)
    return complaint(cannot_be(fault), one_of(known), hint)


def _of_a_country(value: str, known: Sequence[str]) -> Phrase | None:
    """For `de-AT` where languages are asked for."""
    language, *country = re.split("[-_]", value)
    if not country or language not in known or {*known} != {*LOCALES}:
        return None
    return phrase("findings.enum.country", language=language)


def _type(fault: Fault) -> Diagnostic:
    types = types_of_value({**fault.schema, "type": fault.expected})
    message = (
        nothing(fault.path)
        if fault.value is None
        else phrase("findings.type.message", name=name_of(fault), what=kind_of(fault.value))
    )
    wanted = [_wanted(each, fault) for each in types if each != "null"]
    return complaint(message, reduce(_either, wanted), _type_hint(types, fault))


def _either(first: Phrase, second: Phrase) -> Phrase:
    return phrase("findings.either", first=first, second=second)


def _wanted(kind: str, fault: Fault) -> Phrase:
    examples = fault.schema.get("examples")
    if kind == "object" and isinstance(examples, list) and examples:
        return phrase("findings.type.wanted.example", example=flow_of(examples[0]))
    if kind == "string" and (form := form_of(fault.schema)) and form.key not in _ANY_TEXT:
        return form
    return phrase(f"findings.type.wanted.{kind}")


_ANY_TEXT = ("findings.forms.line", "findings.forms.lines")


@cache
def _switched() -> Mapping[str, str]:
    """What people write for a switch, in all languages."""
    typed = [
        (name, lexicon_of(locale)(f"findings.typed.{name}"))
        for locale in LOCALES
        for name in ("true", "false")
    ]
    return {word: name for name, words in typed for word in words.split()}


def _type_hint(types: list[str], fault: Fault) -> Text:
    value, text = fault.value, str(fault.value).lower().rstrip(",;.")
    if "boolean" in types and text in _switched():
        is_quoted = str(value).lower() in ("true", "false")
        key = "findings.type.unquoted" if is_quoted else "findings.type.write"
        return phrase(key, value=_switched()[text])
    if "array" in types and isinstance(value, dict):
        return phrase("findings.type.dash", example=f"- {next(iter(value), 'id')}: …")
    if "object" in types and (switch := _switch_of(fault.schema)) and text in _switched():
        return phrase("findings.type.below", example=f"{switch}: {_switched()[text]}")
    better = meant(fault.schema, value)
    if better == str(value):
        return phrase("findings.type.quoted", value=f'"{text}"')
    return "" if better is None else phrase("findings.type.write", value=flow_of(better))


def _switch_of(schema: JSONObject) -> str:
    """The switch of an option that has one; the one for all of it, if there are more."""
    known: Any = schema.get("properties", {})
    switches = [name for name, each in known.items() if "boolean" in each.get("type", ())]
    return "enabled" if "enabled" in switches else switches[0] if len(switches) == 1 else ""


def _length(fault: Fault) -> Diagnostic:
    size = len(fault.value) if isinstance(fault.value, str | list | dict) else 0
    unit = "characters" if isinstance(fault.value, str) else "entries"
    bound = "most" if fault.keyword.startswith("max") else "least"
    limit = counted(f"findings.length.{bound}-{unit}", fault.expected)
    if bound == "least" and size == 0:
        keys: Any = fault.schema.get("properties", ())
        known = [key for key in keys if key != UNSET]
        empty = phrase("findings.nothing.empty", name=name_of(fault))
        return complaint(empty, one_of(known) if known else limit)
    hint = phrase(f"findings.length.cut-{unit}") if bound == "most" else ""
    return complaint(counted(f"findings.length.has-{unit}", size, name=name_of(fault)), limit, hint)


def _unique(fault: Fault) -> Diagnostic:
    return complaint(
        phrase("findings.same-twice.message", name=name_of(fault)),
        phrase("findings.same-twice.expected"),
        phrase("findings.same-twice.hint"),
    )


def _range(fault: Fault) -> Diagnostic:
    bound = "most" if fault.keyword == "maximum" else "least"
    return complaint(cannot_be(fault), phrase(f"findings.range.{bound}", number=fault.expected))


def _other(fault: Fault) -> Diagnostic:
    message = phrase(
        "findings.other.message", name=name_of(fault), value=shown_value(fault.value), keyword=fault.keyword
    )
    return complaint(message)


_PHRASES = {
    "unknown": _unknown,
    "required": _required,
    "key": _key,
    "const": _const,
    "enum": _enum,
    "type": _type,
    "pattern": of_pattern,
    "format": of_format,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "maxItems": _length,
    "minProperties": _length,
    "maxProperties": _length,
    "uniqueItems": _unique,
    "minimum": _range,
    "maximum": _range,
}
