"""One firm for each limit of the catalogue: its file holds a value of exactly that size, or a larger one."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from portalsync.catalog import FIELDS, statuses
from portalsync.catalog.conform import validator
from portalsync.catalog.kinds.audience import AudienceKind
from portalsync.catalog.kinds.basic import (
    COLOR,
    EMAIL,
    LONGEST_IDENTIFIER,
    PHONE,
    Choice,
    Mailbox,
    Pattern,
    Switch,
    Text,
    TimeZone,
)
from portalsync.catalog.kinds.image import LARGEST_IMAGE, Image
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.kinds.localized import Languages, LocalizedText
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.kinds.moment import Moment
from portalsync.catalog.option import Field, ListField
from portalsync.catalog.options import announcements
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSON, JSONObject

LOGO = "assets/logo.png"
ID = "i" * LONGEST_IDENTIFIER
"""The id of the one entry, where a list is not what the case is about."""


@dataclass(frozen=True)
class Case:
    """A firm's own layer, and the picture that it names."""

    firm: str
    layer: JSONObject
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def cases(beyond: int = 0) -> Iterator[Case]:
    """Each limited field and each list by itself, and the announcements that are on at the same time. With
    `beyond`, each is so much over its limit.
    """
    for pattern, definition in FIELDS.items():
        if isinstance(definition, ListField):
            yield _case(pattern, [_numbered(definition, each) for each in range(definition.limit + beyond)])
        elif largest := _LARGEST[type(definition.kind)]:
            yield _case(pattern, largest(definition.kind, beyond), _pictures(definition.kind, beyond))
    at_once = range(announcements.MOST_AT_ONCE + beyond)
    live: JSON = [_entry(f"live-{each}", announcements.ITEMS) for each in at_once]
    yield Case("live-announcements", _layer("announcements", {"items": live}))


def write(root: Path, *firms: Case) -> None:
    """A configuration with these firms, and facts that know what they speak of."""
    _write(root / "portalsync.yaml", "Network", _NETWORK)
    for firm in firms:
        _write(root / "firms" / f"{firm.firm}.yaml", "Firm", {"id": firm.firm, **firm.layer})
        _write(root / "facts" / f"{firm.firm}.yaml", "Facts", {"firm": firm.firm, **_facts(firm.layer)})
        for name, content in firm.pictures.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(content)


_MAIL_HOST = ".".join(("d" * 60, "d" * 60, "d" * (EMAIL.limit - 64 - 122 - len("@.example")), "example"))
_NETWORK: JSONObject = {
    "name": "Limits",
    "default_environment": "local",
    "environments": {"local": {"backend": "embedded", "database": "portal.db"}},
    "guardrails": {"changed_firms": 100, "known_hosts": ["www.example.com", _MAIL_HOST]},
}


def _write(path: Path, kind: str, content: Mapping[str, JSON]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"apiVersion": "portalsync/v1", "kind": kind, **content}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _facts(layer: Any) -> JSONObject:
    options = layer.get("options", {})
    templates = options.get("organizers", {}).get("templates", ())
    pipelines = options.get("work_in_progress", {}).get("pipelines", ())
    name: JSONObject = {"en": "Name"}
    return {
        "currency": "EUR",
        "organizer_templates": [{"id": each["id"], "name": name, "questions": 3} for each in templates],
        "pipelines": [
            {"id": each["id"], "name": name}
            | {steps: [step["id"] for step in each.get(steps, ())] for steps in ("stages", "job_statuses")}
            for each in pipelines
        ],
        "segments": [{"locale": "de", "clients": 1}, *_with_each_tag(layer)],
    }


def _with_each_tag(layer: Any) -> Iterator[JSON]:
    """A client for each tag that an audience names."""
    if isinstance(layer, list):
        yield from (each for below in layer for each in _with_each_tag(below))
    if isinstance(layer, dict):
        for tag in (tag for named in layer.get("audience", {}).values() for tag in named):
            yield {"tags": [tag], "locale": "de", "clients": 1}
        yield from (each for below in layer.values() for each in _with_each_tag(below))


