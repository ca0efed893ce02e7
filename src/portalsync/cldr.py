"""What a language does with numbers and days: the data of the CLDR, by Babel."""

from datetime import date, time

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal


class Cldr:
    """One language, by its tag (`de`, `pt-BR`)."""

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

    def number(self, number: int) -> str:
        return format_decimal(number, locale=self._locale)

    def day(self, at: date, pattern: str) -> str:
        """By a pattern such as `d MMM y`."""
        return format_date(at, pattern, self._locale)

    def time_of_day(self, at: time, pattern: str) -> str:
        """By a pattern such as `HH:mm`."""
        return format_time(at, pattern, locale=self._locale)
