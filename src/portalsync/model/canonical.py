"""One byte form for equal data: the ground under digests and byte-stable plans."""

import hashlib
import json
from base64 import urlsafe_b64encode

from portalsync.model.json_value import JSON

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: JSON) -> bytes:
    """JSON with sorted keys, without spaces and without NaN; ASCII, so that a plan shown raw in a
    terminal or a log cannot act on it.
    """
    return _ENCODER.encode(value).encode()


def digest(value: JSON) -> str:
    """`sha256:` and the hex digest of the canonical form."""
    return bytes_digest(canonical(value))


def bytes_digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def short_digest(value: JSON) -> str:
    """The same digest in 43 characters, where very many of them stand in one file."""
    return short_bytes_digest(canonical(value))


def short_bytes_digest(content: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(content).digest())[:43].decode()
