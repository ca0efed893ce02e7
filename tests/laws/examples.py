"""Every field with its first example: what a layer says of it, and what a portal holds then."""

from typing import Any

from tests.laws.layers import FIRM, Body, Layers, read

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.option import Field
from portalsync.catalog.profile import PROFILE
from portalsync.model.json_value import JSON, JSONObject

ENTRY = "in-review"
"""The id of every entry: what one example refers to, another one is."""

FACTS: JSONObject = {
    "apiVersion": "portalsync/v1",
    "kind": "Facts",
    "firm": FIRM,
    "currency": "EUR",
    "payment_providers": [
        {"id": "pay", "connected": True, "default": True, "methods": ["card", "bank_debit"]},
    ],
    "booking_integrations": ["calendly", "acuity", "custom"],
    "organizer_templates": [{"id": ENTRY, "name": {"en": "Template"}, "questions": 3}],
    "pipelines": [{"id": ENTRY, "name": {"en": "Pipeline"}, "stages": [ENTRY], "job_statuses": [ENTRY]}],
}

VALUES = {pattern: field for pattern, field in FIELDS.items() if isinstance(field, Field)}
STORED = read(Layers().files()).assets


def first_examples() -> dict[str, JSON]:
    return {pattern: stored(pattern, field.examples[0]) for pattern, field in VALUES.items()}


def stored(pattern: str, value: JSON) -> JSON:
    return STORED[str(value)] if isinstance(VALUES[pattern].kind, Image) else value


def path_of(pattern: str) -> str:
    path = pattern.replace("*", ENTRY)
    assert pattern_of(path) == pattern
    return path


def layer_of(pattern: str, value: JSON) -> Body:
    """A firm's layer that says nothing else."""
    key, *names = pattern.split(".")
    said: Any = value
    for name in reversed(names):
        said = [{"id": ENTRY, **said}] if name == "*" else {name: said}
    return {"profile": said} if key == PROFILE.key else {"options": {key: said}}
