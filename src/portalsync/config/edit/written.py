"""Values as people write them in YAML: plain where that is safe, short mappings on one line, texts of several
lines as such.

What is written reads as the same value, for programs of YAML 1.1 too.
"""

import json
import re

from portalsync.config.yaml import Path
from portalsync.config.yaml.mistakes import TYPED_QUOTES
from portalsync.config.yaml.scalar import plain_value, quoted_scalar
from portalsync.config.yaml.text import (
    describe_character,
    escaped,
    find_control_character,
    is_surely_printable,
)
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import InvalidConfig
from portalsync.lexicon import Foreign, phrase
from portalsync.model.json_value import JSON, JSONObject, scalars

STEP = 2
"""Columns by which what is below a key is indented."""
_LONGEST_MAPPING = 88
"""Characters up to which a mapping with its key stays on one line."""
_DEEPEST = 2
"""Levels of brackets that are read at a glance."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=.~](?:[^\n\t]*[^\s:])?")
_NOT_PLAIN = re.compile(r": |\s#")
_BRACKETS = re.compile(r"[,\[\]{}]|:$")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Switches to programs of YAML 1.1."""
_TYPED = tuple(TYPED_QUOTES)


def check_can_stand(data: JSON, file: str) -> None:
    """InvalidConfig for a text with a character that no file can hold, not even as an escape, and for a
    number that would be read as a text.
    """
    for value in scalars(data):
        if isinstance(value, str):
            _check_text(value, file)
        elif plain_value(written := json.dumps(value)) != value:
            message = phrase("yaml.number.brought.message", value=Foreign(written[:_MOST_QUOTED]))
            hint = phrase("yaml.number.brought.hint")
            raise InvalidConfig([Diagnostic("yaml-number", message, Position(file), hint=hint)])


def _check_text(text: str, file: str) -> None:
    if character := find_control_character(text):
        quoted, name = Foreign(text[:_MOST_QUOTED], quoted=True), describe_character(character)
        message = phrase("yaml.control-character.brought.message", value=quoted, character=name)
        hint = phrase("yaml.control-character.brought.hint")
        raise InvalidConfig([Diagnostic("yaml-control-character", message, Position(file), hint=hint)])


_MOST_QUOTED = 60
"""Characters of a value that make it known."""


def scalar(value: JSON, *, in_flow: bool = False, style: str | None = "") -> str:
    """A value on one line; a text in the quotes that it had, as far as they do."""
    if not isinstance(value, str):
        return json.dumps(value)
    if style == "'" and "\n" not in value and is_surely_printable(value):
        return "'" + value.replace("'", "''") + "'"
    return value if style != '"' and _is_plain(value, in_flow=in_flow) else escaped(quoted_scalar(value))


def _is_plain(text: str, *, in_flow: bool) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and plain_value(text) == text
        and text.lower() not in _WORDS
        and not _NOT_PLAIN.search(text)
        and not (in_flow and _BRACKETS.search(text))
        and not text.startswith(_TYPED)
        and not text.endswith(_TYPED)
        and is_surely_printable(text)
    )


def flow(value: JSON, style: str | None = "") -> str:
    """A value on one line, in brackets and braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(flow_entry(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True, style=style)


def flow_entry(key: str, value: JSON) -> str:
    return f"{scalar(key, in_flow=True)}: {flow(value)}"


def is_block_text(value: JSON) -> bool:
    """Whether it is a text of several lines that can stand below a `|` just as it is."""
    return isinstance(value, str) and "\n" in value.rstrip("\n") and can_be_lines(value)


def can_be_lines(value: str) -> bool:
    """Whether a text, also one of a single line, can stand below a `|`."""
    return (
        bool(value.strip())
        and not value.startswith((" ", "\n", "\t"))
        and not value.endswith("\n\n")
        and not any(line.startswith("\t") or (line and not line.strip()) for line in value.split("\n"))
        and is_surely_printable(value)
    )


def block_header(text: str) -> str:
    return "|" if text.endswith("\n") else "|-"


def document(data: JSONObject) -> str:
    """A whole file: its keys in their order, those of several lines between blank ones."""
    text, was_long = "", False
    for key, value in data.items():
        part = entry_at((key,), value)
        is_long = len(part) > 1
        text += "\n" * (bool(text) and (is_long or was_long)) + "".join(f"{line}\n" for line in part)
        was_long = is_long
    return text


def entry_at(path: Path, value: JSON) -> list[str]:
    """The lines of a key at its place in a file and of its value."""
    return entry(str(path[-1]), value, _opened(path))


def _opened(path: Path) -> int:
    """How many levels of mappings below stand on lines of their own, however short: sections, and what holds
    them.
    """
    if path == ("options",):
        return 2
    return int(path == ("profile",) or (len(path) == 2 and path[0] == "options"))  # noqa: PLR2004 - a section


def entry(key: str, value: JSON, opened: int = 0) -> list[str]:
    """The lines of a key and its value; `opened`: so many levels below stand on lines of their own."""
    name = scalar(key)
    if isinstance(value, str) and is_block_text(value):
        return [f"{name}: {block_header(value)}", *indented(value.removesuffix("\n").split("\n"))]
    if is_on_one_line(key, value, opened):
        return [f"{name}: {flow(value) if isinstance(value, dict | list) else scalar(value)}"]
    return [f"{name}:", *indented(lines(value, opened))]


def lines(value: JSON, opened: int = 0) -> list[str]:
    """The lines of what a mapping or a list holds."""
    if isinstance(value, dict):
        parts = [entry(key, each, max(opened - 1, 0)) for key, each in value.items()]
        return _apart(parts) if opened > 1 else [line for part in parts for line in part]
    assert isinstance(value, list)  # noqa: S101 - all else stands on the line of its key
    items = [*map(item, value)]
    return (
        _apart(items)
        if any(map(is_block_text, scalars(value)))
        else [line for each in items for line in each]
    )


def _apart(parts: list[list[str]]) -> list[str]:
    """With blank lines between options, and between entries with long texts."""
    first, *others = parts
    return [*first, *(line for part in others for line in ("", *part))]


def item(value: JSON, *, in_lines: bool = False) -> list[str]:
    """The lines of an item of a list, from its dash on; a mapping `in_lines` of its own, however short."""
    is_flat = isinstance(value, dict) and not any(isinstance(each, dict) for each in value.values())
    is_short = is_flat and not in_lines and is_on_one_line("", value, 0)
    if not isinstance(value, dict) or not value or is_short:
        return [f"- {flow(value) if isinstance(value, dict | list) else scalar(value)}"]
    first, *rest = lines(value)
    return [f"- {first}", *indented(rest)]


def is_on_one_line(key: str, value: JSON, opened: int) -> bool:
    if not isinstance(value, dict | list):
        return not is_block_text(value)
    if not value:
        return True
    if opened or _is_of_mappings(value) or any(map(is_block_text, scalars(value))):
        return False
    return _depth(value) <= _DEEPEST and len(key) + len(flow(value)) <= _LONGEST_MAPPING


def _is_of_mappings(value: JSON) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _depth(value: JSON) -> int:
    if not isinstance(value, dict | list):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)


def indented(text: list[str], by: int = STEP) -> list[str]:
    return [" " * by + line if line else line for line in text]
