"""Frozen dataclasses <-> strict JSON: a key for each field, and no other key.

The types of the fields say all there is to know. A field whose type includes `Absent` has no key where it
is absent, and one that is `Omitted` none where it has its default; every other key has to be there,
whatever default the field has in code. A field of a `Literal` is the same in every body. `Annotated` adds
limits, which are checked on reading, and the words for readers of the published schema
(`model/annotations.py`).

What others may have written with a newer version is read tolerantly: a key that is not known is passed over,
and one that is missing has the default of its field, if there is one.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from portalsync.lexicon import Text
from portalsync.model.annotations import Doc, Omitted, Prefixed
from portalsync.model.converters import (
    PLAIN,
    Anything,
    Constant,
    Converter,
    Key,
    Limited,
    ListOf,
    Mapped,
    Nullable,
    Object,
    OneOf,
    Renamed,
    Say,
    Spoken,
    is_json,
    plain_types,
)
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON, JSONObject

T = TypeVar("T")
Inner: TypeAlias = Callable[[Any], Converter]
"""How the parts of a type are read and written."""


def decode(kind: type[T], body: Any, *, tolerant: bool = False) -> T:
    """The value that a body of parsed JSON stands for. Misfit if it is none."""
    return cast("T", converter_of(kind, tolerant=tolerant).read(body))


def encode(value: object, say: Say = str) -> JSONObject:
    """The body of a dataclass; `say` words what is yet to be said in a language."""
    return cast("JSONObject", converter_of(type(value)).write(value, say))


def _converter(hint: Any, *, tolerant: bool = False) -> Converter:
    if hint in _KNOWN:
        return _KNOWN[hint]
    inner = partial(converter_of, tolerant=tolerant)
    build = _BUILDERS.get(get_origin(hint))
    if build is not None:
        return build(inner, *get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return OneOf({str(member): member for member in hint})
    if is_dataclass(hint):
        keys = tuple(_key(inner, field, tolerant=tolerant) for field in fields(hint))
        names = frozenset(key.name for key in keys)
        required = frozenset(key.name for key in keys if not key.optional)
        return Object(cast("type", hint), keys, names, required, tolerant)
    raise TypeError(f"no form in JSON: {hint!r}")


converter_of: Callable[..., Converter] = cache(_converter)
"""How values of a type are read and written. TypeError for a type that has no form in JSON."""


def _key(inner: Inner, field: Field[Any], *, tolerant: bool) -> Key:
    hint, *notes = get_args(field.type) if get_origin(field.type) is Annotated else (field.type,)
    omitted = _default(field) if Omitted() in notes else ABSENT
    optional = omitted is not ABSENT or Absent in get_args(hint)
    if Absent in get_args(hint):
        hint = reduce(or_, (each for each in get_args(hint) if each is not Absent))
    doc = next((note.text for note in notes if isinstance(note, Doc)), "")
    has_default = (field.default, field.default_factory) != (MISSING, MISSING)
    optional = optional or (tolerant and has_default)
    converter = _annotated(inner, hint, *notes)
    plain = plain_types(converter)
    return Key(field.name, converter, optional, omitted, field.init, doc, is_json(converter), plain)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _annotated(inner: Inner, hint: Any, *notes: Any) -> Converter:
    converter = inner(hint)
    for note in notes:
        if isinstance(note, Prefixed):
            converter = Renamed(converter, note.prefix)
        elif not isinstance(note, Doc | Omitted):
            converter = Limited(converter, note)
    return converter


def _tuple(inner: Inner, item: Any, _dots: Any) -> Converter:
    return ListOf(inner(item))


def _mapping(inner: Inner, _key: Any, value: Any) -> Converter:
    return Mapped(inner(value))


def _literal(_inner: Inner, value: Any) -> Converter:
    return Constant(value)


def _or_none(inner: Inner, *parts: Any) -> Converter:
    rest = [part for part in parts if part is not NoneType]
    if len(rest) != 1:
        raise TypeError(f"no form in JSON: {parts!r}")
    return Nullable(inner(rest[0]))


_KNOWN: Mapping[Any, Converter] = {**PLAIN, JSON: Anything(), Text: Spoken()}
_BUILDERS: Mapping[Any, Callable[..., Converter]] = {
    tuple: _tuple,
    Mapping: _mapping,
    Literal: _literal,
    Union: _or_none,
    UnionType: _or_none,
    Annotated: _annotated,
}
