"""The JSON Schemas (2020-12) of all files, for validation and for editors."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from portalsync.catalog.files import KINDS
from portalsync.model.json_value import JSONObject


def schemas() -> Mapping[str, JSONObject]:
    """Every schema by the name of its kind of file."""
    return {kind.name: schema_for(kind.name) for kind in KINDS}


@cache
def schema_for(name: str) -> JSONObject:
    """The schema of one kind of file (`firm`, `group`, ...)."""
    return next(kind.schema() for kind in KINDS if kind.name == name)


def opened(schema: Any) -> Any:
    """The same schema for documents of newer versions: keys that it does not know are passed over."""
    if isinstance(schema, list):
        return [opened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = schema.get("additionalProperties") is False
    return {
        key: opened(each) for key, each in schema.items() if not (closed and key == "additionalProperties")
    }


def schema_text(schema: JSONObject) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
