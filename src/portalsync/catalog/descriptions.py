"""What editors and the reference say of each key, in a language. English stands beside what it describes; the
others are in `words/<tag>/descriptions.toml`, by the English.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from portalsync.catalog.files.document import plain
from portalsync.catalog.kinds.form import form_of, sentence
from portalsync.lexicon import LOCALES, Lexicon, lexicon_of
from portalsync.model.json_value import JSON, JSONObject
from portalsync.resources import descriptions_of


def described(text: str, locale: str) -> str:
    """A description in a language; where it has none, as it is."""
    return _known(locale).get(text, text)


def in_language(schema: JSONObject, locale: str) -> JSONObject:
    """A schema for readers of a language. It accepts the same."""
    if locale == LOCALES[0]:
        return schema
    lexicon = lexicon_of(locale)
    return {key: _worded(key, value, schema, lexicon) for key, value in schema.items()}


def _worded(key: str, value: JSON, schema: JSONObject, lexicon: Lexicon) -> JSON:
    match key, value:
        case "markdownDescription", str():
            return described(value, lexicon.locale)
        case "description", str():
            told = schema.get("markdownDescription", value)
            return plain(described(told if isinstance(told, str) else value, lexicon.locale))
        case "patternErrorMessage", str():
            form = form_of(schema)
            return sentence(form, lexicon) if form else value
        case "markdownEnumDescriptions" | "enumDescriptions", list():
            return [described(str(each), lexicon.locale) for each in value]
    return _within(value, lexicon)


def _within(value: JSON, lexicon: Lexicon) -> JSON:
    if isinstance(value, list):
        return [_within(each, lexicon) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _worded(key, each, value, lexicon) for key, each in value.items()}


@cache
def _known(locale: str) -> Mapping[str, str]:
    return tomllib.loads(descriptions_of(locale))
