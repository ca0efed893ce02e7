"""What all files of a configuration have in common, and the pieces that their schemas are made of."""

from collections.abc import Sequence
from typing import cast

from portalsync.catalog.kinds.audience import TAG
from portalsync.catalog.kinds.basic import IDENTIFIER, LINE
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.localized import LocalizedText
from portalsync.model.json_value import JSON, JSONObject

API_VERSION = "portalsync/v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document(kind: str, description: str, properties: JSONObject, required: Sequence[str]) -> JSONObject:
    """A whole file: `apiVersion`, `kind`, an ignored `$schema`, and its own content.

    Editors name a new file after what stands behind the last slash of `$id`.
    """
    schema: JSONObject = {
        "$schema": DIALECT,
        "$id": f"urn:portalsync:v1/{kind.lower()}",
        "type": "object",
        "description": description,
        "markdownDescription": description,
        "properties": {
            "$schema": {"type": "string", "doNotSuggest": True},
            "apiVersion": {
                "const": API_VERSION,
                "markdownDescription": f"The version of this format: `{API_VERSION}`.",
            },
            "kind": {"const": kind, "markdownDescription": f"What this file is: `{kind}`."},
            **properties,
        },
        "required": ["apiVersion", "kind", *required],
        "additionalProperties": False,
    }
    return {key: _described(value) for key, value in schema.items()}


def plain(markdown: str) -> str:
    """The same text for editors that show `description` as it stands."""
    return markdown.replace("*", "").replace("`", "")


def _described(value: JSON) -> JSON:
    """The same, with a plain `description` beside each `markdownDescription`."""
    if isinstance(value, list):
        return [_described(each) for each in value]
    if not isinstance(value, dict):
        return value
    told = value.get("markdownDescription")
    described: JSONObject = {"description": plain(told)} if isinstance(told, str) else {}
    return {**described, **{key: _described(each) for key, each in value.items()}}


def record(description: str, properties: JSONObject, required: Sequence[str] = ()) -> JSONObject:
    return {
        "type": "object",
        "markdownDescription": description,
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


def many(items: JSONObject, description: str, most: int = 100) -> JSONObject:
    return {"type": "array", "items": items, "maxItems": most, "markdownDescription": description}


def line(description: str, limit: int = 120) -> JSONObject:
    return {
        "type": "string",
        "maxLength": limit,
        **LINE.schema(),
        "markdownDescription": description,
    }


def localized(description: str) -> JSONObject:
    return {**LocalizedText(160).schema(), "markdownDescription": description}


def one_of(values: Sequence[str], description: str) -> JSONObject:
    return {"type": "string", "enum": cast("list[JSON]", [*values]), "markdownDescription": description}


def open_list(form: Form, known: Sequence[str], description: str) -> JSONObject:
    """One of those that are known, or any other of that form."""
    return {
        "type": "string",
        **form.schema(),
        "examples": cast("list[JSON]", [*known]),
        "markdownDescription": description,
    }


ID = IDENTIFIER.schema()
TAGS = many(TAG, "Tags that the portal has for clients.", 20)
