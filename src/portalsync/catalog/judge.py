"""`jsonschema`, the judge of what fits a schema: it says what is wrong, one by one.

Two of its keywords are replaced: `pattern` follows ECMA-262 where Python's `re` does not (`$` never stands
before a final newline, classes are ASCII), and `format` knows portalsync's own formats, for it would let any
`date-time` pass.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from portalsync.catalog.formats import FORMATS
from portalsync.model.json_value import JSONObject


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


def judge(schema: JSONObject) -> Validator:
    """The judge of one schema."""
    return _validator_class()(schema)
