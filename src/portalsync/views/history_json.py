"""What `history` prints for programs: `schemas/history.v1.schema.json` and `difference.v1.schema.json`."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.living.history import Between, FirmHistory, Generation
from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.edit import Edit
from portalsync.model.effect import Reach
from portalsync.model.plan_name import origins_in
from portalsync.wire import Origin

_EFFECTS = Doc("What clients notice, with the facts of today and the sample clients of the files.")


@dataclass(frozen=True, kw_only=True)
class GenerationDocument:
    """How one generation came about."""

    generation: Count
    at: Annotated[str, Doc("An instant (ISO 8601).")]
    origin: Annotated[Origin, Doc("seed: the portal began with it. portal: somebody changed it by hand.")]
    actor: str
    plan: Annotated[str, Doc("What the commit calls its plan: digests; empty where no plan made it.")]
    commit: Annotated[str, Doc("The commit of the configuration; empty where nobody knows.")]
    back_to: Annotated[Count, Doc("The generation that a rollback led back to; 0 for what is none.")]
    edits: Annotated[tuple[Edit, ...], Doc("What it wrote, as the portal tells it.")]
    effects: Annotated[tuple[Reach, ...], _EFFECTS]


@dataclass(frozen=True, kw_only=True)
class HistoryDocument:
    """Generations of one firm, newest first."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: str
    portal: Annotated[str, Doc("The identity of the portal.")]
    firm: Annotated[str, Doc("The firm's id.")]
    generations: tuple[GenerationDocument, ...]


@dataclass(frozen=True, kw_only=True)
class DifferenceDocument:
    """What is different in one generation of a firm from another one."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: str
    portal: Annotated[str, Doc("The identity of the portal.")]
    firm: Annotated[str, Doc("The firm's id.")]
    before: Annotated[Count, Doc("The generation that is looked at from.")]
    after: Annotated[Count, Doc("The one that is held against it.")]
    edits: tuple[Edit, ...]
    effects: Annotated[tuple[Reach, ...], _EFFECTS]
    adopts: Annotated[tuple[str, ...], Doc("Settings paths that are managed afterwards and were not before.")]
    releases: Annotated[
        tuple[str, ...], Doc("Settings paths that were managed before and are not afterwards.")
    ]


def history_document(history: FirmHistory) -> HistoryDocument:
    return HistoryDocument(
        environment=history.environment,
        portal=history.portal,
        firm=history.firm,
        generations=tuple(map(_generation, history.generations)),
    )


def _generation(generation: Generation) -> GenerationDocument:
    entry, origins = generation.entry, origins_in(generation.entry.plan)
    return GenerationDocument(
        generation=entry.generation,
        at=entry.at,
        origin=entry.origin,
        actor=entry.actor,
        plan=entry.plan,
        commit=origins.commit,
        back_to=origins.back_to,
        edits=entry.writes,
        effects=generation.part.effects,
    )


def difference_document(difference: Between) -> DifferenceDocument:
    part = difference.part
    return DifferenceDocument(
        environment=difference.environment,
        portal=difference.portal,
        firm=part.id,
        before=difference.before,
        after=difference.after,
        edits=part.edits,
        effects=part.effects,
        adopts=part.adopts,
        releases=part.releases,
    )
