"""The JSON Schemas (2020-12) of all files, for validation and for editors."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from portalsync.catalog.files import KINDS
from portalsync.model.json_value import JSONObject


def schemas() -> Mapping[str, JSONObject]:
    """Every schema by the name of its kind of file."""
    return {kind.name: schema_for(kind.name) for kind in KINDS}


@cache
def schema_for(name: str) -> JSONObject:
    """The schema of one kind of file (`firm`, `group`, ...)."""
    return next(kind.schema() for kind in KINDS if kind.name == name)


def schema_at(schema: JSONObject, path: Iterable[str | int]) -> JSONObject:
    """What a schema asks for at a path; nothing in particular where it does not know the path."""
    found: Any = schema
    for step in path:
        known = found.get("properties", {}) if isinstance(step, str) else {}
        others = found.get("additionalProperties" if isinstance(step, str) else "items")
        found = known.get(step, others)
        if not isinstance(found, dict):
            return {}
    return cast("JSONObject", found)


def schema_text(schema: JSONObject) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
