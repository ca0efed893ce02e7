"""JSON Schema, checked by one engine with formats that really check.

`jsonschema` is the judge. Two of its keywords are replaced: `pattern` follows ECMA-262 where Python's
`re` does not (`$` never stands before a final newline, classes are ASCII), and `format` knows
portalsync's own formats, for it would let any `date-time` pass.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from portalsync.addresses import link_problem
from portalsync.catalog.kinds.moment import parse_moment
from portalsync.model.json_value import JSON, JSONObject


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a schema does not accept. `path` leads to the value, from the root.

    For an unknown key, `key` names it and `path` leads to the mapping that holds it.
    """

    keyword: str
    path: tuple[str | int, ...]
    value: JSON
    expected: Any
    schema: JSONObject
    key: str = ""


def _moment(value: str) -> bool:
    try:
        parse_moment(value)
    except ValueError:
        return False
    return True


def _time_zone(value: str) -> bool:
    # A name with a slash only: keeps abbreviations and files of the zone folder out.
    if not re.fullmatch(r"UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2}", value, re.ASCII):
        return False
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {
    "portalsync-moment": _moment,
    "portalsync-time-zone": _time_zone,
    "portalsync-link": lambda value: not link_problem(value),
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    ecma_end = re.sub(r"(?<!\\)\$(?=$|\))", r"\\Z", pattern)
    return re.compile(ecma_end, re.ASCII)


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[Any]:
    if isinstance(value, str) and not _compiled(pattern).search(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _format(_validator: Any, name: str, value: Any, _schema: Any) -> Iterator[Any]:
    if isinstance(value, str) and not FORMATS[name](value):
        yield ValidationError(f"{value!r} is not a {name!r}")


@cache
def _validator_class() -> type[Validator]:
    extended: type[Validator] = extend(Draft202012Validator, {"pattern": _pattern, "format": _format})  # type: ignore[no-untyped-call]  # untyped in its stubs
    return extended


def validator(schema: JSONObject) -> Validator:
    """A validator for one schema; build it once and keep it."""
    return _validator_class()(schema)


def faults(checker: Validator, value: JSON) -> Iterator[Fault]:
    """Everything that the schema does not accept; unknown and missing keys one by one."""
    error: Any
    for error in checker.iter_errors(value):
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            known = sorted(error.schema.get("properties", ()))
            for key in error.instance:
                if key not in known:
                    yield Fault("unknown", path, error.instance[key], known, error.schema, key)
        elif error.validator == "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            # jsonschema reports each missing key by itself; its message names the one it means.
            for key in missing:
                if error.message.startswith(repr(key)):
                    yield Fault("required", path, error.instance, key, error.schema, key)
        elif error.validator == "anyOf":
            words = next((each for each in error.context if each.validator == "enum"), error)
            yield Fault(words.validator, path, error.instance, words.validator_value, error.schema)
        elif "propertyNames" in error.absolute_schema_path:
            yield Fault("key", path, error.instance, error.validator_value, error.schema, error.instance)
        else:
            yield Fault(error.validator, path, error.instance, error.validator_value, error.schema)
