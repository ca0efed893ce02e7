"""The languages of a firm's clients, and what it writes in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from portalsync.catalog.kinds.basic import LINE, LINES, on_one_line
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.spelling import tidy, tidy_markdown
from portalsync.lexicon import LOCALES, Lexicon, lexicon_of
from portalsync.model.json_value import JSON, JSONObject


def by_language(schema: JSONObject, what: str) -> JSONObject:
    """The schema of values in at least one language, each of which fits `schema`. `what` begins what
    editors say of each: `The text in` English.
    """
    english = lexicon_of("en")
    return {
        "type": "object",
        "properties": {
            locale: {**schema, "markdownDescription": f"{what} {english.language(locale)}."}
            for locale in LOCALES
        },
        "additionalProperties": False,
        "minProperties": 1,
    }


class LocalizedText(Kind[Mapping[str, str]]):
    """A text per locale; one line, or Markdown of several."""

    def __init__(self, limit: int, *, markdown: bool = False) -> None:
        self.limit = limit
        self.markdown = markdown

    def schema(self) -> JSONObject:
        text: dict[str, JSON] = {
            "type": "string",
            "minLength": 1,
            "maxLength": self.limit,
            **(LINES if self.markdown else LINE).schema(),
        }
        return by_language(text, "The text in")

    def normal(self, value: JSON) -> JSON:
        if not isinstance(value, dict):
            return value
        same = tidy_markdown if self.markdown else tidy
        return {locale: same(text) if isinstance(text, str) else text for locale, text in value.items()}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        return "; ".join(
            f"{locale} {lexicon('values.quoted', text=on_one_line(value[locale]))}"
            for locale in LOCALES
            if locale in value
        )

    def markdown_texts(self, value: Any) -> Mapping[str, str]:
        return value if self.markdown else {}


class Languages(Kind[Sequence[str]]):
    """Several of those that portalsync speaks, in the order of preference."""

    def schema(self) -> JSONObject:
        english = lexicon_of("en")
        items: JSONObject = {
            "type": "string",
            "enum": [*LOCALES],
            "markdownEnumDescriptions": [english.language(locale) for locale in LOCALES],
        }
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        return ", ".join(map(lexicon.language, value))


def localized(value: Mapping[str, str], locale: str, fallback: str) -> tuple[str, str]:
    """The text for `locale` and the language it is in; else in `fallback`, else in any."""
    for wanted in (locale, fallback, *sorted(value)):
        if wanted in value:
            return value[wanted], wanted
    return "", locale
