"""The JSON Schemas (2020-12) of all files, for validation and for editors."""

import json
from collections.abc import Mapping
from functools import cache

from portalsync.catalog.files import KINDS
from portalsync.model.json_value import JSONObject


def schemas() -> Mapping[str, JSONObject]:
    """Every schema by the name of its kind of file."""
    return {kind.name: schema_for(kind.name) for kind in KINDS}


@cache
def schema_for(name: str) -> JSONObject:
    """The schema of one kind of file (`firm`, `group`, ...)."""
    return next(kind.schema() for kind in KINDS if kind.name == name)


def schema_text(schema: JSONObject) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
