"""Dataclasses -> JSON Schema (2020-12) of the JSON that the codec writes and reads."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from portalsync.model.codec import shape_of
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.shapes import (
    Anything,
    Choice,
    Constant,
    Key,
    Limited,
    Listed,
    Mapped,
    Nullable,
    Object,
    Plain,
    Renamed,
    Shape,
    Spoken,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {str: "string", int: "integer", bool: "boolean"}

Parts = dict[str, JSON]
"""Schemas by name, of what stands inside."""


def json_schema(kind: type, identity: str, title: str) -> JSONObject:
    """What is said of a field is its `Doc`, of a dataclass its docstring."""
    parts: Parts = {}
    body = _object(shape_of(kind), parts)
    return {"$schema": _DIALECT, "$id": identity, "title": title, **body, "$defs": parts}


def _schema(shape: Shape, parts: Parts) -> JSONObject:
    return _MAKERS[type(shape)](shape, parts)


def _object(shape: Any, parts: Parts) -> JSONObject:
    return {
        "type": "object",
        "description": " ".join((inspect.getdoc(shape.kind) or "").split()),
        "properties": {key.name: _property(key, parts) for key in shape.keys},
        "required": [key.name for key in shape.keys if not key.optional],
        "additionalProperties": False,
    }


def _property(key: Key, parts: Parts) -> JSONObject:
    described: JSONObject = {"description": key.doc} if key.doc else {}
    return {**_schema(key.shape, parts), **described}


def _reference(shape: Any, parts: Parts) -> JSONObject:
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in shape.kind.__name__)[1:]
    if name not in parts:
        parts[name] = _object(shape, parts)
    return {"$ref": f"#/$defs/{name}"}


def _nullable(shape: Any, parts: Parts) -> JSONObject:
    return {"oneOf": [{"type": "null"}, _schema(shape.shape, parts)]}


def _limited(shape: Any, parts: Parts) -> JSONObject:
    return {**_schema(shape.shape, parts), **shape.limit.schema()}


_MAKERS: Mapping[type, Callable[[Any, Parts], JSONObject]] = {
    Anything: lambda _shape, _parts: {},
    Plain: lambda shape, _parts: {"type": _TYPES[shape.kind]},
    Spoken: lambda _shape, _parts: {"type": "string"},
    Constant: lambda shape, _parts: {"const": shape.value},
    Choice: lambda shape, _parts: {"enum": sorted(shape.members)},
    Renamed: lambda _shape, _parts: {"type": "string"},
    Limited: _limited,
    Nullable: _nullable,
    Listed: lambda shape, parts: {"type": "array", "items": _schema(shape.item, parts)},
    Mapped: lambda shape, parts: {
        "type": "object",
        "additionalProperties": _schema(shape.value, parts),
    },
    Object: _reference,
}
