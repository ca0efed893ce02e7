"""What may have been meant by a value that its schema refuses. Only what is accepted is ever named."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from portalsync.addresses import ascii_host, ascii_link
from portalsync.catalog.conform import validator
from portalsync.catalog.kinds.form import form_of
from portalsync.config.days import moments_written
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.json_value import JSON, JSONObject
from portalsync.suggest import nearest_zone, plain_id

_LONGEST = 500
"""Characters of a value about which anything is guessed."""
_SPLIT = re.compile(r"\s*[,;/|]\s*|\s+(?:und|and|or|oder)\s+|\s+", re.IGNORECASE)
_CURRENCIES = {"€": "EUR", "EURO": "EUR", "$": "USD", "DOLLAR": "USD", "£": "GBP", "FRANKEN": "CHF"}


def meant(schema: JSONObject, value: JSON) -> JSON:
    """A value that is accepted in place of this one; None if none comes to mind."""
    text = "" if value is None or isinstance(value, dict | list | bool) else str(value).strip()
    if not text or len(text) > _LONGEST:
        return None
    accepts = validator(schema)
    return next((each for each in _guesses(schema, text) if each != value and accepts.is_valid(each)), None)


def _guesses(schema: JSONObject, text: str) -> Iterator[JSON]:
    types = cast("str | list[str]", schema.get("type", []))
    if "string" in types:
        yield from (text, text.rstrip(",;"))
        yield from _OF_FORMS.get(_form(schema), _nothing)(text)
    if "enum" in schema or "anyOf" in schema:
        tag = text.lower().replace("_", "-")
        yield from (_languages().get(tag, tag), tag.partition("-")[0])
    if "integer" in types and re.fullmatch(r"\d{1,3}([., '\u00a0\u202f]\d{3})*|\d+ ?%?", text.rstrip(",;")):
        yield int(re.sub(r"\D", "", text))
    if "array" in types and isinstance(items := schema.get("items"), dict):
        accepts = validator(items)
        parts = [each for each in _SPLIT.split(text.strip("[]()")) if each]
        yield [each if accepts.is_valid(each) else meant(items, each) for each in parts]


def _form(schema: JSONObject) -> str:
    """The name of the form that a text is to have."""
    if schema.get("format") == "portalsync-time-zone":
        return "zone"
    form = form_of(schema)
    return form.key.rpartition(".")[2] if form else ""


def _nothing(_text: str) -> Iterator[str]:
    return iter(())


@cache
def _languages() -> Mapping[str, str]:
    """The languages by what all of them call them."""
    return {lexicon_of(tag).language(each).lower(): each for tag in LOCALES for each in LOCALES}


def _zone(text: str) -> Iterator[str]:
    yield nearest_zone(text)


def _identifier(text: str) -> Iterator[str]:
    yield plain_id(text)


def _name(text: str) -> Iterator[str]:
    yield re.sub(r"\s+", "-", text)
    yield plain_id(text)


def _block(text: str) -> Iterator[str]:
    yield text.lower().replace(" ", "_")


def _image(text: str) -> Iterator[str]:
    stem, _, suffix = re.split(r"[/\\]", text)[-1].rpartition(".")
    yield f"assets/{plain_id(stem)}.{suffix.lower()}"


def _color(text: str) -> Iterator[str]:
    digits = text.lower().removeprefix("#").removeprefix("0x")
    yield f"#{digits}"
    yield "#" + "".join(digit * 2 for digit in digits)


def _email(text: str) -> Iterator[str]:
    plain = re.sub(r"\s*[\[(](?:at|ät)[\])]\s*", "@", text.removeprefix("mailto:"), flags=re.IGNORECASE)
    name, _, host = re.sub(r"\s|[<>]", "", plain).rpartition("@")
    yield f"{name}@{ascii_host(host)}"


def _phone(text: str) -> Iterator[str]:
    digits = re.sub(r"^(?:tel(?:efon|ephone)?|phone|fon|t|p)[.: ]+", "", text, flags=re.IGNORECASE)
    plain = re.sub("[\u2010-\u2015]", "-", digits)
    yield re.sub(r"[\s.]+", " ", plain).strip()


def _host(text: str) -> Iterator[str]:
    plain = re.sub(r"\s", "", text)
    yield ascii_host((plain.partition("://")[2] or plain).partition("/")[0])


def _amount(text: str) -> Iterator[str]:
    """A comma or a dot before three digits may be either; nothing is guessed then."""
    plain = re.sub(r"[\s€$£'’]|[A-Za-z]{3,4}$", "", text)
    whole, sign, cents = re.sub(r"[.,](?=\d{3}[.,])", "", plain).replace(",", ".").partition(".")
    if not sign or len(cents) in (1, 2):
        yield f"{whole}.{cents.ljust(2, '0')}" if sign else whole


def _currency(text: str) -> Iterator[str]:
    yield _CURRENCIES.get(text.upper(), text.upper())


def _language(text: str) -> Iterator[str]:
    yield text.replace("_", "-")


def _line(text: str) -> Iterator[str]:
    yield " ".join(text.split())


def _link(text: str) -> Iterator[str]:
    yield ascii_link(text)


_OF_FORMS: Mapping[str, Callable[[str], Iterator[Any]]] = {
    "zone": _zone,
    "identifier": _identifier,
    "tag": _identifier,
    "status": _identifier,
    "name": _name,
    "block": _block,
    "image": _image,
    "color": _color,
    "email": _email,
    "phone": _phone,
    "host": _host,
    "amount": _amount,
    "currency": _currency,
    "language": _language,
    "line": _line,
    "link": _link,
    "moment": moments_written,
    "day": moments_written,
}
"""By the form that a text is to have."""
