"""Scalars: what one without quotes means, and how a text is written that means itself."""

import json
import re

# Beyond this, other programs that read JSON would round an integer; it is a text of digits then.
_MAX_INTEGER = 2**53 - 1

WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
FIRST_OF_NUMBER = frozenset("-+.0123456789")
_DECIMAL = re.compile(r"-?[0-9]{1,16}")
_BASED = re.compile(r"0o[0-7]{1,18}|0x[0-9a-fA-F]{1,14}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def plain_value(text: str) -> str | int | float | bool | None:
    """Give a scalar without quotes its value by YAML 1.2's core schema, where a number looks like the text.

    A number that would be written back differently (`022`, `1.10`, `1e3`, `+5`, 17 digits) stays text.
    """
    if text in WORDS:
        return WORDS[text]
    if text[0] in FIRST_OF_NUMBER:
        return _number_or_text(text)
    return text


def _number_or_text(text: str) -> str | int | float:
    if _BASED.fullmatch(text):
        return _kept_if_small(int(text, 0), text)
    if _DECIMAL.fullmatch(text):
        number = int(text)
        return _kept_if_small(number, text) if str(number) == text else text
    if _FLOAT.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return text


def _kept_if_small(number: int, text: str) -> int | str:
    return number if abs(number) <= _MAX_INTEGER else text


def is_not_finite(text: str) -> bool:
    """Infinity and not-a-number, which YAML knows and JSON does not."""
    return text[:1] in FIRST_OF_NUMBER and _NOT_FINITE.fullmatch(text) is not None


def quoted_scalar(text: str) -> str:
    """A scalar on one line that is exactly this text: between double quotes nothing in it means anything."""
    return json.dumps(text, ensure_ascii=False)


def id_scalar(key: str) -> str:
    """An id, as people write it; between quotes only where it would be read as a number or as null."""
    return key if plain_value(key) == key else quoted_scalar(key)
