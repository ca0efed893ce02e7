"""The one spelling for "not set on the portal", wherever a layer may give a value: `{unset: true}`."""

from typing import Any

from portalsync.catalog import pattern_of
from portalsync.catalog.option import Field
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.stored import stored_field
from portalsync.model.json_value import JSON, JSONObject

UNSET = "unset"
SPELLING = f"{{{UNSET}: true}}"
_MEANING = "Not set on the portal: the value that it has is taken away."
_SCHEMA: JSONObject = {"const": True, "markdownDescription": _MEANING}
_PROPERTIES: JSONObject = {"properties": {UNSET: _SCHEMA}}


def is_unset(value: Any) -> bool:
    """Whether a value of a layer says so; whether it may, and how, its schema knows."""
    return isinstance(value, dict) and UNSET in value


def or_unset(schema: JSONObject) -> JSONObject:
    """The same, or not set: `unset` alone, with no other key beside it."""
    alone: JSONObject = {"dependentSchemas": {UNSET: {"propertyNames": {"enum": [UNSET]}, **_PROPERTIES}}}
    known = schema.get("properties")
    if isinstance(known, dict):
        return {**schema, "properties": {**known, UNSET: _SCHEMA}, **alone}
    wider: JSONObject = {"type": [*_types(schema), "object"], "required": [UNSET], **alone}
    return {**_unless_mapping(schema), **_offer(schema), **wider}


def _offer(schema: JSONObject) -> JSONObject:
    """What editors offer to write; of a list they would offer it for each entry too."""
    if "items" in schema:
        return {}
    return {"defaultSnippets": [{"label": SPELLING, "markdownDescription": _MEANING, "body": {UNSET: True}}]}


def _unless_mapping(schema: JSONObject) -> JSONObject:
    """Where only a few values can be chosen, a mapping is none of them."""
    words: JSONObject = {key: schema[key] for key in ("enum", "markdownEnumDescriptions") if key in schema}
    rest = {key: value for key, value in schema.items() if key not in words}
    return {**rest, "anyOf": [words, {"type": "object"}]} if words else schema


def _types(schema: JSONObject) -> list[JSON]:
    types = schema["type"]
    return types if isinstance(types, list) else [types]


def takes_unset(schema: JSONObject) -> bool:
    dependent = schema.get("dependentSchemas")
    return isinstance(dependent, dict) and UNSET in dependent


def types_of_value(schema: JSONObject) -> list[str]:
    """The types that a value may have: a mapping is none where it can only say `unset`."""
    types = [str(each) for each in _types(schema)]
    return [each for each in types if each != "object" or schema.get("required") != [UNSET]]


def taking_away(claim: str) -> str:
    """What a layer writes so that the portal has nothing of what was claimed, on one line: the keys down to
    it, entries of lists by their ids.
    """
    path = claim.removesuffix(".*")
    field = stored_field(path)
    if isinstance(field, Field) and field.required:
        entries, entry, _ = path.rsplit(".", 2)
        return f"{_keys(entries)}: [{{id: {entry}, remove: true}}]"
    return f"{_keys(path)}: {SPELLING}"


def _keys(path: str) -> str:
    parts = zip(path.split("."), pattern_of(path).split("."), strict=True)
    keys = "".join(f"[{part}]" if place == "*" else f".{part}" for part, place in parts)
    return keys[1:] if keys.startswith(f".{PROFILE.key}.") else f"options{keys}"
