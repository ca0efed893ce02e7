"""Firm text for terminals, logs and comments: nothing in it acts, everything in it shows."""

import unicodedata

_KEPT_FORMAT = {"\u200c", "\u200d"}  # joiners that scripts and emoji need


def visible(text: str) -> str:
    """On one line; control, bidi and other invisible characters are written as their code point."""
    return "".join(map(_visible, text.replace("\r\n", "\n").replace("\n", " ⏎ ")))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    hidden = category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or (
        category == "Cf" and char not in _KEPT_FORMAT
    )
    if not hidden:
        return char
    point = ord(char)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"  # noqa: PLR2004 - width of \u
