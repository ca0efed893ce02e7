"""JSON Schema: whether a value fits, and everything that does not.

Nearly all that is asked about fits, so a fast acceptor comes first (`acceptor.py`); what it does not take
goes to the judge (`judge.py`), who alone decides and explains.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portalsync.catalog.acceptor import Acceptor, acceptor
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


class Validator:
    """One schema. What it takes to check is made when first needed, and kept."""

    def __init__(self, schema: JSONObject) -> None:
        self._schema = schema

    def is_valid(self, value: JSON) -> bool:
        return self.is_accepted(value) or next(self.errors(value), None) is None

    def is_accepted(self, value: JSON) -> bool:
        """Whether no judge is needed: the value fits. Of some that fit this is not known."""
        try:
            return self._acceptor(value)
        except Exception:  # noqa: BLE001 - whatever it stumbles over, the judge knows what to say
            return False

    def errors(self, value: JSON) -> Iterator[Any]:
        """The errors of `jsonschema`."""
        return iter(self._judge.iter_errors(value))

    @cached_property
    def _acceptor(self) -> Acceptor:
        return acceptor(self._schema)

    @cached_property
    def _judge(self) -> Any:
        from portalsync.catalog.judge import judge  # noqa: PLC0415 - 100 ms, for what does not fit only

        return judge(self._schema)


def validator(schema: JSONObject) -> Validator:
    """A validator for one schema; build it once and keep it."""
    return Validator(schema)


def faults(checker: Validator, value: JSON) -> Iterator[Fault]:
    """Everything that the schema does not accept; unknown and missing keys one by one."""
    return iter(()) if checker.is_accepted(value) else _faults(checker.errors(value))


def _faults(errors: Iterator[Any]) -> Iterator[Fault]:
    asked_for: set[tuple[Any, ...]] = set()
    for error in errors:
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            known = sorted(error.schema.get("properties", ()))
            for key in error.instance:
                if key not in known:
                    yield Fault("unknown", path, error.instance[key], known, error.schema, key)
        elif error.validator == "required":
            # jsonschema reports each missing key by itself, and says only in English which one it means.
            keys = (path, *error.absolute_schema_path)
            missing = () if keys in asked_for else error.validator_value
            asked_for.add(keys)
            for key in missing:
                if key not in error.instance:
                    yield Fault("required", path, error.instance, key, error.schema, key)
        elif error.validator == "anyOf":
            words = next((each for each in error.context if each.validator == "enum"), error)
            yield Fault(words.validator, path, error.instance, words.validator_value, error.schema)
        elif "propertyNames" in error.absolute_schema_path:
            yield _of_a_name(error, path)
        else:
            yield Fault(error.validator, path, error.instance, error.validator_value, error.schema)


def _of_a_name(error: Any, path: tuple[str | int, ...]) -> Fault:
    """Where a schema lists all keys that there are, one that is not among them is unknown."""
    known, key = error.validator_value, error.instance
    if error.validator == "enum" and "dependentSchemas" not in error.absolute_schema_path:
        return Fault("unknown", path, {}, sorted(known), {"properties": {each: {} for each in known}}, key)
    return Fault("key", path, key, known, error.schema, key)
