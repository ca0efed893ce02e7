"""What is not as portalsync last applied it, and who changed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portalsync.model.json_value import JSONObject
from portalsync.model.plan import Change, Reason
from portalsync.model.settings import managed_values
from portalsync.planning.diff import differing_paths, hand_edit, present
from portalsync.wire import FirmState, HistoryEntry

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class FirmDrift:
    """One firm's drift. In `changes`, before is what was applied, after what the portal has now."""

    id: str
    name: str
    applied: int
    generation: int
    changes: tuple[Change, ...]

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "name": self.name,
            "applied": self.applied,
            "generation": self.generation,
            "changes": [_change_json(change) for change in self.changes],
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


def firm_drift(live: FirmState, base: FirmState, history: Sequence[HistoryEntry]) -> FirmDrift | None:
    """How live values differ from the applied ones, of what was managed then. None if they do not."""
    changes = tuple(_changes(live, base, history))
    if not changes:
        return None
    name = str(live.settings.get("profile.name", live.id))
    return FirmDrift(live.id, name, base.generation, live.generation, changes)


def _changes(live: FirmState, base: FirmState, history: Sequence[HistoryEntry]) -> Iterator[Change]:
    applied = managed_values(base.settings, base.managed)
    found = managed_values(live.settings, base.managed)
    for path in differing_paths(applied, found):
        yield Change(
            path,
            Reason.DRIFT,
            None,
            **present("before", path, applied),
            **present("after", path, found),
            undoes=hand_edit(path, live, base, history),
        )


def _change_json(change: Change) -> JSONObject:
    edit = change.undoes
    names = {"before": "applied", "after": "live"}
    return {
        "path": change.path,
        **{names[key]: value for key, value in change.values().items()},
        "changed": edit.to_json() if edit is not None and edit.at else None,
    }
