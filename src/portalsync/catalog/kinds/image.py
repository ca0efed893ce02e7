"""A picture of the firm: a file in the config, a data URI on the backend."""

import base64
import binascii
import hashlib
from typing import Any

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject

LARGEST_IMAGE = 64 * 1024
"""Bytes of the file."""
_FORM = Form("image", "^assets/[a-z0-9][a-z0-9-]{0,62}\\.(png|svg)$")
STORED_PATTERN = "^data:image/(png|svg\\+xml);base64,[A-Za-z0-9+/]+={0,2}$"


def data_uri(name: str, content: bytes) -> str:
    """The stored form of a picture's file."""
    kind = "png" if name.endswith(".png") else "svg+xml"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def picture_of(uri: str) -> tuple[str, bytes]:
    """The ending and the content of the file of a picture as it is stored; nothing in it if that is none."""
    kind, _, content = uri.removeprefix("data:image/").partition(";base64,")
    ending = ".png" if kind == "png" else ".svg"
    try:
        return ending, base64.b64decode(content)
    except binascii.Error:
        return ending, b""


class Image(Kind[str]):
    """`assets/<name>.png` or `.svg`, of bounded size; travels inside the settings, so that no page
    ever asks a third party for it.
    """

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            **_FORM.schema(),
            "maxLength": 80,
        }

    def stored_schema(self) -> JSONObject:
        return {
            "type": "string",
            "pattern": STORED_PATTERN,
            "maxLength": len(data_uri(".svg", bytes(LARGEST_IMAGE))),
        }

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        short = hashlib.sha256(str(value).encode()).hexdigest()[:8]
        return lexicon("values.image", digest=short)
