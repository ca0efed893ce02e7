"""What the layers resolve to, each value with the position it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from portalsync.diagnostics import Position
from portalsync.model.claims import Claims
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON
from portalsync.model.path_patterns import NO_PATHS, PathPatterns
from portalsync.model.settings import Settings


class Origin(Protocol):
    """Where in a file something is said. It is looked up when somebody asks: nearly nobody does, and it is
    dear.
    """

    @property
    def key(self) -> Position: ...
    @property
    def value(self) -> Position:
        """Where the value stands; where its key stands if the value only begins below."""


class Statement(NamedTuple):
    """What one layer (`defaults`, `group germany`, `firm x`) says of a path, and where.

    The value None is a null, or an entry that goes: nothing that lower layers say of the path, and of
    all below it, is inherited. An absent value is not to be set on the portal; a list then has no entries.
    """

    path: str
    value: JSON | Absent
    layer: str
    origin: Origin

    @property
    def position(self) -> Position:
        return self.origin.value


def firm_layer(firm: str) -> str:
    """The name of the layer that is the firm's own file; all others are shared."""
    return f"firm {firm}"


@dataclass(frozen=True, slots=True)
class Desired:
    """One firm's desired settings.

    `values` are the statements about fields that no layer above overrules, by path. `claims` are what
    portalsync manages, with the key that said so: paths of fields, and `path.*` for lists that are
    the whole truth. `statements` are all that the layers say, lowest first. `previously` has
    the earlier id of entries, by their path. `ignored` is what others own: nothing of it is among the values,
    and of a list that is the whole truth its entries stay as they are.
    """

    firm: str
    values: Mapping[str, Statement]
    claims: Mapping[str, Origin]
    statements: tuple[Statement, ...] = ()
    previously: Mapping[str, Statement] = field(default_factory=dict)
    ignored: PathPatterns = NO_PATHS

    @property
    def managed(self) -> Claims:
        return Claims(self.claims.keys())

    @property
    def digest(self) -> str:
        """Equal to the portal's digest exactly when there is nothing to do."""
        return self.managed.digest(self.settings())

    def former(self, entry: str) -> str:
        """The path that an entry of `previously` had before."""
        return f"{entry.rpartition('.')[0]}.{self.previously[entry].value}"

    def settings(self) -> dict[str, JSON]:
        """The values by path; a field that is not to be set has none."""
        return {path: each.value for path, each in self.values.items() if each.value is not ABSENT}

    def in_force(self, live: Settings) -> dict[str, JSON]:
        """Live settings once this is applied: what is unmanaged, or left to others, stays as it is."""
        managed, ignored = self.managed, self.ignored
        kept = {path: value for path, value in live.items() if path not in managed or path in ignored}
        return {**kept, **self.settings()}
