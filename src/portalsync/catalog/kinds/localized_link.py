"""An address per language: the same page, as readers of each of them find it."""

from collections.abc import Iterable, Mapping
from typing import Any

from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.kinds.localized import by_language
from portalsync.lexicon import LOCALES, Lexicon
from portalsync.model.json_value import JSON, JSONObject

_LINK = Link()


class LocalizedLink(Kind[Mapping[str, str]]):
    """In at least one language; each obeys the rules of `Link`."""

    def schema(self) -> JSONObject:
        return by_language(_LINK.schema(), "The address of the page in")

    def normal(self, value: JSON) -> JSON:
        if not isinstance(value, dict):
            return value
        return {locale: _LINK.normal(address) for locale, address in value.items()}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return "; ".join(f"{locale} {value[locale]}" for locale in LOCALES if locale in value)

    def links(self, value: Any) -> Iterable[str]:
        return map(str, value.values())
