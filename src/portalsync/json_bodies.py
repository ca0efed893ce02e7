"""Bytes of JSON -> what they are asked to be.

A value of another type and a missing key are a `WireError` with its place. In what a portal is asked to do,
an unknown key is one too; in what it answers, it is passed over.
"""

import json
import math
import re
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
        value = _DECODER.decode(body.decode("utf-8"))
        if _SURROGATE.search(body):
            # Half a pair can be read, but nothing can be sent or kept that holds it.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    return value


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""A half of a pair, as an escape; in UTF-8 there is none."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a key is there twice")
    return held


def _constant(name: str) -> Any:
    raise ValueError(name)


def _number(text: str) -> float:
    """1e999 is no number of JSON's that anybody could send on."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_number)
