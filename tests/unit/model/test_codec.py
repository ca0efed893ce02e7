"""Dataclasses become JSON and come back; what is no such JSON is refused, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest

from portalsync.lexicon import Text, lexicon_of, phrase
from portalsync.model.annotations import Count, Digest, Doc, Omitted, Prefixed
from portalsync.model.codec import converter_of, decode, encode
from portalsync.model.converters import Misfit
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    value: JSON | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class Tree:
    version: Literal[2] = field(default=2, init=False)
    kind: Annotated[str, Prefixed("urn:tree:"), Doc("What it is.")]
    height: Annotated[Count, Doc("In metres.")]
    green: bool
    colour: Colour
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, tuple[Leaf, ...]]
    sums: tuple[Digest, ...]
    planted: Leaf | None
    label: Text = ""
    felled: int | Absent = ABSENT
    birds: Annotated[tuple[str, ...], Omitted(), Doc("Who nests in it.")] = ()


SUM = f"sha256:{'0' * 64}"
TREE = Tree(
    "oak", 3, green=True, colour=Colour.RED, leaves=(Leaf("a"), Leaf("b", None), Leaf("c", [1, 1.0, True])),
    by_name={"x": (Leaf("d"),)}, sums=(SUM,), planted=None, label="Oak",
)  # fmt: skip
BODY: dict[str, Any] = {
    "version": 2,
    "kind": "urn:tree:oak",
    "height": 3,
    "green": True,
    "colour": "red",
    "leaves": [{"name": "a"}, {"name": "b", "value": None}, {"name": "c", "value": [1, 1.0, True]}],
    "by_name": {"x": [{"name": "d"}]},
    "sums": [SUM],
    "planted": None,
    "label": "Oak",
}


def test_every_field_has_its_key_and_comes_back() -> None:
    assert encode(TREE) == BODY
    assert decode(Tree, BODY) == TREE


def test_what_is_absent_has_no_key_and_null_is_a_value() -> None:
    assert "felled" not in encode(TREE)
    assert decode(Tree, {**BODY, "felled": 0}).felled == 0
    assert decode(Leaf, {"name": "b", "value": None}) == Leaf("b", None)
    assert decode(Leaf, {"name": "b"}) == Leaf("b", ABSENT)
    assert decode(Tree, {**BODY, "planted": {"name": "a"}}).planted == Leaf("a")


def test_what_came_later_has_no_key_where_it_has_its_default() -> None:
    assert "birds" not in encode(TREE)
    assert decode(Tree, BODY).birds == ()
    nested = decode(Tree, {**BODY, "birds": ["owl"]})
    assert nested.birds == ("owl",)
    assert encode(nested)["birds"] == ["owl"]


def test_a_prefix_is_taken_away_where_there_is_one() -> None:
    assert decode(Tree, {**BODY, "kind": "oak"}) == TREE


def test_texts_are_worded_in_the_language_that_is_asked_for() -> None:
    tree = Tree("oak", 3, True, Colour.RED, (), {}, (), None, phrase("values.on"))  # noqa: FBT003
    assert encode(tree)["label"] == lexicon_of("en")("values.on")
    assert encode(tree, lexicon_of("de").say)["label"] == lexicon_of("de")("values.on")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"version": 1}, "version: expected 2"),
        ({"version": 2.0}, "version: expected 2"),
        ({"kind": 1}, "kind: expected a text"),
        ({"height": True}, "height: expected a whole number"),
        ({"height": 3.0}, "height: expected a whole number"),
        ({"height": "3"}, "height: expected a whole number"),
        ({"height": -1}, "height: expected at least 0"),
        ({"green": 1}, "green: expected true or false"),
        ({"green": None}, "green: expected true or false"),
        ({"colour": "green"}, "colour: expected one of red, blue"),
        ({"colour": []}, "colour: expected one of red, blue"),
        ({"leaves": {}}, "leaves: expected a list"),
        ({"leaves": "ab"}, "leaves: expected a list"),
        ({"leaves": [{"name": "a"}, "b"]}, "leaves[1]: expected an object"),
        ({"leaves": [{"name": "a"}, {}]}, "leaves[1]: missing: name"),
        ({"leaves": [{"name": "a", "b": 1, "a": 1}]}, "leaves[0]: unknown: a, b"),
        ({"by_name": []}, "by_name: expected an object"),
        ({"by_name": {"x": [], "y": [{"name": 1}]}}, "by_name.y[0].name: expected a text"),
        ({"sums": [SUM, SUM + "\n"]}, "sums[1]: expected sha256:[0-9a-f]{64}"),
        ({"planted": {"name": None}}, "planted.name: expected a text"),
        ({"label": ["a"]}, "label: expected a text"),
        ({"felled": None}, "felled: expected a whole number"),
        ({"more": 1}, "unknown: more"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(changed: dict[str, JSON], expected: str) -> None:
    with pytest.raises(Misfit) as refused:
        decode(Tree, {**BODY, **changed})
    assert str(refused.value) == expected


@pytest.mark.parametrize("key", list(BODY))
def test_every_key_has_to_be_there_whatever_default_it_has_in_code(key: str) -> None:
    with pytest.raises(Misfit, match=f"^missing: {key}$"):
        decode(Tree, {other: value for other, value in BODY.items() if other != key})


@pytest.mark.parametrize("body", [None, [], "x", 1])
def test_a_body_is_an_object(body: JSON) -> None:
    with pytest.raises(Misfit, match=r"^expected an object$"):
        decode(Tree, body)


@pytest.mark.parametrize("hint", [float, list[str], dict[str, str], int | str, object])
def test_a_type_without_a_form_is_found_at_once(hint: Any) -> None:
    with pytest.raises(TypeError, match="no form in JSON"):
        converter_of(hint)
