"""What the compiled acceptor takes, the judge takes too: whichever is asked, a file is as valid."""

import builtins
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.values import values

from portalsync.catalog import FIELDS
from portalsync.catalog.acceptor import acceptor
from portalsync.catalog.conform import Validator, validator
from portalsync.catalog.contract_schemas import facts_schema
from portalsync.catalog.files import KINDS
from portalsync.catalog.guardrails import LIMITS
from portalsync.catalog.option import Field
from portalsync.catalog.schema import schemas
from portalsync.config.yaml import parse
from portalsync.model.json_value import JSON, JSONObject

EXAMPLE = Path(__file__).parents[3] / "portal-config"
OF_FIELDS = {path: field for path, field in FIELDS.items() if isinstance(field, Field)}
ALL: Mapping[str, JSONObject] = {
    **schemas(),
    "facts on a portal": facts_schema(),
    **{f"{path} in a layer": field.kind.schema() for path, field in OF_FIELDS.items()},
    **{f"{path} stored": field.kind.stored_schema() for path, field in OF_FIELDS.items()},
    **{limit.name: limit.schema() for limit in LIMITS},
}
_OF_EDITORS = {"markdownDescription", "markdownEnumDescriptions", "defaultSnippets", "doNotSuggest"}
_OF_READERS = {
    "$schema",
    "$id",
    "title",
    "description",
    "patternErrorMessage",
    "errorMessage",
    "examples",
    "default",
}
ALIKE = {
    *("type", "const", "enum", "minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
    *("properties", "additionalProperties", "propertyNames", "required", "dependentSchemas"),
    *("minProperties", "maxProperties", "items", "minItems", "maxItems", "uniqueItems"),
    *("if", "then", "else", "anyOf"),
}
"""Keywords in which the two agree, on the data of files. `multipleOf` is none of them: of 19.99 and 0.01 each
says something else.
"""
_OF_SCHEMAS = {"properties", "dependentSchemas"}
AWKWARD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 0.5, -0.0, 1e300, 2**53, 10**30, -(10**30)),
    *("", " ", "\n", "a\n", "a\r", "a\tb", "\xa0", "\u2003", "\ufeff", "\x85", "\u2028", "a\x00b", "\x7f"),
    *("é", "١٢", "²", "ſ", "K", "İ", "ß", "e\u0301", "\U0001f600" * 60, "x" * 130, "x" * 70_000, "\ud800"),
    *("true", "1", "UTC", "Europe/Berlin", "Europe/Berlin\n", "europe/berlin", "2026-02-30", "2026-02-28"),
    *(
        "2026-02-28T24:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-02-28T09:30",
        "https://example.com/",
        "ftp://x.y",
    ),
    *("https://example.com/\n", "https://exa mple.com", "a@example.com", "@", "#ffffff", "#ffffff\n", "#FFF"),
    *("-a", "a-", "a--b", "A", "a" * 64, "a" * 65, "EUR", "eur", "EURO", "portalsync/v1", "Firm"),
    *([], {}, [None], [1, 1], [1, True], [1, 1.0], ["a", "a"], [[]], [{}], {"unset": True}, {"unset": 1}),
    *({"en": "x"}, {"en": ""}, {"fr": "x"}, {"any": ["a", "a"]}, {"any": []}, {"id": "a", "remove": True}),
    *({"id": "a", "remove": True, "x": 1}, [{"id": "a"}], [{"id": "a"}] * 2, {"\ud800": 1}, {"": None}),
)


@cache
def checker(name: str) -> Validator:
    return validator(ALL[name])


def agree(name: str, value: JSON) -> bool:
    """Seen to fail with an acceptor that knows nothing of formats, and with a `multipleOf` of 0.01."""
    return not checker(name).is_accepted(value) or not [*checker(name).errors(value)]


