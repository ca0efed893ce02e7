"""The words of portal and plans, per language; people write them, nothing generates them."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from portalsync.model.lexicon import Lexicon
from portalsync.resources import words_file

FILES = ("options", "portal", "output")


@cache
def lexicon(locale: str) -> Lexicon:
    """All messages of one language, keys dotted. KeyError if portalsync does not speak it."""
    messages: dict[str, str] = {}
    for name in FILES:
        messages.update(_flat(tomllib.loads(words_file(locale, name))))
    return Lexicon(locale, messages)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
