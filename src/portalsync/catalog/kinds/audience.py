"""Which clients something is for."""

from collections.abc import Iterable, Mapping
from typing import Any

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import Audience

TAG_PATTERN = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$"
TAG: JSONObject = {
    "type": "string",
    **Form("tag", TAG_PATTERN).schema(),
}


class AudienceKind(Kind[Mapping[str, Any]]):
    def schema(self) -> JSONObject:
        tags: dict[str, JSON] = {
            "type": "array",
            "items": TAG,
            "minItems": 1,
            "maxItems": 20,
            "uniqueItems": True,
        }
        return {
            "type": "object",
            "properties": {
                "any": {**tags, "markdownDescription": "Clients with at least one of these tags."},
                "all": {**tags, "markdownDescription": "Clients with every one of these tags."},
            },
            "additionalProperties": False,
            "minProperties": 1,
        }

    def normal(self, value: JSON) -> JSON:
        """Tags have no order."""
        if not isinstance(value, dict):
            return value
        return {key: _in_order(tags) for key, tags in value.items()}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        if not value:
            return lexicon("audience.everyone")
        parts = [
            lexicon(f"audience.{key}", tags=", ".join(sorted(value[key])))
            for key in ("any", "all")
            if key in value
        ]
        return lexicon("audience.join").join(parts)

    def tags(self, value: Any) -> Iterable[str]:
        return sorted({tag for tags in value.values() for tag in tags})


def _in_order(tags: JSON) -> JSON:
    return sorted(tags, key=str) if isinstance(tags, list) else tags


def audience(value: Mapping[str, Any]) -> Audience:
    """The audience of a checked value; `{}` admits everyone."""
    return Audience(frozenset(value.get("any", ())), frozenset(value.get("all", ())))
