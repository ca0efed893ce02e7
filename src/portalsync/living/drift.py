"""What is not as portalsync last applied it, nor as the files say now; and who changed it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from portalsync.backend.protocol import Reader
from portalsync.catalog.normal import differing_values
from portalsync.config.selection import EVERYONE, Selection
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.codec import encode
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.model.firm_plan import HandEdit
from portalsync.model.json_value import JSONObject
from portalsync.model.watch import Watch, unwatched
from portalsync.wire import FirmState

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class DriftedSetting:
    """`edit` leads from what was applied to what the portal has now; `changed` says who did it when."""

    edit: Edit
    changed: HandEdit

    def to_json(self) -> JSONObject:
        sides = {"applied": self.edit.before, "live": self.edit.after}
        return {
            "path": self.edit.path,
            **{side: value for side, value in sides.items() if value is not ABSENT},
            "changed": encode(self.changed) if self.changed.at else None,
        }


@dataclass(frozen=True, slots=True)
class FirmDrift:
    """One firm's drift, setting by setting."""

    id: str
    name: str
    applied: int
    generation: int
    changes: tuple[DriftedSetting, ...]

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "name": self.name,
            "applied": self.applied,
            "generation": self.generation,
            "changes": [change.to_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """All firms that portalsync manages on one portal; `firms` are those that differ."""

    environment: str
    portal: str
    considered: int
    firms: tuple[FirmDrift, ...]

    def to_json(self) -> JSONObject:
        return {
            "format_version": FORMAT_VERSION,
            "environment": self.environment,
            "portal": self.portal,
            "considered": self.considered,
            "firms": [firm.to_json() for firm in self.firms],
        }


def find_drift(
    portal: Reader,
    environment: str,
    selection: Selection = EVERYONE,
    memberships: Mapping[str, Collection[str]] = MappingProxyType({}),
    watch: Watch = unwatched,
) -> Drift:
    """Live x what was last applied -> drift, of those selected firms that portalsync manages. It only reads,
    and knows no wishes: those of the files are for `not_in_files`. `memberships` are the firms of the
    files with their groups.
    """
    identity = portal.portal().portal
    live = [*portal.firms()]
    chosen = selection.among({**{firm.id: () for firm in live}, **memberships})
    managed = [firm.id for firm in live if firm.managed and firm.id in chosen]
    firms = (_firm_drift(portal, portal.state(firm)) for firm in watch(managed))
    return Drift(environment, identity, len(managed), tuple(firm for firm in firms if firm is not None))


def not_in_files(drift: Drift, desired: Mapping[str, Desired]) -> Drift:
    """The drift that a plan would undo. What the files say now, and what they let go of, is none; `desired`
    has each firm that differs and is in the files.
    """
    firms = (_undone(firm, desired.get(firm.id)) for firm in drift.firms)
    return replace(drift, firms=tuple(firm for firm in firms if firm.changes))


def _undone(firm: FirmDrift, desired: Desired | None) -> FirmDrift:
    live = applied_to({}, (change.edit for change in firm.changes))
    after = desired.in_force(live) if desired else live
    undone = frozenset(differing_values(live, after))
    return replace(firm, changes=tuple(change for change in firm.changes if change.edit.path in undone))


def _firm_drift(portal: Reader, live: FirmState) -> FirmDrift | None:
    """How live values differ from the applied ones, of what was managed then. None if they do not."""
    past = past_of(portal, live)
    edits = hand_edits(live, past)
    if past is None or not edits:
        return None
    name = str(live.settings.get("profile.name", live.id))
    changes = tuple(
        DriftedSetting(Edit.between(path, past.base.settings, live.settings), changed)
        for path, changed in edits.items()
    )
    return FirmDrift(live.id, name, past.base.generation, live.generation, changes)
