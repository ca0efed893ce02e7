"""Bytes of JSON -> what they are asked to be.

A value of another type and a missing key are a `WireError` with its place. In what a portal is asked to do,
an unknown key is one too; in what it answers, it is passed over.
"""

import json
from typing import Any, TypeVar

from portalsync.lexicon import Text, lexicon_of
from portalsync.model.codec import decode
from portalsync.model.converters import Misfit

T = TypeVar("T")


class WireError(ValueError):
    """A body that is not what the contract says: where in it, and what was expected there. `where` may hold
    keys that the body made up; it is empty where there is no telling.
    """

    def __init__(self, expected: Text, where: str = "") -> None:
        super().__init__(expected, where)
        self.expected = expected
        self.where = where

    def __str__(self) -> str:
        expected = lexicon_of("en").say(self.expected)
        return f"{self.where}: {expected}" if self.where else expected


def received(kind: type[T], body: Any) -> T:
    """What somebody asks for. WireError if the body is not of that kind, key by key."""
    return _read(kind, body, tolerant=False)


def answer_of(kind: type[T], body: Any) -> T:
    """What a portal answers, of whatever newer version. WireError if the body is not of that kind."""
    return _read(kind, body, tolerant=True)


def _read(kind: type[T], body: Any, *, tolerant: bool) -> T:
    try:
        return decode(kind, body, tolerant=tolerant)
    except Misfit as error:
        raise WireError(error.expected, error.where) from error


def parsed(body: bytes) -> Any:
    """JSON as everyone reads it. WireError for any other: no UTF-8, a key twice, a number that is none, half
    a character.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
        # Half a surrogate pair, or 1e999: it can be read, but nothing can be sent or kept that holds it.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a key is there twice")
    return held


def _constant(name: str) -> Any:
    raise ValueError(name)
