"""What is not as portalsync last applied it, and who changed it."""

from dataclasses import dataclass

from portalsync.backend.protocol import Reader
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import Change, HandEdit, Reason
from portalsync.planning.diff import present
from portalsync.wire import FirmState

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


def find_drift(portal: Reader, environment: str) -> Drift:
    """Live x what was last applied -> drift, of all firms that portalsync manages. It only reads."""
    identity = portal.portal().portal
    managed = [summary.id for summary in portal.firms() if summary.managed]
    firms = (_firm_drift(portal, portal.state(firm)) for firm in managed)
    return Drift(environment, identity, len(managed), tuple(firm for firm in firms if firm is not None))


def _firm_drift(portal: Reader, live: FirmState) -> FirmDrift | None:
    """How live values differ from the applied ones, of what was managed then. None if they do not."""
    past = past_of(portal, live)
    edits = hand_edits(live, past)
    if past is None or not edits:
        return None
    name = str(live.settings.get("profile.name", live.id))
    changes = tuple(_change(path, edit, past.base, live) for path, edit in edits.items())
    return FirmDrift(live.id, name, past.base.generation, live.generation, changes)


def _change(path: str, edit: HandEdit, base: FirmState, live: FirmState) -> Change:
    return Change(
        path,
        Reason.DRIFT,
        None,
        **present("before", path, base.settings),
        **present("after", path, live.settings),
        undoes=edit,
    )


def _change_json(change: Change) -> JSONObject:
    edit = change.undoes
    names = {"before": "applied", "after": "live"}
    return {
        "path": change.path,
        **{names[key]: value for key, value in change.values().items()},
        "changed": edit.to_json() if edit is not None and edit.at else None,
    }
