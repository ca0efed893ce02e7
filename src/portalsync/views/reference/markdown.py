"""Markdown that every generator reads alike."""

import json
import re
from collections.abc import Iterable, Sequence

from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON
from portalsync.visible import visible

_LONGEST = 70


def code(text: str) -> str:
    """A code span, whatever the text holds."""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def plain(text: str) -> str:
    """A text in which no sign means anything to Markdown."""
    return re.sub(r"([*`\[\]\\])", r"\\\1", text).replace("<", "&lt;")


def value(given: JSON, lexicon: Lexicon) -> str:
    """A value as one writes it on one line of YAML; a very long one is cut and counted."""
    text = given if isinstance(given, str) else ""
    if len(text) > _LONGEST:
        start = code(json.dumps(text[:12], ensure_ascii=False)[:-1] + "…")
        return lexicon("reference.characters", start=start, n=len(text))
    shown = json.dumps(given, ensure_ascii=False)
    if len(shown) <= _LONGEST * 2:
        return code(shown)
    if isinstance(given, dict) and len(given) == 1:
        ((key, inner),) = given.items()
        return f"{code(key)}: {value(inner, lexicon)}"
    return code(f"{shown[:_LONGEST]}…")


def values(given: Iterable[JSON], lexicon: Lexicon) -> str:
    return ", ".join(value(each, lexicon) for each in given)


def fenced(text: str, language: str) -> str:
    """A block of lines; what is invisible in them can be seen."""
    lines = [visible(line.replace("\t", "→")) for line in text.strip("\n").split("\n")]
    return "\n".join([f"```{language}", *lines, "```"])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there are no rows."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(head), _row(["---"] * len(head)), *lines]) + "\n" if lines else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def bullets(items: Iterable[str]) -> str:
    return "".join(f"- {item}\n" for item in items)


def page(*parts: str) -> str:
    """Parts with a blank line between them, and one final newline."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
