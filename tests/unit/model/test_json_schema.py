"""The schema of a dataclass accepts what the codec writes, and refuses what it does not read."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.unit.model.test_codec import BODY, Tree

from portalsync.model.codec import decode
from portalsync.model.converters import Misfit
from portalsync.model.json_schema import json_schema

SCHEMA: Any = json_schema(Tree, "urn:tree", "A tree")
LEAF = "#/$defs/leaf"


def fits(body: object) -> bool:
    return Draft202012Validator(SCHEMA).is_valid(body)


def test_it_says_what_the_types_say() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["height"] == {"type": "integer", "minimum": 0, "description": "In metres."}
    assert SCHEMA["properties"]["colour"] == {"enum": ["blue", "red"]}
    assert SCHEMA["properties"]["by_name"]["additionalProperties"]["items"] == {"$ref": LEAF}
    assert SCHEMA["properties"]["planted"] == {"oneOf": [{"type": "null"}, {"$ref": LEAF}]}
    assert SCHEMA["required"] == [*BODY]
    assert SCHEMA["$defs"]["leaf"]["required"] == ["name"]


def test_what_the_codec_reads_fits() -> None:
    assert fits(BODY)
    assert fits({**BODY, "planted": {"name": "a", "value": {}}, "felled": 1})


@pytest.mark.parametrize("key", BODY)
@pytest.mark.parametrize("value", [None, [None], {"x": None}, {"x": [{}]}, -1, "", "x", ["sha256:0"]])
def test_what_does_not_fit_is_not_read(key: str, value: object) -> None:
    body = {**BODY, key: value}
    if not fits(body):
        with pytest.raises(Misfit):
            decode(Tree, body)


@pytest.mark.parametrize("key", BODY)
def test_without_a_key_it_does_not_fit(key: str) -> None:
    assert not fits({other: value for other, value in BODY.items() if other != key})
    assert not fits({**BODY, f"{key}x": 1})
