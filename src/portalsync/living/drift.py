"""What is not as portalsync last applied it, nor as the files say now; and who changed it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Literal

from portalsync.backend.protocol import Reader
from portalsync.catalog.normal import differing_values
from portalsync.config.selection import EVERYONE, Selection
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.living.vanished import find_vanished
from portalsync.model.annotations import VERSION_DOC, Count, Doc, Omitted
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, Absent, Edit, applied_to
from portalsync.model.firm_plan import HandEdit
from portalsync.model.json_value import JSON
from portalsync.model.vanished import Vanished
from portalsync.model.watch import Watch, unwatched
from portalsync.planning.diff import changes
from portalsync.wire import FirmState


@dataclass(frozen=True, slots=True)
class DriftedSetting:
    """One setting that is not as it was applied. A side on which it is not set has no key."""

    path: Annotated[str, Doc("The dotted settings path.")]
    applied: Annotated[JSON | Absent, Doc("What portalsync last applied.")]
    live: Annotated[JSON | Absent, Doc("What the portal has now.")]
    changed: Annotated[HandEdit | None, Doc("Who changed it last, and when; null if nobody knows.")]
    source: Annotated[
        str, Doc("The line by which a plan would undo it, `file:line:column`; empty if none is known.")
    ] = ""

    @property
    def edit(self) -> Edit:
        """What leads from what was applied to what the portal has now."""
        return Edit(self.path, self.applied, self.live)


@dataclass(frozen=True, slots=True)
class FirmDrift:
    """One firm's drift, setting by setting."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]
    applied: Annotated[Count, Doc("The generation that was last applied.")]
    generation: Annotated[Count, Doc("The portal's version number of the firm now.")]
    changes: tuple[DriftedSetting, ...]


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What somebody changed in the portal since portalsync last applied it."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment of portalsync.yaml.")]
    portal: Annotated[str, Doc("The identity of the portal.")]
    considered: Annotated[Count, Doc("How many firms were looked at: those that portalsync manages.")]
    firms: Annotated[tuple[FirmDrift, ...], Doc("Those that differ.")]
    vanished: Annotated[
        tuple[Vanished, ...],
        Omitted(),
        Doc("What the portal had when settings were applied that need it, and has no more."),
    ] = ()


def find_drift(  # noqa: PLR0913 - what is compared
    portal: Reader,
    environment: str,
    selection: Selection = EVERYONE,
    memberships: Mapping[str, Collection[str]] = MappingProxyType({}),
    *,
    watch: Watch = unwatched,
    wanted: Mapping[str, str] = MappingProxyType({}),
) -> Drift:
    """Live x what was last applied -> drift, of those selected firms that portalsync manages. It only reads,
    and knows no wishes: those of the files are for `not_in_files`. `memberships` are the firms of the
    files with their groups, `wanted` the digests that files lead to: firms that have these are as they say.
    """
    identity = portal.portal().portal
    live = [*portal.firms()]
    chosen = selection.among({**{firm.id: () for firm in live}, **memberships})
    managed = [firm.id for firm in live if firm.managed and firm.id in chosen]
    as_wanted = {firm.id for firm in live if firm.digest == wanted.get(firm.id)}
    others = [firm for firm in managed if firm not in as_wanted]
    firms = (_firm_drift(portal, portal.state(firm), thorough=firm in wanted) for firm in watch(others))
    return Drift(
        environment=environment,
        portal=identity,
        considered=len(managed),
        firms=tuple(firm for firm in firms if firm is not None),
        vanished=find_vanished(portal, managed, each=True),
    )


def not_in_files(drift: Drift, desired: Mapping[str, Desired]) -> Drift:
    """The drift that a plan would undo. What the files say now, and what they let go of, is none; `desired`
    has each firm that differs and is in the files.
    """
    firms = (_undone(firm, desired.get(firm.id)) for firm in drift.firms)
    return replace(drift, firms=tuple(firm for firm in firms if firm.changes))


def _undone(firm: FirmDrift, desired: Desired | None) -> FirmDrift:
    """Without what stays; each with the line that says what comes instead."""
    if desired is None:
        return replace(firm, changes=())
    live = applied_to({}, (change.edit for change in firm.changes))
    undone = frozenset(differing_values(live, desired.in_force(live)))
    sources = {change.edit.path: change.source for change in changes(desired, live, {})}
    return replace(
        firm,
        changes=tuple(
            replace(change, source=sources[change.path]) for change in firm.changes if change.path in undone
        ),
    )


def _firm_drift(portal: Reader, live: FirmState, *, thorough: bool) -> FirmDrift | None:
    """How live values differ from the applied ones, of what was managed then. None if they do not."""
    past = past_of(portal, live, thorough=thorough)
    edits = hand_edits(live, past)
    if past is None or not edits:
        return None
    name = str(live.settings.get("profile.name", live.id))
    applied, now = past.base.settings, live.settings
    settings = (
        DriftedSetting(
            path, applied.get(path, ABSENT), now.get(path, ABSENT), changed if changed.at else None
        )
        for path, changed in edits.items()
    )
    return FirmDrift(live.id, name, past.base.generation, live.generation, tuple(settings))
