"""What portalsync says, in the words of one language. People write the words; nothing generates them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from portalsync.resources import languages, regional_words, words_file, words_files

if TYPE_CHECKING:
    from portalsync.cldr import Cldr

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


LOCALES = tuple(sorted(languages(), key=lambda tag: (tag != "en", tag)))
"""What portalsync and its portals speak, a folder in `words/` each; the first where nobody chooses."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Text that is not ours, of a firm, of a file, of the portal: each format marks it in its own way."""

    text: str
    quoted: bool = False
    """Whether it needs quotation marks where nothing else sets it off from our words."""


Span: TypeAlias = str | Foreign
"""A piece of what is said, in one language: our words are a `str`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be said, before anybody knows in which language: a key, and values for its placeholders.

    With a `number` it is a counted message. `str()` says it in English, for tracebacks and tests.
    """

    key: str
    values: tuple[tuple[str, "Text"], ...] = ()
    number: int | None = None

    def __str__(self) -> str:
        return lexicon_of("en").say(self)


Text: TypeAlias = Phrase | Foreign | str | int | date | time | tuple["Text", ...]
"""A `str` belongs to no language: a path, a digest. Numbers, days and times of day are said as the language
has them, the parts of a tuple one after the other.
"""


def phrase(key: str, /, **values: Text) -> Phrase:
    return Phrase(key, tuple(values.items()))


def counted(key: str, number: int, /, **values: Text) -> Phrase:
    """The phrase for a number: `<key>.one`, `<key>.other` or the form that a language has for it besides;
    `{n}` is the number.
    """
    return Phrase(key, (("n", number), *values.items()), number)


def quoted(text: str) -> Foreign:
    return Foreign(text, quoted=True)


def joined(parts: Iterable[Text], separator: str = ", ") -> Text:
    """Side by side, with a separator between them."""
    return tuple(each for part in parts for each in (separator, part))[1:]


def how_many(number: int, most: int) -> int:
    """How many of several are shown: `most`, unless the last one alone would be left out and counted."""
    return number if number <= most + 1 else most


def first_of(parts: Sequence[Text], most: int, separator: str = ", ") -> Text:
    """The first of several, and how many more there are."""
    most = how_many(len(parts), most)
    shown, rest = joined(parts[:most], separator), len(parts) - most
    return (shown, counted("values.and_more", rest)) if rest > 0 else shown


@dataclass(frozen=True)
class Lexicon:
    """Messages by dotted key. Placeholders are `{name}`; values are put in as they are, never parsed."""

    locale: str
    messages: Mapping[str, str]

    def __call__(self, key: str, /, **values: Text) -> str:
        """The message, its placeholders filled. An unknown key or a missing value is our bug."""
        message = self.messages[key]
        return self.say(Phrase(key, tuple(values.items()))) if "{" in message else message

    def count(self, key: str, number: int, /, **values: Text) -> str:
        """The message for a number, in the form for it."""
        return self.say(counted(key, number, **values))

    def say(self, text: Text) -> str:
        """In this language, as one string. Someone else's text stands in it as it is: nothing is escaped."""
        return "".join(map(self.plain, self._spans(text)))

    def spans(self, text: Text) -> tuple[Span, ...]:
        """In this language, piece by piece: our words, and in their places what is someone else's."""
        return tuple(self._spans(text))

    def plain(self, span: Span) -> str:
        """In quotation marks if nothing else would set it off."""
        if isinstance(span, str):
            return span
        return self("values.quoted", text=span.text) if span.quoted else span.text

    def _spans(self, text: Text) -> Iterator[Span]:
        match text:
            case str() | Foreign():
                yield text
            case Phrase():
                yield from self._filled(text)
            case tuple():
                for part in text:
                    yield from self._spans(part)
            case int():
                yield self.number(text)
            case date():
                yield _cldr(self.locale).day(text, self.messages["moments.day"])
            case time():
                yield _cldr(self.locale).time_of_day(text, self.messages["moments.time"])

    def _filled(self, phrase: Phrase) -> Iterator[Span]:
        values = dict(phrase.values)
        for index, part in enumerate(_split(self.messages[self._form(phrase)])):
            if index % 2:
                yield from self._spans(values[part])
            elif part:
                yield part

    def _form(self, phrase: Phrase) -> str:
        if phrase.number is None:
            return phrase.key
        return f"{phrase.key}.{_cldr(self.locale).plural_form(phrase.number)}"

    def number(self, number: int) -> str:
        return _cldr(self.locale).number(number)

    def language(self, tag: str) -> str:
        """What this language calls another one, or itself."""
        return _cldr(self.locale).language(tag)

    def __contains__(self, key: object) -> bool:
        return key in self.messages

    def keys(self) -> Iterator[str]:
        return iter(self.messages)


@cache
def _split(message: str) -> Sequence[str]:
    """By turns what stands there, and the name of a value."""
    return _PLACEHOLDER.split(message)


def _cldr(locale: str) -> "Cldr":
    from portalsync.cldr import cldr_of  # noqa: PLC0415 - 30 ms; --help says no number and no day

    return cldr_of(locale)


@cache
def lexicon_of(locale: str) -> Lexicon:
    """All messages of one language, keys dotted; of `de-AT` with the words that are others there.
    FileNotFoundError if it is not spoken.
    """
    if locale in LOCALES:
        return Lexicon(locale, _Messages(locale))
    language, _, _ = locale.rpartition("-")
    return Lexicon(locale, _Regional(_Messages(language or locale), words_there().get(locale, {})))


@cache
def words_there() -> Mapping[str, Mapping[str, str]]:
    """By the tag of a language somewhere (`de-AT`): beginnings of words, and what people write for them."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(regional_words())
    return found


class _Messages(Mapping[str, str]):
    """The messages of one language. A file of them is read once one of its keys is asked for."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._names = words_files(locale)

    def __getitem__(self, key: str) -> str:
        name, _, rest = key.partition(".")
        if name not in self._names:
            raise KeyError(key)
        return messages_of(self._locale, name)[rest]

    def __iter__(self) -> Iterator[str]:
        return (f"{name}.{rest}" for name in self._names for rest in messages_of(self._locale, name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Regional(Mapping[str, str]):
    """The messages of a language where some of its words are others."""

    def __init__(self, messages: Mapping[str, str], others: Mapping[str, str]) -> None:
        self._messages, self._others = messages, others

    def __getitem__(self, key: str) -> str:
        message = self._messages[key]
        for word, other in self._others.items():
            message = message.replace(word, other)
        return message

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


@cache
def messages_of(locale: str, name: str) -> Mapping[str, str]:
    """The messages of one file, whose name is the first part of their keys; by the rest of the keys."""
    return dict(_flat(tomllib.loads(words_file(locale, name))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
