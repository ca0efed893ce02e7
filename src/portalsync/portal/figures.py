"""Amounts and days as readers of a language expect them."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency

from portalsync.model.page import Money


@lru_cache(maxsize=4096)
def money_text(money: Money, locale: str) -> str:
    """`1.240,50 €` for German readers."""
    return format_currency(money.amount, money.currency, locale=locale)


@lru_cache(maxsize=4096)
def day_text(day: date, locale: str) -> str:
    """`15. Dezember 2026` for German readers."""
    return format_date(day, "long", locale=locale)
