"""One byte form for equal data: the ground under digests and byte-stable plans."""

import hashlib
import json

from portalsync.model.json_value import JSON


def canonical(value: JSON) -> bytes:
    """JSON with sorted keys, without spaces and without NaN; ASCII, so that a plan shown raw in a
    terminal or a log cannot act on it.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: JSON) -> str:
    """`sha256:` and the hex digest of the canonical form."""
    return bytes_digest(canonical(value))


def bytes_digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
