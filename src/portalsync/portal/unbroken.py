"""What no line of a page breaks: a number and its unit, a day and its month, a letter and its word."""

import re
from collections.abc import Iterable
from functools import cache

from portalsync.cldr import cldr_of
from portalsync.lexicon import LOCALES, words_there

_UNITS = ("€", "$", "£", "%", "EUR", "USD", "CHF", "GBP", "Uhr", "am", "pm")
_SIGNS = ("€", "$", "£", "US$", "EUR", "USD", "CHF", "GBP", "§", "§§")
_LONGEST = 20
"""Signs between the first and the last of a number: what is longer is none."""
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")


def kept_whole(html: str) -> str:
    """The HTML of an area, its text to the letter: what belongs together is in a `span` of one line."""
    return _TEXT.sub(lambda text: _whole().sub(_on_one_line, text[0]), html)


def _on_one_line(found: re.Match[str]) -> str:
    return f'<span class="whole">{found[0]}</span>'


@cache
def _whole() -> re.Pattern[str]:
    """In whatever language a firm wrote it: `E-Rechnung`, `486,50 €`, `§ 14`, `1. Dezember`."""
    months = _any(name.rstrip(".") for tag in (*LOCALES, *words_there()) for name in cldr_of(tag).months())
    space, year = "[ \u00a0\u202f]", r"(?:,?[ \u00a0]\d{4})?"
    number = rf"\d(?:(?:[\d.,’']|&#39;){{0,{_LONGEST}}}\d)?"
    return re.compile(
        rf"(?<![\w-])(?:[^\W\d_]-\w"
        rf"|{_any(_SIGNS)}{space}?{number}"
        rf"|\d\d?\.?{space}{months}\b{year}"
        rf"|{months}{space}\d\d?\b{year}"
        rf"|{number}{space}?{_any(_UNITS)}(?!\w))"
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(set(words), key=len, reverse=True)))})"