def _case(pattern: str, value: JSON, pictures: Mapping[str, bytes] | None = None) -> Case:
    section, *path = pattern.split(".")
    name = pattern.replace(".*", "").replace(".", "-").replace("_", "-")
    return Case(name, _layer(section, _placed(section, path, value)), pictures or {})


def _layer(section: str, content: JSONObject) -> JSONObject:
    return {section: content} if section == "profile" else {"options": {section: content}}


def _placed(above: str, path: list[str], value: JSON) -> JSONObject:
    """The value below these keys, in entries of lists that have what they need besides."""
    key, *rest = path
    pattern = f"{above}.{key}"
    if rest[:1] == ["*"]:
        definition = FIELDS[pattern]
        assert isinstance(definition, ListField)
        value = [{**_entry(ID, definition), **_placed(f"{pattern}.*", rest[1:], value)}]
    elif rest:
        value = _placed(pattern, rest, value)
    if pattern == statuses.PIPELINES.path:
        return {key: value, "statuses": [_entry(ID, statuses.STATUSES)]}
    return {key: value}


def _entry(name: str, definition: ListField) -> JSONObject:
    """An entry with what it cannot be without."""
    required = [each for each in definition.fields if isinstance(each, Field) and each.required]
    return {
        "id": name,
        **{each.name: ID if each is statuses.SHOW else each.examples[0] for each in required},
    }


def _numbered(definition: ListField, number: int) -> JSONObject:
    """One of many entries; of announcements no two are on at the same time."""
    entry = _entry(f"{number:03}", definition)
    if definition is not announcements.ITEMS:
        return entry
    day = str(date(2025, 1, 1) + timedelta(number))
    return {**entry, "starts": day, "ends": day}


def _pictures(kind: Kind[Any], beyond: int) -> dict[str, bytes]:
    start = b"\x89PNG\r\n\x1a\n"
    return {LOGO: start.ljust(LARGEST_IMAGE + beyond, b"\xff")} if isinstance(kind, Image) else {}


def _text(kind: Any, beyond: int) -> str:
    first: str = "x\n" * (kind.lines - 1)
    return first.ljust(kind.limit + beyond, "x")


def _pattern(kind: Any, beyond: int) -> str:
    longest = {COLOR: "#1f5f5b", EMAIL: f"{'l' * 64}@{_MAIL_HOST}", PHONE: "+" + "9" * (PHONE.limit - 1)}
    value = longest.get(kind, ID)
    assert len(value) == kind.limit
    return value + "1" * beyond


def _link(kind: Any, beyond: int) -> str:
    longest: int = kind.schema()["maxLength"]
    return "https://www.example.com/".ljust(longest + beyond, "x")


def _audience(kind: Any, beyond: int) -> JSON:
    return {
        key: [f"{key}-{each:02}-{'x' * 33}" for each in range(tags["maxItems"] + beyond)]
        for key, tags in kind.schema()["properties"].items()
    }


@cache
def _longest_zone() -> str:
    known = validator(TimeZone().schema())
    return max((zone for zone in sorted(available_timezones()) if known.is_valid(zone)), key=len)


_LARGEST: Mapping[type, Callable[[Any, int], JSON] | None] = {
    Text: _text,
    LocalizedText: lambda kind, beyond: dict.fromkeys(LOCALES, "ü" * (kind.limit + beyond)),
    Mailbox: _pattern,
    Pattern: _pattern,
    Link: _link,
    LocalizedLink: lambda _, beyond: dict.fromkeys(LOCALES, _link(Link(), beyond)),
    TimeZone: lambda _, beyond: _longest_zone() + "x" * beyond,
    Languages: lambda _, beyond: [*LOCALES, *LOCALES[:beyond]],
    AudienceKind: _audience,
    Moment: lambda _, beyond: "2026-12-18T09:00" + "0" * beyond,
    Image: lambda *_: LOGO,
    Switch: None,
    Choice: None,
}
"""How the largest value of a kind is made. A new kind has to say; None is for one without a limit."""
