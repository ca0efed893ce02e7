"""Addresses that lead clients away from the portal."""

from collections.abc import Iterable
from typing import Any

from portalsync.addresses import HOST_PATTERN, LINK_PATTERN, LONGEST_HOST
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.spelling import host_in_lower_case
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON, JSONObject

_FORM = Form("link", LINK_PATTERN)

HOST: JSONObject = {
    "type": "string",
    **Form("host", HOST_PATTERN).schema(),
    "maxLength": LONGEST_HOST,
}
"""A host by itself, as links may lead to it."""


class Link(Kind[str]):
    """An https address with a plain host name: no user, no port, no IP address, no mixed script."""

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "format": "portalsync-link",
            **_FORM.schema(),
            "maxLength": 500,
        }

    def normal(self, value: JSON) -> JSON:
        return host_in_lower_case(value) if isinstance(value, str) else value

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return str(value)

    def links(self, value: Any) -> Iterable[str]:
        return (str(value),)
