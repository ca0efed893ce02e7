"""A picture of the firm: a file in the config, a data URI on the backend."""

import hashlib
from typing import Any

from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject

LARGEST = 64 * 1024
_FORM = Form("image", "^assets/[a-z0-9][a-z0-9-]{0,62}\\.(png|svg)$")
STORED_PATTERN = "^data:image/(png|svg\\+xml);base64,[A-Za-z0-9+/]+={0,2}$"


class Image(Kind[str]):
    """`assets/<name>.png` or `.svg`, at most 64 KiB; travels inside the settings, so that no page
    ever asks a third party for it.
    """

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            **_FORM.schema(),
            "maxLength": 80,
        }

    def stored_schema(self) -> JSONObject:
        return {"type": "string", "pattern": STORED_PATTERN, "maxLength": LARGEST * 2}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        short = hashlib.sha256(str(value).encode()).hexdigest()[:8]
        return lexicon("values.image", digest=short)
