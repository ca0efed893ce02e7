"""The catalogue, the words, the templates and the schemas fit together, whatever options there are."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.laws.layers import none_of

from portalsync.catalog import DEFINITIONS, FIELDS, OPTIONS, SECTIONS, options
from portalsync.catalog.files import KINDS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.option import Block, Field, ListField, Option
from portalsync.catalog.schema import schemas
from portalsync.catalog.unset import UNSET, takes_unset
from portalsync.cli.commands.schema import schema
from portalsync.model.json_value import JSON
from portalsync.model.page import Place, Shape
from portalsync.portal.layout import areas
from portalsync.resources import folder

MODULES = sorted(module.name for module in iter_modules(options.__path__))
BLOCKS = [(option, block) for option in DEFINITIONS for block in option.blocks]
LAYERS = [kind.name for kind in KINDS if kind.is_layer]


def _named(value: object) -> str:
    return value.key if isinstance(value, Option) else value.name if isinstance(value, Block) else ""


@pytest.mark.parametrize("module", MODULES)
def test_every_option_file_is_listed_once(module: str) -> None:
    option: Option = import_module(f"{options.__name__}.{module}").OPTION
    assert OPTIONS.count(option) == 1, f"add {module}.OPTION to OPTIONS in catalog/__init__.py"
    assert option.key == module


def test_every_listed_option_has_its_file() -> None:
    assert sorted(option.key for option in OPTIONS) == MODULES


def test_keys_are_unique() -> None:
    assert _twice(option.key for option in DEFINITIONS) == []


@pytest.mark.parametrize("option", DEFINITIONS, ids=_named)
def test_names_are_unique_within_an_option(option: Option) -> None:
    assert _twice(field.name for field in option.all_fields) == []
    assert _twice(block.name for block in option.blocks) == []
    assert _twice(rule.code for each in DEFINITIONS for rule in each.rules) == []
    assert option.since.count(".") == 2
    assert option.description


@pytest.mark.parametrize("pattern", FIELDS)
def test_every_field_has_examples_and_rejects(pattern: str) -> None:
    field = FIELDS[pattern]
    assert field.description.endswith(".")
    if isinstance(field, Field):
        assert field.examples
        assert field.rejects
    else:
        assert field.fields
        assert _twice(each.name for each in field.fields) == []


def test_every_shape_has_its_partial_and_no_partial_is_without_a_shape() -> None:
    partials = {path.name for path in (folder("templates") / "blocks").iterdir()}
    assert partials == {f"{shape}.html.j2" for shape in Shape}


def test_every_shape_is_used() -> None:
    assert {block.shape for _, block in BLOCKS} == set(Shape)


@pytest.mark.parametrize(
    ("option", "block", "place"),
    [(option, block, place) for option, block in BLOCKS for place in block.places],
    ids=lambda value: f"{value.surface}-{value.page}" if isinstance(value, Place) else _named(value),
)
def test_every_block_has_an_area_where_it_stands(option: Option, block: Block, place: Place) -> None:
    area = block.area or block.shape
    assert area in areas(place), f"{option.key}.{block.name}: add {area} to {place} in portal/layout.py"


@pytest.mark.parametrize("option", DEFINITIONS, ids=lambda option: option.key)
def test_every_icon_is_drawn(option: Option) -> None:
    icons = (folder("templates") / "pages" / "icons.html.j2").read_text(encoding="utf-8")
    assert f'  "{option.icon}": ' in icons, f"{option.key}: draw {option.icon} in icons.html.j2"


def test_committed_schemas_are_the_catalogues(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        schema, ["--write", str(tmp_path), "--results", "--no-modelines", "--lang", "en"]
    )
    assert done.exit_code == 0, done.output
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in folder("schemas").glob("*.schema.json")}
    stale = sorted(name for name in made.keys() | committed.keys() if made.get(name) != committed.get(name))
    assert stale == [], "run: make schemas"


@pytest.mark.parametrize("kind", schemas())
def test_schemas_are_valid(kind: str) -> None:
    found = schemas()[kind]
    assert found["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(found)
    # Editors would show the title in place of what the reader is at.
    assert "title" not in found
    assert found["additionalProperties"] is False
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_file_says_what_it_is_and_whose(kind: FileKind) -> None:
    """By the name of its kind, and by the key that repeats the name of its file."""
    found: Any = schemas()[kind.name]
    assert found["properties"]["kind"]["const"] == kind.name.capitalize()
    assert bool(kind.file) != bool(kind.folder)
    assert (kind.identity in found["required"]) is bool(kind.folder)


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("pattern", FIELDS)
def test_editors_are_told_about_every_field(kind: str, pattern: str) -> None:
    shown = _property(schemas()[kind], pattern)
    field = FIELDS[pattern]
    assert shown["markdownDescription"] == field.description
    assert ("null" in shown["type"]) is (None in none_of(field, pattern))
    if isinstance(field, ListField):
        assert shown["items"]["defaultSnippets"]
        assert takes_unset(shown)
        return
    assert takes_unset(shown) is not field.required
    assert shown["examples"] == [*field.examples]
    for each in _with_enum(shown):
        assert len(each["markdownEnumDescriptions"]) == len(each["enum"])
        assert all(each["markdownEnumDescriptions"])
    for each in _with_pattern(shown):
        assert each["patternErrorMessage"]


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("option", SECTIONS, ids=_named)
def test_editors_offer_every_option_whole(kind: str, option: Option) -> None:
    section = _section(schemas()[kind], option.key)
    assert section["properties"].keys() == {UNSET, *(field.name for field in option.all_fields)}
    assert section["markdownDescription"] == option.description
    [snippet] = section["defaultSnippets"]
    assert snippet["body"].keys() == {field.name for field in option.fields}


def _twice(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _section(layer: JSON, key: str) -> Any:
    found: Any = layer
    found = found["properties"]
    return found[key] if key == "profile" else found["options"]["properties"][key]


def _property(layer: JSON, pattern: str) -> Any:
    key, *names = pattern.split(".")
    found = _section(layer, key)
    for name in names:
        found = found["items"] if name == "*" else found["properties"][name]
    return found


def _with_enum(schema: JSON) -> Iterator[Any]:
    return (each for each in _walk(schema) if "enum" in each)


def _with_pattern(schema: JSON) -> Iterator[Any]:
    return (each for each in _walk(schema) if "pattern" in each)


def _walk(schema: JSON) -> Iterator[Any]:
    if isinstance(schema, dict):
        yield schema
        for key in ("items", "additionalProperties"):
            yield from _walk(schema.get(key))
        either = schema.get("anyOf")
        for each in either if isinstance(either, list) else ():
            yield from _walk(each)
        properties = schema.get("properties")
        for each in properties.values() if isinstance(properties, dict) else ():
            yield from _walk(each)
