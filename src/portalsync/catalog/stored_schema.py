"""The JSON Schema of a firm's settings as a portal stores them: for whoever writes a portal."""

import re
from typing import cast

from portalsync.catalog import FIELDS, SECTIONS
from portalsync.catalog.files.document import DIALECT
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.option import Field
from portalsync.catalog.vocabulary import bare, stored_form
from portalsync.model.json_value import JSON, JSONObject

FILE = "settings.v1.schema.json"
STORED_FORMS = "x-stored-forms"
"""The keyword under which the stored form of each option stands; its digest is the option's."""

_DESCRIPTION = (
    "Flat, value by path. A path that is absent was never set. Paths of your own may stand beside these: "
    "portalsync leaves them alone. What a whole list must be, and the codes of rules, are in the stored "
    "forms, whose digests portal and portalsync compare (docs/contract.md)."
)


def settings_schema() -> JSONObject:
    """Generated from the catalogue."""
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
