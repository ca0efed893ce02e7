"""`defaults.yaml`, `groups/<group>.yaml`, `firms/<firm>.yaml`: the layers, with a section for each option."""

import json
import re

from portalsync.catalog import OPTIONS
from portalsync.catalog.files.document import ID, document
from portalsync.catalog.files.ignore import IGNORED
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.kinds.basic import IDENTIFIER
from portalsync.catalog.option import AnyField, Authority, ListField, Option
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.unset import or_unset
from portalsync.model.json_value import JSON, JSONObject

_PLAIN = re.compile(r"[^\W\d_][\w .;!?/()-]*(?<! )")
SAMPLE = "sample"
"""The key that keeps a firm's file from every portal but one on this machine."""
STOP_INHERITING = "Stop inheriting: leave it as it is on the portal."


PREVIOUSLY = "previously"
_PREVIOUSLY: JSONObject = {
    PREVIOUSLY: {
        **IDENTIFIER.schema(),
        "markdownDescription": "The id that it had before, if only that has changed: then nothing goes and "
        "nothing comes. Once it is applied everywhere, the line can go.",
    }
}
"""For lists whose ids are the files' own; those of the others are the portal's."""


def _defaults() -> JSONObject:
    return _layer("Defaults", "The lowest layer: what all firms of the network start from.", {}, ())


def _group() -> JSONObject:
    more: JSONObject = {"id": _id("The group's id; the file is `groups/<id>.yaml`.")}
    return _layer("Group", "A layer that firms share.", more, ("id",))


def _firm() -> JSONObject:
    more: JSONObject = {
        "id": _id("The firm's id on the portal; the file is `firms/<id>.yaml`."),
        "groups": {
            "type": "array",
            "markdownDescription": "The groups whose layers this firm takes, later ones win.",
            "items": {**IDENTIFIER.schema()},
            "uniqueItems": True,
            "maxItems": 20,
        },
        PREVIOUSLY: {
            **IDENTIFIER.schema(),
            "markdownDescription": "The id under which the portal knows the firm, if its file has another "
            "one since: on the portal it keeps that, with all that it has there.",
        },
        SAMPLE: {
            "const": True,
            "markdownDescription": "What this file says is made up, as `portalsync init` wrote it: plans for "
            "any portal but an embedded one are refused.",
        },
    }
    return _layer("Firm", "One accounting firm: one portal.", more, ("id",))


DEFAULTS = FileKind("defaults", _defaults, file="defaults.yaml", is_layer=True)
GROUP = FileKind("group", _group, folder="groups", is_layer=True)
FIRM = FileKind("firm", _firm, folder="firms", is_layer=True)


def _id(description: str) -> JSONObject:
    return {**ID, "markdownDescription": description}


def _layer(kind: str, description: str, more: JSONObject, required: tuple[str, ...]) -> JSONObject:
    return document(
        kind,
        description,
        {
            **more,
            **IGNORED,
            "profile": _section(PROFILE),
            "options": {
                "type": ["object", "null"],
                "markdownDescription": "What clients find in the portal, option by option. "
                "What no file sets, stays as it is on the portal.",
                "properties": {option.key: _section(option) for option in OPTIONS},
                "additionalProperties": False,
                "defaultSnippets": [
                    {**_snippet(option), "body": {option.key: _example_section(option)}} for option in OPTIONS
                ],
            },
        },
        required,
    )


def _section(option: Option) -> JSONObject:
    properties: dict[str, JSON] = {field.name: _property(field) for field in option.all_fields}
    section: JSONObject = {
        "type": ["object", "null"],
        "markdownDescription": option.description,
        "properties": properties,
        "additionalProperties": False,
        "defaultSnippets": [{**_snippet(option), "body": _example_section(option)}],
    }
    return or_unset(section)


def _snippet(option: Option) -> JSONObject:
    return {"label": f"{option.key}: example", "markdownDescription": option.description}


def _property(field: AnyField, *, can_be_left: bool = True) -> JSONObject:
    """It `can_be_left` as it is on the portal unless a list around it is the whole truth."""
    described: JSONObject = {"markdownDescription": field.description}
    if isinstance(field, ListField):
        taken = _list(field, can_be_left=can_be_left)
        return {**or_unset(nullable(taken) if can_be_left else taken), **described}
    taken = nullable(field.kind.schema()) if can_be_left else field.kind.schema()
    taken = taken if field.required else or_unset(taken)
    return {**taken, **described, "examples": [*field.examples]}


def _list(field: ListField, *, can_be_left: bool) -> JSONObject:
    left = can_be_left and field.authority is Authority.ADDITIVE
    properties: dict[str, JSON] = {
        "id": {
            **field.ids.schema(),
            "markdownDescription": "Its id; layers merge entries by it.",
        },
        "remove": {
            "const": True,
            "markdownDescription": "The entry goes, from lower layers and from the portal.",
        },
        **({} if field.authority is Authority.ADDITIVE else _PREVIOUSLY),
        **{each.name: _property(each, can_be_left=left) for each in field.fields},
    }
    return {
        "type": "array",
        "maxItems": field.limit,
        "items": {
            "type": "object",
            "properties": properties,
            "required": ["id"],
            "additionalProperties": False,
            "dependentSchemas": {"remove": {"propertyNames": {"enum": ["id", "remove"]}}},
            "defaultSnippets": [
                {"label": f"{field.name}: one entry", "body": _example_entry(field)},
            ],
        },
    }


def nullable(schema: JSONObject) -> JSONObject:
    """The same, or null: a layer may stop inheriting any value."""
    wider: JSONObject = {**schema, "type": [schema["type"], "null"]}
    if isinstance(schema.get("enum"), list):
        wider["enum"] = [*_list_of(schema, "enum"), None]
        wider["markdownEnumDescriptions"] = [*_list_of(schema, "markdownEnumDescriptions"), STOP_INHERITING]
    return wider


def _list_of(schema: JSONObject, key: str) -> list[JSON]:
    value = schema[key]
    return value if isinstance(value, list) else []


def _example_section(option: Option) -> JSONObject:
    return {field.name: _example(field) for field in option.fields}


def _example(field: AnyField) -> JSON:
    return [_example_entry(field)] if isinstance(field, ListField) else _typed(field.examples[0])


def _example_entry(field: ListField) -> JSONObject:
    required = [each for each in field.fields if isinstance(each, ListField) or each.required]
    return {"id": "${1:id}", **{each.name: _example(each) for each in required}}


def _typed(value: JSON) -> JSON:
    """A value whose texts can be typed into a file as they are: editors put no quotes around them."""
    if isinstance(value, dict):
        return {key: _typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if not isinstance(value, str) or _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
