"""The JSON Schemas that portals go by: settings as they are stored, facts as they are answered."""

import re
from collections.abc import Mapping
from typing import Any, cast

from portalsync.catalog import FIELDS, SECTIONS
from portalsync.catalog.files.document import DIALECT
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.option import Field
from portalsync.catalog.schema import schema_for
from portalsync.catalog.vocabulary import FOR_EDITORS, bare, stored_form
from portalsync.model.json_value import JSON, JSONObject

SETTINGS, FACTS = "settings.v1.schema.json", "facts.v1.schema.json"
STORED_FORMS = "x-stored-forms"
"""The keyword under which the stored form of each option stands; its digest is the option's."""

_DESCRIPTION = (
    "Flat, value by path. A path that is absent was never set. Paths of your own may stand beside these: "
    "portalsync leaves them alone. What a whole list must be, and the codes of rules, are in the stored "
    "forms, whose digests portal and portalsync compare (docs/contract.md)."
)


def contract_schemas() -> Mapping[str, JSONObject]:
    """By the name of their file in `schemas/`."""
    return {SETTINGS: settings_schema(), FACTS: facts_schema()}


def facts_schema() -> JSONObject:
    """What a portal answers of a firm's facts: as they stand in a file, and what else it may know of them."""
    told = "What the portal knows about a firm and portalsync does not manage."
    opened: JSONObject = _opened(schema_for("facts"))
    return {**opened, "$id": "urn:portalsync:format:facts.v1", "title": "A firm's facts", "description": told}


def _opened(schema: Any) -> Any:
    """Without the words for editors. Keys that it does not know are passed over, for portals may be newer."""
    if isinstance(schema, list):
        return [_opened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties"} if schema.get("additionalProperties") is False else set()
    return {key: _opened(each) for key, each in schema.items() if key not in closed | FOR_EDITORS}


def settings_schema() -> JSONObject:
    """What may be stored, path by path."""
    stored: JSONObject = {option.key: stored_form(option) for option in SECTIONS}
    return {
        "$schema": DIALECT,
        "$id": "urn:portalsync:format:settings.v1",
        "title": "A firm's settings as a portal stores them",
        "description": _DESCRIPTION,
        "type": "object",
        "patternProperties": {
            _pattern(path): {"description": field.description, **bare(field.kind.stored_schema())}
            for path, field in FIELDS.items()
            if isinstance(field, Field)
        },
        STORED_FORMS: cast("JSON", stored),
    }


def _pattern(path: str) -> str:
    """A regular expression of all the paths that a pattern of the catalogue stands for."""
    return f"^{re.escape(path).replace(re.escape('*'), IDENTIFIER_PATTERN.strip('^$'))}$"
