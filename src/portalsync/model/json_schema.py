"""Dataclasses -> JSON Schema (2020-12) of the JSON that the codec writes and reads."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from portalsync.model.codec import converter_of
from portalsync.model.converters import (
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
    Plain,
    Renamed,
    Spoken,
)
from portalsync.model.json_value import JSON, JSONObject

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {str: "string", int: "integer", bool: "boolean"}

Parts = dict[str, JSON]
"""Schemas by name, of what stands inside."""


def json_schema(kind: type, identity: str, title: str) -> JSONObject:
    """What is said of a field is its `Doc`, of a dataclass its docstring."""
    parts: Parts = {}
    body = _object(converter_of(kind), parts)
    return {"$schema": _DIALECT, "$id": identity, "title": title, **body, "$defs": parts}


def _schema(converter: Converter, parts: Parts) -> JSONObject:
    return _MAKERS[type(converter)](converter, parts)


def _object(converter: Any, parts: Parts) -> JSONObject:
    return {
        "type": "object",
        "description": " ".join((inspect.getdoc(converter.kind) or "").split()),
        "properties": {key.name: _property(key, parts) for key in converter.keys},
        "required": [key.name for key in converter.keys if not key.optional],
        "additionalProperties": False,
    }


def _property(key: Key, parts: Parts) -> JSONObject:
    described: JSONObject = {"description": key.doc} if key.doc else {}
    return {**_schema(key.converter, parts), **described}


def _reference(converter: Any, parts: Parts) -> JSONObject:
    name = "".join(
        f"_{letter.lower()}" if letter.isupper() else letter for letter in converter.kind.__name__
    )[1:]
    if name not in parts:
        parts[name] = _object(converter, parts)
    return {"$ref": f"#/$defs/{name}"}


def _nullable(converter: Any, parts: Parts) -> JSONObject:
    return {"oneOf": [{"type": "null"}, _schema(converter.inner, parts)]}


def _limited(converter: Any, parts: Parts) -> JSONObject:
    return {**_schema(converter.inner, parts), **converter.limit.schema()}


_MAKERS: Mapping[type, Callable[[Any, Parts], JSONObject]] = {
    Anything: lambda _converter, _parts: {},
    Plain: lambda converter, _parts: {"type": _TYPES[converter.kind]},
    Spoken: lambda _converter, _parts: {"type": "string"},
    Constant: lambda converter, _parts: {"const": converter.value},
    OneOf: lambda converter, _parts: {"enum": sorted(converter.members)},
    Renamed: lambda _converter, _parts: {"type": "string"},
    Limited: _limited,
    Nullable: _nullable,
    ListOf: lambda converter, parts: {"type": "array", "items": _schema(converter.item, parts)},
    Mapped: lambda converter, parts: {
        "type": "object",
        "additionalProperties": _schema(converter.value, parts),
    },
    Object: _reference,
}
