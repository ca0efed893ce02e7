"""What the layers resolve to, each value with the position it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from portalsync.diagnostics import Position
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, under


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, the layer that set it (`defaults`, `group germany`, `firm x`) and where."""

    value: JSON
    layer: str
    position: Position


@dataclass(frozen=True, slots=True)
class Desired:
    """One firm's desired settings.

    `claims` are what portalsync manages, with the position of what said so: paths of fields, and
    `path.*` for lists that are the whole truth.
    """

    firm: str
    values: Mapping[str, Resolved]
    claims: Mapping[str, Position]

    def settings(self) -> dict[str, JSON]:
        return {path: resolved.value for path, resolved in self.values.items()}

    def in_force(self, live: Settings) -> dict[str, JSON]:
        """Live settings once this is applied: what is unmanaged stays as it is."""
        kept = {path: value for path, value in live.items() if not under(path, self.claims)}
        return {**kept, **self.settings()}
