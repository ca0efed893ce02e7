"""A firm's settings: flat for comparing and sending, nested for reading.

Flat: `{"prepayments.enabled": true, "announcements.items.office-closed.title": {...}}`. Entries of
lists are addressed by their id, so the order of a list never matters. A missing path is *unmanaged*
in desired settings and *never set* in live ones; it is not `false`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Protocol, TypeAlias, TypeVar

from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON, JSONObject

Settings: TypeAlias = Mapping[str, JSON]

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Keyed(Protocol[T_co]):
    """What a field must have so that its value can be read with its type."""

    @property
    def path(self) -> str: ...
    @property
    def default(self) -> T_co: ...


class Listed(Protocol):
    @property
    def path(self) -> str: ...


@cache
def _parts(path: str) -> tuple[str, ...]:
    """Paths of fields are few and asked for millions of times."""
    return tuple(path.split("."))


@dataclass(frozen=True, slots=True)
class Scope:
    """Settings in force: of a firm, or of one entry of a list (then with its id)."""

    tree: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was asked for before, by path."""

    def __getitem__(self, key: Keyed[T]) -> T:
        try:
            typed: T = self._known[key.path]
        except KeyError:
            typed = self._known[key.path] = self._value(key.path, key.default)
        return typed

    def _value(self, path: str, default: T) -> T:
        value: Any = self.tree
        for part in _parts(path):
            if not isinstance(value, dict) or part not in value:
                return default
            value = value[part]
        typed: T = value
        return typed

    def entries(self, key: Listed) -> Sequence["Scope"]:
        """The entries of a list, sorted by id."""
        known: Sequence[Scope] | None = self._known.get(key.path)
        if known is None:
            node: Any = self.tree
            for part in _parts(key.path):
                node = node.get(part, {}) if isinstance(node, dict) else {}
            known = self._known[key.path] = [Scope(node[entry], entry) for entry in sorted(node)]
        return known


def nested(settings: Settings) -> JSONObject:
    """The tree of flat settings."""
    tree: JSONObject = {}
    nodes = {"": tree}
    for path in sorted(settings):
        around, _, name = path.rpartition(".")
        (nodes.get(around) or _node(around, nodes))[name] = settings[path]
    return tree


def _node(path: str, nodes: dict[str, JSONObject]) -> JSONObject:
    """The node of a path, and those around it, which others are likely to be in too."""
    node = nodes.get(path)
    if node is None:
        around, _, name = path.rpartition(".")
        child = _node(around, nodes).setdefault(name, {})
        assert isinstance(child, dict)  # noqa: S101 - paths of one catalog never nest into a value
        node = nodes[path] = child
    return node


def scope(settings: Settings) -> Scope:
    return Scope(nested(settings))


def parents(path: str) -> Iterable[str]:
    """All paths that a path is below, nearest first: `a.b.c` -> `a.b`, `a`."""
    return _remembered_parents(path) if len(path) <= LONGEST_REMEMBERED else _parents(path)


LONGEST_REMEMBERED = 200
"""Characters of a path up to which what follows from it is kept: firms have most of their paths in common."""


@lru_cache(10_000)
def _remembered_parents(path: str) -> tuple[str, ...]:
    return tuple(_parents(path))


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition(".")[0]:
        yield path


def options_of(paths: Iterable[str]) -> set[str]:
    """Keys of the options that paths and claims belong to; the profile counts as one."""
    return {path.partition(".")[0] for path in paths}


def differing(before: Settings, after: Settings) -> Iterator[str]:
    """Paths whose values differ, sorted. Types count: `1`, `1.0` and `true` are three values."""
    for path in sorted(before.keys() | after.keys()):
        if path not in before or path not in after or canonical(before[path]) != canonical(after[path]):
            yield path
