"""What a language does with numbers, amounts and days, here and there: the data of the CLDR, by Babel."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.languages import get_official_languages
from babel.numbers import format_currency, format_decimal

_WORLD = "001"
_NOWHERE = ("ZZ", _WORLD)
_LARGEST = 10**15


class Cldr:
    """One language, by its tag (`de`, `pt-BR`), or one as it is written somewhere (`de-AT`)."""

    def __init__(self, tag: str) -> None:
        self._locale = Locale.parse(tag, sep="-")

    def plural_form(self, number: int) -> str:
        form: str = self._locale.plural_form(number)
        return form

    def language(self, tag: str) -> str:
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except UnknownLocaleError:
            return tag

    def months(self) -> Iterable[str]:
        """Their names, long and short."""
        return [
            name
            for width in ("wide", "abbreviated")
            for name in self._locale.months["format"][width].values()
        ]

    def number(self, number: int) -> str:
        """Digits in groups; of one that is larger than anything that there is so many of, digits alone."""
        return format_decimal(number, locale=self._locale) if abs(number) < _LARGEST else str(number)

    def amount(self, amount: Decimal, currency: str) -> str:
        """`1.240,50 €`; `currency` is ISO 4217."""
        return _amount(self._locale, str(amount), currency)

    def day(self, at: date, pattern: str) -> str:
        """By a pattern such as `d MMM y`, or a length that the CLDR has one for, such as `long`."""
        return _day(self._locale, at, pattern)

    def cities(self) -> Mapping[str, str]:
        """The time zones by the cities that they are named after, in lower case."""
        zones: Mapping[str, Mapping[str, str]] = self._locale.time_zones
        return {each["city"].lower(): zone for zone, each in zones.items() if "city" in each}

    def time_of_day(self, at: time, pattern: str) -> str:
        """By a pattern such as `HH:mm`."""
        return format_time(at, pattern, locale=self._locale)


@lru_cache(maxsize=4096)
def _amount(locale: Locale, amount: str, currency: str) -> str:
    """Clients have the same ones on page after page. As text: 0 and -0 are equal, and written otherwise."""
    return format_currency(Decimal(amount), currency, locale=locale)


@lru_cache(maxsize=4096)
def _day(locale: Locale, at: date, pattern: str) -> str:
    return format_date(at, pattern, locale)


@cache
def cldr_of(tag: str) -> Cldr:
    return Cldr(tag)


@cache
def country_of(zone: str) -> str:
    """The country in which a time zone lies (`AT`); empty if in none, as UTC does."""
    known = get_global("zone_aliases").get(zone, zone)
    country: str | None = get_global("zone_territories").get(known)
    return "" if country is None or country in _NOWHERE else country


@cache
def written_in(language: str, country: str) -> str:
    """The tag of a language as people write it in a country: `de-AT`. Where it is foreign, as the world
    writes it (`en-001` in Germany); as it is written at home (`de` in Germany) if the CLDR knows no other.
    """
    if not country or country == _home_of(language):
        return language
    official = get_official_languages(country, de_facto=True)
    there = f"{language}-{country if language in official else _WORLD}"
    return there if _is_known(there) else language


def _home_of(language: str) -> str:
    """The country that is meant where none is named: `US` for `en`."""
    likely: str = get_global("likely_subtags").get(language, "")
    return likely.rpartition("_")[2]


def _is_known(tag: str) -> bool:
    try:
        return str(Locale.parse(tag, sep="-")) == tag.replace("-", "_")
    except UnknownLocaleError:
        return False
