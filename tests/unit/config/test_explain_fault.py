"""What people read about values that a schema refuses."""

import json
import re
from typing import Any

import pytest
from jsonschema.exceptions import ValidationError
from tests.unit.config.german import only_english

from portalsync.catalog import FIELDS
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.files.layers import nullable
from portalsync.catalog.option import Field
from portalsync.config.explain_fault import empty_values, explain
from portalsync.config.yaml import Parsed, parse
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSON, JSONObject
from portalsync.suggest import did_you_mean, one_of

REJECTED = [
    pytest.param(field, value, id=f"{path}-{index}")
    for path, field in FIELDS.items()
    if isinstance(field, Field)
    for index, value in enumerate(field.rejects)
    if value is not None
]
JARGON = (
    "{",
    "schema",
    "regex",
    "pattern",
    "anyOf",
    "oneOf",
    "type 'string'",
    "^",
    "\\",
    "None",
    "True",
    "null ",
)


VALUE = re.compile(r"\S+|\w+: \S+")
"""What is the same in every language: a value to be written, or a line of YAML."""


def explained(schema: JSONObject, text: str) -> list[Diagnostic]:
    parsed = parse(text.encode(), "firms/oak.yaml")
    return explain(faults(validator(schema), parsed.data), parsed, schema)


@pytest.mark.parametrize(("field", "value"), REJECTED)
def test_every_refused_value_is_explained_plainly(field: Field[object], value: JSON) -> None:
    """What an option refuses gets one sentence without jargon, in both languages, and says what is
    expected or what to do.
    """
    schema: JSONObject = {
        "type": "object",
        "properties": {field.name: {**nullable(field.kind.schema()), "examples": [*field.examples]}},
    }
    try:
        found = explained(schema, json.dumps({field.name: value}))
    except InvalidConfig as refused:  # already at the door: a control character
        found = [*refused.diagnostics]
    assert found
    for each in found:
        assert str(each.message).endswith(".")
        assert not str(each.message).endswith("..")
        assert each.expected or each.hint
        assert not str(each.expected).endswith(".")
        told = str(each.message).replace(str(value), "")
        assert not [word for word in JARGON if word in told], told
    assert [text for text in only_english(found) if not VALUE.fullmatch(text)] == []


FILES_WITH_FAULTS = (
    "a: x\nb: [1, 1, 2]\nc: {d: 1}\nk: {}\n",
    "a: 7\nb: y\nf: ''\nk: {e: 12}\nz: 1\n",
    "c: {d: {}}\nk: []\n",
)


@pytest.mark.parametrize("text", FILES_WITH_FAULTS)
def test_what_people_read_does_not_hang_on_the_words_of_a_library(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: which key is missing was taken from the English message of `jsonschema`."""
    section: JSONObject = {"type": "object", "required": ["d", "e", "g"], "properties": {"e": {"maximum": 9}}}
    schema: JSONObject = {
        "required": ["a", "b", "c", "k"],
        "properties": {
            "a": {"type": "string", "pattern": "^b$"},
            "b": {"type": "array", "uniqueItems": True, "maxItems": 2},
            "c": section,
            "f": {"anyOf": [{"enum": ["x"]}, {"type": "number"}]},
            "k": section,
        },
        "additionalProperties": False,
    }
    before = explained(schema, text)

    def in_other_words(error: ValidationError, _message: str, *args: Any, **more: Any) -> None:
        made(error, "", *args, **more)

    made = ValidationError.__init__
    monkeypatch.setattr(ValidationError, "__init__", in_other_words)
    assert explained(schema, text) == before
    assert len(before) > 1


def test_a_pattern_without_words_says_what_the_value_is() -> None:
    """Schemas of ours word every pattern (tests/unit/words); nothing is made up for one that does not."""
    [found] = explained({"properties": {"a": {"pattern": "^b$"}}}, "a: c\n")
    assert (str(found.message), found.expected) == ("a cannot be c.", "")


def test_every_keyword_is_told_in_both_languages() -> None:
    """Seen to fail when the hint to shorten a text was a sentence in the code."""
    schema: JSONObject = {
        "properties": {
            "a": {"maxLength": 2},
            "b": {"maxItems": 1, "items": {"type": ["string", "number"]}},
            "c": {"uniqueItems": True},
            "d": {"minimum": 0, "maximum": 9},
            "e": {"minItems": 2},
            "f": {"maxProperties": 0},
            "g": {"minItems": 1},
            "h": {"propertyNames": {"pattern": "^[a-z]+$"}},
            "i": {"type": "integer"},
            "j": {"const": True},
            "k": {"type": ["array", "null"]},
        },
        "required": ["z"],
    }
    first = "a: abc, b: [true, null], c: [1, 1], d: 10, e: [1], f: {x: 1}"
    found = explained(schema, f"{{{first}, g: [], h: {{A: 1}}, i: [], j: no, k: {{x: 1}}}}")
    assert len(found) > len("abcdefghijk")
    assert [text for text in only_english(found) if not VALUE.fullmatch(text)] == []


def test_one_finding_for_one_value() -> None:
    """A value that breaks several rules of its schema is told once, by what says most."""
    schema: JSONObject = {"properties": {"a": {"type": "string", "pattern": "^#[0-9]{2}$", "maxLength": 3}}}
    assert [each.code for each in explained(schema, "a: abcdef\n")] == ["schema-pattern"]


def test_a_misspelt_key_is_not_missing_too() -> None:
    """A required key that is there under another spelling is told once, at its place."""
    schema: JSONObject = {"properties": {"kind": {}}, "required": ["kind"], "additionalProperties": False}
    assert [each.code for each in explained(schema, "knd: Firm\n")] == ["schema-unknown"]
    assert [each.code for each in explained(schema, "colour: red\n")] == ["schema-required", "schema-unknown"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: null\n", []),
        ("a: ~\n", []),
        ("a: NULL\n", []),
        ("a:\n", ["value-empty"]),
        ("a: # null\n", ["value-empty"]),
        ("a: {b: , c: null}\n", ["value-empty"]),
        ("a:\nb:\n", ["value-empty", "value-empty"]),
    ],
)
def test_null_is_written_out(text: str, codes: list[str]) -> None:
    """Nothing after a key is an accident; null is a decision."""
    assert [each.code for each in empty_values(parse(text.encode(), "a.yaml"), {})] == codes


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("prepayment", "Did you mean prepayments?"),
        ("Prepayments", "Did you mean prepayments?"),
        ("oka", "Did you mean oak?"),
        ("south", ""),
        ("", ""),
    ],
)
def test_did_you_mean(word: str, hint: str) -> None:
    """A near word is named, a far one never."""
    assert str(did_you_mean(word, ["prepayments", "north", "oak"])) == hint


def test_one_of() -> None:
    """A single choice stands by itself."""
    assert one_of(["a"]) == "a"
    assert str(one_of(["a", "b"])) == "one of a, b"
    assert str(one_of(["a", "b", "c"])) == "one of a, b, c"


@pytest.mark.parametrize(("text", "column"), [("a: {b: 1}\n", 4), ("a:\n  b: 1\n", 1), ("a:\n  - 1\n", 1)])
def test_values_below_are_shown_at_their_key(text: str, column: int) -> None:
    """A value that begins on a later line is pointed at by its key."""
    parsed: Parsed = parse(text.encode(), "a.yaml")
    assert (parsed.stated_position(("a",)).line, parsed.stated_position(("a",)).column) == (1, column)
