"""All that a portal has of one firm, managed and not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.backend.protocol import Reader
from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.claims import Claims
from portalsync.model.json_value import JSON
from portalsync.wire import HistoryEntry, Origin


@dataclass(frozen=True, kw_only=True)
class Applied:
    """When a plan was applied to the firm last."""

    generation: Count
    at: Annotated[str, Doc("An instant (ISO 8601).")]
    actor: str


@dataclass(frozen=True, kw_only=True)
class FirmOnPortal:
    """One firm as its portal has it. Settings are flat paths with values; a path that is managed and has no
    value is among `claims` alone.
    """

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: str
    portal: Annotated[str, Doc("The identity of the portal.")]
    firm: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("What the firm is called there.")]
    time_zone: str
    generation: Count
    applied: Annotated[Applied | None, Doc("null where no plan was applied yet, or nobody knows.")]
    claims: Annotated[tuple[str, ...], Doc("What is managed: paths of settings, and path.* of whole lists.")]
    managed: Annotated[Mapping[str, JSON], Doc("What is set and managed.")]
    unmanaged: Annotated[Mapping[str, JSON], Doc("What is set and not managed: no plan touches it.")]


def on_portal(portal: Reader, environment: str, firm: str) -> FirmOnPortal:
    """It only reads. Errors are those of a `Reader`."""
    state = portal.state(firm)
    managed = Claims.of(state.managed).part_of(state.settings)
    return FirmOnPortal(
        environment=environment,
        portal=portal.portal().portal,
        firm=firm,
        name=str(state.settings.get("profile.name", firm)),
        time_zone=str(state.settings.get("profile.time_zone", "UTC")),
        generation=state.generation,
        applied=_applied(portal.history(firm) if state.applied else ()),
        claims=tuple(sorted(state.managed)),
        managed=managed,
        unmanaged={path: value for path, value in state.settings.items() if path not in managed},
    )


def last_applied(history: Iterable[HistoryEntry]) -> HistoryEntry | None:
    """The last generation that a plan made, as far as the portal still tells; newest first."""
    return next((each for each in history if each.origin is Origin.PLAN), None)


def _applied(history: Iterable[HistoryEntry]) -> Applied | None:
    last = last_applied(history)
    return Applied(generation=last.generation, at=last.at, actor=last.actor) if last else None
