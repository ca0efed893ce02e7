"""What editors say of each key, in other languages than English."""

import tomllib
from collections.abc import Iterator

import pytest

from portalsync.catalog.descriptions import in_language
from portalsync.catalog.kinds.form import form_of
from portalsync.catalog.schema import schemas
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSON
from portalsync.resources import descriptions_of

TOLD = ("markdownDescription", "markdownEnumDescriptions", "enumDescriptions")
READ = (*TOLD, "description", "patternErrorMessage")
OTHERS = [locale for locale in LOCALES if locale != "en"]


@pytest.mark.parametrize("locale", OTHERS)
def test_all_that_schemas_say_is_said_in_every_language(locale: str) -> None:
    """Seen to fail for a description that was reworded in the code alone."""
    said = {text for schema in schemas().values() for text in _descriptions(schema)}
    known = tomllib.loads(descriptions_of(locale))
    file = f"words/{locale}/descriptions.toml"
    assert said - known.keys() == set(), f"add them to {file}"
    assert known.keys() - said == set(), f"nothing says them; remove them from {file}"
    assert [text for text, other in known.items() if text == other] == []


@pytest.mark.parametrize("name", schemas())
def test_a_schema_accepts_the_same_in_every_language(name: str) -> None:
    schema = schemas()[name]
    assert _without_words(in_language(schema, "de")) == _without_words(schema)
    assert in_language(schema, "en") == schema


def test_a_firms_schema_is_german_in_german() -> None:
    told = in_language(schemas()["firm"], "de")
    assert told["description"] == "Eine Kanzlei: ein Portal."
    texts = {text for text in _texts(told) if "id aus" in text}
    assert "Eine id aus Kleinbuchstaben, Ziffern und Bindestrichen." in texts
    assert form_of({"patternErrorMessage": texts.pop()}) is None  # findings go by the English


def _descriptions(value: JSON) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key in TOLD and isinstance(each, str | list):
                yield from [each] if isinstance(each, str) else map(str, each)
    yield from (text for each in _inner(value) for text in _descriptions(each))


def _texts(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    yield from (text for each in _inner(value) for text in _texts(each))


def _inner(value: JSON) -> list[JSON]:
    if isinstance(value, dict):
        return [*value.values()]
    return value if isinstance(value, list) else []


def _without_words(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_without_words(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_words(each) for key, each in value.items() if key not in READ or isinstance(each, dict)
    }
