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


_NOTHING = object()


@cache
def _parts(path: str) -> tuple[str, ...]:
    """Paths of fields are few and asked for millions of times."""
    return tuple(path.split("."))


@dataclass(frozen=True, slots=True)
class Scope:
    """Settings in force: of a firm, or of one entry of a list (then with its id)."""

    tree: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    _entries: dict[str, tuple["Scope", ...]] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: Keyed[T]) -> T:
        value: Any = self.tree
        try:
            for part in _parts(key.path):
                if (value := value.get(part, _NOTHING)) is _NOTHING:
                    return key.default
        except AttributeError:  # something that a portal holds where others nest
            return key.default
        typed: T = value
        return typed

    def entries(self, key: Listed) -> Sequence["Scope"]:
        """The entries of a list, sorted by id."""
        known = self._entries.get(key.path)
        if known is None:
            node: Any = self.tree
            for part in _parts(key.path):
                node = node.get(part, {}) if isinstance(node, dict) else {}
            known = self._entries[key.path] = tuple(Scope(node[entry], entry) for entry in sorted(node))
        return known


def nested(settings: Settings) -> JSONObject:
    """The tree of flat settings."""
    tree: JSONObject = {}
    nodes = {"": tree}
    for path in sorted(settings):
        last = path.rfind(".") + 1
        node = nodes.get(path[:last])
        if node is None:
            node = nodes[path[:last]] = _node(tree, path[: last - 1])
        node[path[last:]] = settings[path]
    return tree


def _node(tree: JSONObject, path: str) -> JSONObject:
    node = tree
    for part in path.split("."):
        child = node.setdefault(part, {})
        assert isinstance(child, dict)  # noqa: S101 - paths of one catalog never nest into a value
        node = child
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
