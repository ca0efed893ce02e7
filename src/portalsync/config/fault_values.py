"""How a value that is at fault is named, shown and told by its kind."""

import json
import re
from typing import Any

from portalsync.catalog.conform import Fault
from portalsync.config.yaml.scalar import plain_value
from portalsync.config.yaml.source import shown
from portalsync.lexicon import LOCALES, Phrase, Text, phrase

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./@:-]*[\w/])?")
"""What needs no quotes, also between brackets."""


def cannot_be(fault: Fault) -> Phrase:
    """That this is no value for it; a blank one cannot be shown."""
    if isinstance(fault.value, str) and not fault.value.strip():
        return phrase("findings.nothing.blank", name=name_of(fault))
    return phrase("findings.cannot-be", name=name_of(fault), value=shown_value(fault.value))


def name_of(fault: Fault) -> Text:
    """What the value belongs to: its key, or the list it is an entry of."""
    if not fault.path:
        return phrase("findings.the-file")
    if fault.path[-1] in LOCALES:
        return ".".join(str(step) for step in fault.path[-2:])
    if isinstance(fault.path[-1], str):
        return fault.path[-1]
    holders = [step for step in fault.path if isinstance(step, str)]
    return phrase("findings.an-entry-of", list=holders[-1]) if holders else phrase("findings.an-entry")


def flow_of(value: Any) -> str:
    """An example as one writes it on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow_of(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_of, value)) + "]"
    plain = isinstance(value, str) and _PLAIN.fullmatch(value) and plain_value(value) == value
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


def shown_value(value: Any) -> str:
    """As YAML spells it, escaped and shortened."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return shown(text)


def kind_of(value: Any) -> Text:
    """What it is, in place of what was expected."""
    if isinstance(value, dict):
        return phrase("findings.type.is.keys" if value else "findings.type.is.empty")
    if isinstance(value, list):
        return phrase("findings.type.is.list")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return phrase("findings.type.is.number", value=str(value))
    if value:
        return phrase("findings.type.is.text", value=shown_value(value))
    return phrase("findings.type.is.empty-text")