@pytest.mark.parametrize("name", ALL)
def test_each_schema_can_be_compiled(name: str) -> None:
    acceptor(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_of_one_value(name: str) -> None:
    path = name.partition(" ")[0]
    field = OF_FIELDS.get(path)
    own = (*field.examples, *field.rejects, *values(path)) if field else ()
    assert [value for value in (*own, *map(_spoiled, own), *AWKWARD) if not agree(name, value)] == []


@pytest.mark.parametrize("path", OF_FIELDS)
def test_examples_need_no_judge(path: str) -> None:
    """Seen to fail when the schema did not compile."""
    refused = [
        each for each in OF_FIELDS[path].examples if not checker(f"{path} in a layer").is_accepted(each)
    ]
    assert refused == []


def _spoiled(value: JSON) -> JSON:
    return f"{value}\n" if isinstance(value, str) else [value, value]


@cache
def documents() -> list[tuple[str, Any]]:
    """Each file of the example, with its kind."""
    return [
        (kind.name, parse(file.read_bytes(), file.name).data)
        for kind in KINDS
        for file in sorted(EXAMPLE.glob(kind.pattern))
    ]


def test_the_example_needs_no_judge() -> None:
    assert {kind for kind, data in documents() if not checker(kind).is_accepted(data)} == set()


@given(st.data())
def test_of_whole_files(data: st.DataObject) -> None:
    kind, whole = data.draw(st.sampled_from(documents()))
    document = deepcopy(whole)
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from([*_places(document)]))
        _change(holder, key, data)
    assert agree(kind, document)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value, as what holds it and the key there."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(each, dict | list):
            yield from _places(each)


def _change(holder: Any, key: Any, data: st.DataObject) -> None:
    how = data.draw(st.sampled_from(["put", "spoil", "drop", "add", "wrap"]))
    if how == "put":
        holder[key] = data.draw(st.sampled_from(AWKWARD))
    elif how == "spoil" and isinstance(holder[key], str):
        end = data.draw(st.sampled_from(["\n", " ", "é", "1", "\xa0", "\u2028", "-"]))
        holder[key] = data.draw(st.sampled_from([holder[key] + end, end + holder[key]]))
    elif how == "drop":
        del holder[key]
    elif how == "add" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["id", "unset", "remove", "previously", "en", "x", ""]))] = holder[
            key
        ]
    elif how == "add":
        holder.append(deepcopy(holder[key]))
    else:
        holder[key] = [holder[key]]


@pytest.mark.parametrize("name", ALL)
def test_schemas_keep_to_what_both_understand_alike(name: str) -> None:
    assert {*_keywords(ALL[name])} <= ALIKE | _OF_EDITORS | _OF_READERS
    for pattern in _patterns(ALL[name]):
        assert not re.search(r"\\[dDwWbBpP]", pattern), pattern


def _keywords(schema: Any) -> Iterator[str]:
    for keyword, value in schema.items() if isinstance(schema, dict) else ():
        yield keyword
        if keyword in _OF_SCHEMAS:
            for each in value.values():
                yield from _keywords(each)
        elif keyword not in _OF_EDITORS | _OF_READERS | {"const", "enum"}:
            for each in value if isinstance(value, list) else [value]:
                yield from _keywords(each)


def _patterns(schema: Any) -> Iterator[str]:
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key == "pattern" and isinstance(value, str):
            yield value
        yield from _patterns(value)


def test_a_very_long_text_that_does_not_fit_is_refused_in_one_pass() -> None:
    """The judge took an hour for such a title: from each of its characters it looked at all others."""
    for name in ("announcements.items.*.title", "announcements.items.*.body", "profile.name"):
        text = "a" * 300_000 + "\x01"
        value: JSON = {"en": text} if "items" in name else text
        assert "pattern" in {each.validator for each in checker(f"{name} stored").errors(value)}


@pytest.mark.parametrize("value", [{1: 2}, {"a": object()}, "\ud800", {"id": "\udfff"}])
def test_what_it_stumbles_over_goes_to_the_judge(value: Any) -> None:
    assert not checker("firm").is_accepted(value)
    assert not checker("firm").is_valid(value)


def test_where_there_is_none_the_judge_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "jsonschema_rs":
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    alone = validator(ALL["firm"])
    (firm, *_) = (data for kind, data in documents() if kind == "firm")
    assert not alone.is_accepted(firm)
    assert alone.is_valid(firm)
    assert not alone.is_valid({**firm, "id": "A"})
