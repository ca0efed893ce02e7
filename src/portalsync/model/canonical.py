"""One byte form for equal data: the ground under digests and byte-stable plans."""

import hashlib
import json

from portalsync.model.json_value import JSON


def canonical(value: JSON) -> bytes:
    """UTF-8 JSON with sorted keys, without spaces and without NaN."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(value: JSON) -> str:
    """`sha256:` and the hex digest of the canonical form."""
    return bytes_digest(canonical(value))


def bytes_digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
