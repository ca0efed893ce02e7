"""Which firms have what, and which layer says so: settings found by path, value, text or layer."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal

from portalsync.catalog import FIELDS, field_of
from portalsync.catalog.naming import settings_wording
from portalsync.catalog.normal import is_same
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.living.explain.layers import Act, LayerStack, LayerWord, Where, is_setting
from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON
from portalsync.model.path_patterns import PathPatterns
from portalsync.model.settings import Settings


class By(StrEnum):
    """Who decides a setting."""

    LAYER = "layer"
    PORTAL = "portal"
    DEFAULT = "default"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: settings that meet all that is asked. `path` is one of a field, an entry, a list or
    an option, with `*` for letters of an entry's id; `layer` is a layer's name, or a kind of layers.
    """

    path: str = ""
    value: str = ""
    contains: str = ""
    layer: str = ""
    unset: bool = False
    unmanaged: bool = False

    @property
    def is_about_all(self) -> bool:
        """Also settings that neither files nor portal speak of are meant."""
        return bool(self.path) or self.unset or self.unmanaged

    @property
    def is_about_one(self) -> bool:
        """Each firm has it then, set or not."""
        return is_setting(self.path) and "*" not in self.path


@dataclass(frozen=True, slots=True)
class Hit:
    """A setting of one firm. `value` is the portal's own where nobody sets one."""

    path: str
    by: By
    layer: str = ""
    source: str = ""
    value: JSON | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value, who decides that it is so, and in which firms."""

    value: Annotated[JSON | Absent, Doc("What firms have; no key where nothing is set and nothing is known.")]
    by: Annotated[
        By,
        Doc(
            "layer: a file says so. portal: no file does, the portal has it. default: nobody does, the "
            "portal does it by itself. unknown: no file does, and the portal was not read."
        ),
    ]
    layer: Annotated[str, Doc("`defaults`, `group <id>` or `firm <id>`; empty if no file says so.")]
    source: Annotated[str, Doc("The file, as seen from where the command ran, with line and column.")]
    firms: Annotated[tuple[str, ...], Doc("Their ids on the portal.")]


@dataclass(frozen=True, slots=True)
class FoundSetting:
    """One setting in the firms that have it."""

    path: Annotated[str, Doc("The dotted settings path.")]
    values: Annotated[tuple[FoundValue, ...], Doc("The most frequent first.")]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found among the firms that were looked at."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[
        str | None, Doc("The environment whose portal was asked where no file decides; null for none.")
    ]
    considered: Annotated[Count, Doc("How many firms were looked at.")]
    firms: Annotated[Count, Doc("How many of them have what was looked for.")]
    settings: Annotated[tuple[FoundSetting, ...], Doc("In the order of the catalogue.")]


def hits(desired: Desired, live: Settings | None, query: Query, where: Where) -> Iterator[Hit]:
    """The settings of a firm that are looked for. `live` is None where the portal was not read."""
    layers = LayerStack(desired, where)
    for path in _paths(desired, live, query):
        hit = _hit(desired, live, path, layers.last(path))
        if _fits(hit, query):
            yield hit


def is_undecided(desired: Desired, query: Query) -> bool:
    """Whether the portal may have something of it that no file speaks of."""
    if query.layer:
        return False
    return not query.is_about_one or query.path not in desired.managed or query.path in desired.ignored


def _paths(desired: Desired, live: Settings | None, query: Query) -> Collection[str]:
    if query.is_about_one:
        return [query.path]
    stated = {each.path for each in desired.statements}
    known = {path for path in (*stated, *(live or ())) if is_setting(path)}
    if query.is_about_all:
        known.update(path for path in FIELDS if is_setting(path) and "*" not in path)
    meant = PathPatterns.of([query.path])
    return [path for path in known if not query.path or path in meant]


def _hit(desired: Desired, live: Settings | None, path: str, last: LayerWord | None) -> Hit:
    managed = path in desired.managed and path not in desired.ignored
    if managed and last is not None:
        value = last.value if last.act is Act.SETS else ABSENT
        return Hit(path, By.LAYER, last.layer, last.source, value)
    if live is None:
        return Hit(path, By.UNKNOWN)
    if path in live:
        return Hit(path, By.PORTAL, value=live[path])
    return Hit(path, By.DEFAULT, value=_default(path))


def _default(path: str) -> JSON | Absent:
    definition: Any = field_of(path)
    return definition.default if definition.default or definition.default is False else ABSENT


def _fits(hit: Hit, query: Query) -> bool:
    return (
        (not query.layer or (hit.by is By.LAYER and query.layer in {hit.layer, hit.layer.partition(" ")[0]}))
        and (not query.unset or (hit.by is By.DEFAULT or (hit.by is By.LAYER and hit.value is ABSENT)))
        and (not query.unmanaged or hit.by is not By.LAYER)
        and (not query.value or _is_value(hit, query.value))
        and (not query.contains or _contains(hit, query.contains.casefold()))
    )


def _contains(hit: Hit, text: str) -> bool:
    return any(text in each.casefold() for each in texts(hit.value))


def _is_value(hit: Hit, wanted: str) -> bool:
    """As files or as people have it: `true`, `on`, `by card`; of texts in several languages, any of them."""
    if hit.value is ABSENT:
        return False
    if wanted in texts(hit.value) or any(wanted == each for each in _worded(hit.path, hit.value)):
        return True
    parsed = _parsed(wanted)
    return parsed is not ABSENT and is_same(hit.path, hit.value, parsed)


def texts(value: JSON | Absent) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def _worded(path: str, value: JSON) -> Iterator[str]:
    return (settings_wording(path, value, lexicon_of(locale)) for locale in LOCALES)


@cache
def _parsed(text: str) -> JSON | Absent:
    try:
        parsed: JSON = json.loads(text)
    except ValueError:
        return ABSENT
    return parsed
