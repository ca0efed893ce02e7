"""Layers laid over one another, statement by statement. Nothing is searched for: its cost grows with what
is said, and with how deep paths are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from portalsync.model.desired import Origin, Statement
from portalsync.model.settings import parents

_Numbered: TypeAlias = tuple[int, Origin]
"""How many statements there were before, and where it is said."""


@dataclass
class Merge:
    """What the layers say so far, lowest first. What is dropped overrules all before it, at its path and
    below.
    """

    statements: list[Statement] = field(default_factory=list)
    _last: dict[str, int] = field(default_factory=dict)
    _claims: dict[str, _Numbered] = field(default_factory=dict)
    _entries: dict[str, _Numbered] = field(default_factory=dict)
    _ids: dict[str, list[str]] = field(default_factory=dict)
    _dropped: dict[str, int] = field(default_factory=dict)
    _former: dict[str, tuple[int, Statement]] = field(default_factory=dict)
    _lists: set[str] = field(default_factory=set)
    """Those that were claimed at some time."""

    def copy(self) -> "Merge":
        """The same, to be gone on with by itself."""
        ids = {path: [*names] for path, names in self._ids.items()}
        more = (self._dropped.copy(), self._former.copy(), self._lists.copy())
        return Merge(
            [*self.statements], self._last.copy(), self._claims.copy(), self._entries.copy(), ids, *more
        )

    def set(self, statement: Statement) -> None:
        """A field's value, or that it has none. It is managed then, by itself unless a whole list is."""
        path, statements = statement.path, self.statements
        self._last[path] = len(statements)
        statements.append(statement)
        self._claim(path, path, statement.origin)

    def drop(self, statement: Statement) -> None:
        """Forget everything at and below a path: nothing there is managed, unless something is said anew."""
        self._dropped[statement.path] = len(self.statements)
        self.statements.append(statement)

    def claim_list(self, path: str, origin: Origin) -> None:
        """The list is the whole truth: entries that it does not name are managed too, and go."""
        self._lists.add(path)
        self._claim(path, f"{path}.*", origin)

    def is_left(self, path: str) -> bool:
        """Whether the last word on a field is that the portal is to keep what it has."""
        return path in self._dropped and self._last.get(path, -1) < self._dropped[path]

    def add_entry(self, path: str, origin: Origin) -> None:
        list_path, _, name = path.rpartition(".")
        if not self.has_entry(path):
            self._ids.setdefault(list_path, []).append(name)
        self._put(self._entries, path, origin)

    def rename(self, entry: str, said: Statement) -> None:
        """The entry had another id before."""
        self._former[entry] = (len(self.statements), said)

    def has_entry(self, path: str) -> bool:
        return path in self._entries and self._stands(path, self._entries[path][0])

    def ids(self, path: str) -> list[str]:
        """Which entries a list has."""
        known = dict.fromkeys(self._ids.get(path, ()))
        return [name for name in known if self.has_entry(f"{path}.{name}")]

    def values(self) -> dict[str, Statement]:
        """What stands, by path, sorted."""
        last, statements = self._last, self.statements
        standing = (
            [path for path, number in last.items() if self._stands(path, number)] if self._dropped else last
        )
        return {path: statements[last[path]] for path in sorted(standing)}

    def claims(self) -> dict[str, Origin]:
        standing = self._standing(self._claims)
        return {claim: standing[claim] for claim in sorted(standing)}

    def entries(self) -> dict[str, Origin]:
        """The entries of lists, in the order in which they were first named."""
        return self._standing(self._entries)

    def previously(self) -> dict[str, Statement]:
        """What is said of earlier ids, by the path of the entry."""
        return {entry: said for entry, (number, said) in self._former.items() if self._stands(entry, number)}

    def _claim(self, path: str, claim: str, origin: Origin) -> None:
        for parent in parents(path) if self._lists else ():
            if parent in self._lists and self._is_claimed(f"{parent}.*"):
                return
        self._put(self._claims, claim, origin)

    def _put(self, known: dict[str, _Numbered], path: str, origin: Origin) -> None:
        if self._dropped and path in known and not self._stands(path, known[path][0]):
            del known[path]  # it comes anew, behind those that stayed
        known[path] = (len(self.statements), origin)

    def _is_claimed(self, claim: str) -> bool:
        return claim in self._claims and self._stands(claim, self._claims[claim][0])

    def _standing(self, known: Mapping[str, _Numbered]) -> dict[str, Origin]:
        if not self._dropped:
            return {path: origin for path, (_, origin) in known.items()}
        return {path: origin for path, (number, origin) in known.items() if self._stands(path, number)}

    def _stands(self, path: str, number: int) -> bool:
        """Whether nothing at or above the path was dropped since there were so many statements."""
        dropped = self._dropped
        if not dropped:
            return True
        if dropped.get(path, -1) >= number:
            return False
        for parent in parents(path):  # noqa: SIM110 - `all` would take twice as long, of a firm's work
            if dropped.get(parent, -1) >= number:
                return False
        return True
