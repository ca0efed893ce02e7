"""What portalsync says, in the words of one language. People write the words; nothing generates them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from portalsync.resources import words_file

_GENERAL = ("options", "portal", "output")
_OWN = ("yaml", "findings", "errors", "help")
"""Files that are read only when one of their messages is needed: their keys begin with the file's name."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be said, before anybody knows in which language: a key, and values for its placeholders.

    With a `number` it is a counted message. `str()` says it in English, for tracebacks and tests.
    """

    key: str
    values: tuple[tuple[str, "Phrase | str | int"], ...] = ()
    number: int | None = None

    def __str__(self) -> str:
        return lexicon("en").say(self)


Text: TypeAlias = Phrase | str
"""A `str` belongs to no language: a name, a path, a line of YAML."""


def phrase(key: str, /, **values: Text | int) -> Phrase:
    return Phrase(key, tuple(values.items()))


def counted(key: str, number: int, /, **values: Text | int) -> Phrase:
    """The phrase for a number: `<key>.one` or `<key>.other`; `{n}` is the number."""
    return Phrase(key, tuple(values.items()), number)


@dataclass(frozen=True)
class Lexicon:
    """Messages by dotted key. Placeholders are `{name}`; values are put in as they are, never parsed."""

    locale: str
    messages: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The message, its placeholders filled. An unknown key or a missing value is our bug."""
        message = self.messages[key]
        if "{" not in message:
            return message
        return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), message)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The message for a number: `<key>.one` or `<key>.other`; `{n}` is the formatted number."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", n=self.number(number), **values)

    def say(self, text: Text) -> str:
        """A phrase in this language, and the phrases in it; what belongs to no language, as it is."""
        if isinstance(text, str):
            return text
        values = {name: self._value(value) for name, value in text.values}
        if text.number is not None:
            return self.count(text.key, text.number, **values)
        return self(text.key, **values)

    def _value(self, value: Text | int) -> str:
        return self.number(value) if isinstance(value, int) else self.say(value)

    def number(self, number: int) -> str:
        separator = {"de": "."}.get(self.locale, ",")
        return f"{number:,}".replace(",", separator)

    def __contains__(self, key: object) -> bool:
        return key in self.messages

    def keys(self) -> Iterator[str]:
        return iter(self.messages)


@cache
def lexicon(locale: str) -> Lexicon:
    """All messages of one language, keys dotted. FileNotFoundError at the first one if it is not spoken."""
    return Lexicon(locale, _Messages(locale))


class _Messages(Mapping[str, str]):
    """The messages of one language; a file of them is read once one of its keys is asked for."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._read: set[str] = set()
        self._known: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        first = key.partition(".")[0]
        self._load((first,) if first in _OWN else _GENERAL)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        self._load((*_GENERAL, *_OWN))
        return iter(self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _load(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in self._read:
                self._known.update(_flat(tomllib.loads(words_file(self._locale, name))))
                self._read.add(name)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
