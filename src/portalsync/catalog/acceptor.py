"""`jsonschema-rs`, which only ever says yes: compiled, it is a hundred times as fast as the judge.

The two do not agree on everything; where this one says no, or fails, the judge decides. Where it says yes,
the judge would too: the schemas keep out of what only this one takes, and a test holds both to it.
"""

from collections.abc import Callable
from typing import TypeAlias

from portalsync.catalog.formats import FORMATS
from portalsync.model.json_value import JSON, JSONObject

Acceptor: TypeAlias = Callable[[JSON], bool]


def acceptor(schema: JSONObject) -> Acceptor:
    """Whether a value surely fits the schema. ValueError if it cannot be compiled."""
    try:
        from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - there is not one for every machine
    except ImportError:
        return _undecided
    return Draft202012Validator(
        schema, formats={**FORMATS}, validate_formats=True, ignore_unknown_formats=False, offline=True
    ).is_valid


def _undecided(_value: JSON) -> bool:
    return False
