"""One byte form for equal data: the ground under digests and byte-stable plans."""

import hashlib
import json.encoder
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeAlias, cast

from portalsync.model.json_value import JSON

_AT_ONCE = 500

Encode: TypeAlias = Callable[[JSON, int], Iterable[str]]


def make_encoder() -> Encode:
    """Makes the pieces of a value's text. `JSONEncoder` would make its compiled half anew for each value,
    which takes longer than most values; where it has none (PyPy), it does without.
    """
    plain: Any = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
    compiled: Any = getattr(json.encoder, "c_make_encoder", None)
    if compiled is None:
        return cast("Encode", plain.iterencode)
    made = compiled(
        markers=None,  # nothing of ours holds itself: nobody has to look for that
        default=plain.default,
        encoder=vars(json.encoder)["encode_basestring_ascii"],
        indent=None,
        key_separator=plain.key_separator,
        item_separator=plain.item_separator,
        sort_keys=plain.sort_keys,
        skipkeys=plain.skipkeys,
        allow_nan=plain.allow_nan,
    )
    return cast("Encode", made)


_pieces = make_encoder()


def canonical(value: JSON) -> bytes:
    """JSON with sorted keys, without spaces and without NaN; ASCII, so that a plan shown raw in a
    terminal or a log cannot act on it.
    """
    return "".join(_pieces(value, 0)).encode()


def digest(value: JSON) -> str:
    """`sha256:` and the hex digest of the canonical form."""
    return bytes_digest(canonical(value))


def items_digest(items: Iterable[tuple[str, JSON]]) -> str:
    """`digest` of a mapping, of which the items come in the order of their keys: it is never held whole."""
    items, made, between = iter(items), hashlib.sha256(b"{"), b""
    while some := dict(islice(items, _AT_ONCE)):
        made.update(between + canonical(some)[1:-1])
        between = b","
    made.update(b"}")
    return "sha256:" + made.hexdigest()


def bytes_digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def short_digest(value: JSON) -> str:
    """The same digest in 43 characters, where very many of them stand in one file."""
    return short_bytes_digest(canonical(value))


def short_bytes_digest(content: bytes) -> str:
    return urlsafe_b64encode(hashlib.sha256(content).digest())[:43].decode()
