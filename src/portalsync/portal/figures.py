"""Amounts and days as readers of a language expect them."""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency

SEPARATOR = " · "
"""Between several figures in one text."""


@lru_cache(maxsize=4096)
def money(text: str, locale: str) -> str:
    """`1240.50 EUR` -> `1.240,50 €`; anything else stays as it is."""
    amount, _, currency = text.partition(" ")
    try:
        return format_currency(Decimal(amount), currency, locale=locale)
    except InvalidOperation:
        return text


@lru_cache(maxsize=4096)
def day(text: str, locale: str) -> str:
    """`2026-12-15` -> `15. Dezember 2026`; anything else stays as it is."""
    try:
        return format_date(date.fromisoformat(text), "long", locale=locale)
    except ValueError:
        return text


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
