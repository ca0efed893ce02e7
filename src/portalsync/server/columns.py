"""Columns that give what was put into them, or say that it is damaged: SQLite checks no types."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from portalsync.model.canonical import canonical


class Damaged(ValueError):
    """What stands at a place of the database is nothing that was ever written there."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class Verified(TypeDecorator[Any]):
    """A type whose values are looked at when they are read. `place` is `table.column`."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = TypeEngine
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any], place: str, fits: Callable[[Any], bool]) -> None:
        super().__init__()
        self.impl = kind
        self.kind, self.place, self.fits = kind, place, fits

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        del dialect
        if value is not None and not self.fits(value):
            raise Damaged(self.place)
        return value


def column(
    place: str, kind: TypeEngine[Any], fits: Callable[[Any], bool], *rest: Any, **how: Any
) -> Column[Any]:
    """A column by its place, `table.column`."""
    return Column(place.partition(".")[2], Verified(kind, place, fits), *rest, **how)


def read_as(column: Column[Any], text: str) -> Any:
    """What a JSON column says where this text stands in it. Damaged if it was never written there."""
    kind: Any = column.type
    return kind.process_result_value(read_json(text), None)


def is_whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_object(value: Any) -> bool:
    return isinstance(value, dict)


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def are_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


class Canonical(str):
    """A value as its canonical JSON, where somebody has made it already."""

    __slots__ = ()


def written_json(value: Any) -> str:
    """The serializer of JSON columns."""
    return value if isinstance(value, Canonical) else canonical(value).decode()


def read_json(text: Any) -> Any:
    """The deserializer of JSON columns. What is no JSON fits into no column."""
    try:
        return _DECODER.decode(text)
    except (TypeError, ValueError, RecursionError):
        return _NO_JSON


_NO_JSON = object()


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)
