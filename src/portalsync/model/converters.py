"""How the values of each type of field are read from JSON and written to it; `codec.py` picks them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from portalsync.lexicon import Text, lexicon_of, phrase
from portalsync.model.json_value import JSON, JSONObject

Say: TypeAlias = Callable[[Text], str]


class Misfit(ValueError):
    """What a body says and its type does not: where in it, and what was expected there.

    `where` may hold keys that the body made up.
    """

    def __init__(self, expected: Text) -> None:
        super().__init__(expected)
        self.expected = expected
        self.where = ""

    def within(self, part: str | int) -> None:
        """It is inside a key or an index of something larger."""
        step = f"[{part}]" if isinstance(part, int) else part
        self.where = step + ("." if self.where and self.where[0] != "[" else "") + self.where

    def __str__(self) -> str:
        expected = lexicon_of("en").say(self.expected)
        return f"{self.where}: {expected}" if self.where else expected


class Converter(Protocol):
    """How the values of one type are read and written."""

    def read(self, body: Any) -> Any: ...

    def write(self, value: Any, say: Say) -> JSON: ...


class Restriction(Protocol):
    """What is checked besides the type."""

    @property
    def expected(self) -> Text: ...

    def accepts(self, value: Any) -> bool: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """`true` is no number, and `1.0` is not whole."""

    kind: type
    name: str
    """Of what is expected, among `problems.misfit`."""

    def read(self, body: Any) -> Any:
        if type(body) is not self.kind:
            raise Misfit(phrase(f"problems.misfit.{self.name}"))
        return body

    def write(self, value: JSON, _say: Say) -> JSON:
        return value


PLAIN = {
    str: Plain(str, "text"),
    int: Plain(int, "number"),
    bool: Plain(bool, "switch"),
}


@dataclass(frozen=True, slots=True)
class Anything:
    def read(self, body: Any) -> Any:
        return body

    def write(self, value: JSON, _say: Say) -> JSON:
        return value


def is_json(converter: Converter) -> bool:
    """Whether values are written as they are."""
    if isinstance(converter, Limited):
        return is_json(converter.inner)
    return isinstance(converter, Plain | Anything)


def plain_types(converter: Converter) -> tuple[type, ...] | None:
    """Of which types values are read as they are; None for any."""
    if isinstance(converter, Plain):
        return (converter.kind,)
    return None if isinstance(converter, Anything) else ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is worded in a language when it is written."""

    def read(self, body: Any) -> Any:
        return PLAIN[str].read(body)

    def write(self, value: Any, say: Say) -> JSON:
        return say(value)


@dataclass(frozen=True, slots=True)
class Constant:
    value: str | int

    def read(self, body: Any) -> Any:
        if type(body) is not type(self.value) or body != self.value:
            raise Misfit(phrase("problems.misfit.constant", value=repr(self.value)))
        return body

    def write(self, _value: Any, _say: Say) -> JSON:
        return self.value


@dataclass(frozen=True, slots=True)
class OneOf:
    members: Mapping[str, StrEnum]

    def read(self, body: Any) -> Any:
        if type(body) is not str or body not in self.members:
            raise Misfit(phrase("problems.misfit.choice", known=", ".join(self.members)))
        return self.members[body]

    def write(self, value: Any, _say: Say) -> JSON:
        return str(value)


@dataclass(frozen=True, slots=True)
class Nullable:
    inner: Converter

    def read(self, body: Any) -> Any:
        return None if body is None else self.inner.read(body)

    def write(self, value: Any, say: Say) -> JSON:
        return None if value is None else self.inner.write(value, say)


@dataclass(frozen=True, slots=True)
class Limited:
    inner: Converter
    limit: Restriction

    def read(self, body: Any) -> Any:
        value = self.inner.read(body)
        if not self.limit.accepts(value):
            raise Misfit(self.limit.expected)
        return value

    def write(self, value: Any, say: Say) -> JSON:
        return self.inner.write(value, say)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text that has a prefix in JSON; one that comes without it is as good."""

    inner: Converter
    prefix: str

    def read(self, body: Any) -> Any:
        return self.inner.read(body).removeprefix(self.prefix)

    def write(self, value: Any, say: Say) -> JSON:
        return f"{self.prefix}{self.inner.write(value, say)}"


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Converter

    def read(self, body: Any) -> Any:
        if type(body) is not list:
            raise Misfit(phrase("problems.misfit.list"))
        read, values = self.item.read, []
        try:
            for each in body:
                values.append(read(each))  # noqa: PERF401 - how far it came is the index
        except Misfit as error:
            error.within(len(values))
            raise
        return tuple(values)

    def write(self, value: Any, say: Say) -> JSON:
        if is_json(self.item):
            return [*value]
        write = self.item.write
        return [write(each, say) for each in value]


@dataclass(frozen=True, slots=True)
class Mapped:
    value: Converter

    def read(self, body: Any) -> Any:
        if type(body) is not dict:
            raise Misfit(phrase("problems.misfit.object"))
        read, values, key = self.value.read, {}, ""
        try:
            for key, each in body.items():
                values[key] = read(each)
        except Misfit as error:
            error.within(key)
            raise
        return values

    def write(self, value: Any, say: Say) -> JSON:
        if is_json(self.value):
            return {**value}
        write = self.value.write
        return {key: write(each, say) for key, each in value.items()}


@dataclass(frozen=True, slots=True)
class Key:
    """One field of a dataclass, and the key that it has in JSON."""

    name: str
    converter: Converter
    optional: bool
    omitted: Any
    """The value that has no key, if it is optional."""
    given: bool
    """Whether it is an argument of the dataclass. What is the same in every body is none."""
    doc: str
    is_json: bool
    """Whether its values are written as they are: nearly all are."""
    plain: tuple[type, ...] | None
    """Of which types values are read as they are; None for any."""

    def read(self, body: Any) -> Any:
        try:
            return self.converter.read(body)
        except Misfit as error:
            error.within(self.name)
            raise


@dataclass(frozen=True, slots=True)
class Object:
    kind: type
    keys: tuple[Key, ...]
    names: frozenset[str]
    required: frozenset[str]
    tolerant: bool = False
    """Whether keys that are not known are passed over."""

    def read(self, body: Any) -> Any:
        if type(body) is not dict:
            raise Misfit(phrase("problems.misfit.object"))
        if not (body.keys() >= self.required and (self.tolerant or body.keys() <= self.names)):
            self._check_keys(body)
        values = {}
        for key in self.keys:
            if key.name in body:
                value = body[key.name]
                if key.plain is not None and type(value) not in key.plain:
                    value = key.read(value)
                if key.given:
                    values[key.name] = value
        return self.kind(**values)

    def _check_keys(self, body: JSONObject) -> None:
        if missing := [key.name for key in self.keys if not key.optional and key.name not in body]:
            raise Misfit(phrase("problems.misfit.missing", keys=", ".join(missing)))
        if not self.tolerant and (unknown := body.keys() - self.names):
            raise Misfit(phrase("problems.misfit.unknown", keys=", ".join(sorted(unknown))))

    def write(self, value: Any, say: Say) -> JSON:
        body: JSONObject = {}
        for key in self.keys:
            held = getattr(value, key.name)
            if not key.optional or held != key.omitted:
                body[key.name] = held if key.is_json else key.converter.write(held, say)
        return body
