"""What is recorded of one firm's portal, which people set by hand. Nothing here reads it or writes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Literal

from portalsync.model.annotations import VERSION_DOC, Doc, Instant, Omitted
from portalsync.model.canonical import digest
from portalsync.model.claims import Claims
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent, Edit, applied_to
from portalsync.model.json_value import JSON
from portalsync.model.plan_name import Origins
from portalsync.wire import AuditEntry, FirmState, FirmSummary, Generation, HistoryEntry, Origin, ShortLine

FIRST = 1
"""The generation of which nothing is recorded."""
_SINCE = "1970-01-01T00:00:00.000+00:00"
"""When that came about: nobody can tell."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Who recorded something, and when."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one setting has on the portal."""

    value: Annotated[
        JSON, Doc('What the portal has; of a picture, the name of its file in `pictures/`: {"picture": …}.')
    ]
    by: Annotated[ShortLine, Doc("Who set it there by hand, or looked last.")]
    at: Annotated[str, Instant(), Doc("When that was.")]


@dataclass(frozen=True, slots=True)
class RecordedGeneration:
    """How one generation came about."""

    generation: Annotated[Generation, Doc("Its number. The first one, of which nothing is recorded, is 1.")]
    at: Annotated[str, Instant(), Doc("When the last of it was recorded.")]
    origin: Annotated[
        Origin,
        Doc("plan: steps of a plan that were ticked. portal: what somebody saw who looked at the portal."),
    ]
    actor: Annotated[ShortLine, Doc("Who recorded it.")]
    plan: Annotated[ShortLine, Doc("The plan whose steps were ticked; empty for what somebody saw.")]
    writes: Annotated[tuple[Edit, ...], Doc("What is another value than before.")]
    managed: Annotated[
        tuple[ShortLine, ...] | Absent,
        Doc("What portalsync manages from now on, where that changes: paths, and `path.*` of whole lists."),
    ] = ABSENT
    acknowledged: Annotated[
        tuple[str, ...], Omitted(), Doc("What was accepted although a guardrail objected.")
    ] = ()

    @property
    def entry(self) -> HistoryEntry:
        return HistoryEntry(self.generation, self.at, self.origin, self.actor, self.plan, self.writes)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What of one plan is on a firm's portal: some of its edits, and what portalsync manages from then on.
    `plan` is its name: its digest and that of its review.
    """

    plan: str
    edits: tuple[Edit, ...]
    managed: tuple[str, ...]
    acknowledged: tuple[str, ...] = ()
    origins: Origins = field(default_factory=Origins)


@dataclass(frozen=True)
class FirmRecord:
    """All that is recorded of one firm. `settings` are what its history comes to."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    firm: Annotated[ShortLine, Doc("The firm's id.")]
    settings: Annotated[Mapping[str, Recorded], Doc("What the portal has, by settings path.")] = field(
        default_factory=dict
    )
    history: Annotated[tuple[RecordedGeneration, ...], Doc("Oldest first.")] = ()

    @property
    def generation(self) -> int:
        return self.history[-1].generation if self.history else FIRST

    @cached_property
    def values(self) -> Mapping[str, JSON]:
        return {path: recorded.value for path, recorded in self.settings.items()}

    @cached_property
    def audit(self) -> str:
        """The head of the trail: of a record that was written anew, it is another one."""
        return self.trail[-1].hash

    def summary(self) -> FirmSummary:
        live = self.state()
        return FirmSummary(self.firm, live.generation, live.digest, bool(live.managed), live.audit)

    def state(self, generation: int | None = None) -> FirmState:
        """The live settings, or those of a generation that there was. KeyError for any other."""
        wanted = self.generation if generation is None else generation
        if wanted not in range(FIRST, self.generation + 1):
            raise KeyError(wanted)
        past = replace(self, history=self.history[: wanted - FIRST])
        values = self.values if wanted == self.generation else outcome_of(past.history)
        managed = past.managed
        applied = max((each.generation for each in past.history if each.origin is Origin.PLAN), default=None)
        live = Claims.of(managed).digest(values)
        plan = next((each.plan for each in past.entries if each.generation == wanted), "")
        return FirmState(self.firm, wanted, live, values, managed, applied, past.audit, plan)

    @property
    def managed(self) -> tuple[str, ...]:
        return next((each.managed for each in reversed(self.history) if each.managed is not ABSENT), ())

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """Newest first."""
        first = HistoryEntry(FIRST, _SINCE, Origin.SEED, "portal", "", ())
        return [*(each.entry for each in reversed(self.history)), first]

    @cached_property
    def trail(self) -> Sequence[AuditEntry]:
        """Oldest first, each row sealed with the one before it. Nothing of it is written: it follows."""
        rows: list[AuditEntry] = []
        for entry, accepted in [
            (self.entries[-1], ()),
            *((each.entry, each.acknowledged) for each in self.history),
        ]:
            previous = rows[-1].hash if rows else ""
            rows.append(_sealed(self.firm, len(rows) + 1, entry, accepted, previous))
        return rows

    def with_ticked(self, ticked: Ticked, recorded: Sighting) -> "FirmRecord":
        """The record once these edits are on the portal, and who records it when. What the same plan did
        last, or one of the same review, goes on in its generation, however often somebody stops in between.
        """
        last = self.history[-1] if self.history else None
        goes_on = last is not None and not {*last.plan.split()}.isdisjoint(ticked.plan.split())
        before = self.history[:-1] if goes_on else self.history
        earlier = last.writes if last is not None and goes_on else ()
        made = RecordedGeneration(
            self.generation if goes_on else self.generation + 1,
            recorded.at,
            Origin.PLAN,
            recorded.by,
            ticked.origins.of(ticked.plan),
            _by_path((*earlier, *ticked.edits)),
            ticked.managed,
            ticked.acknowledged,
        )
        return _moved(self, ticked.edits, recorded, (*before, made))

    def with_sightings(self, seen: Mapping[str, Sighting]) -> "FirmRecord":
        """The same, where others than who records it set some of the values, or looked."""
        held = {
            path: replace(each, by=seen[path].by, at=seen[path].at) if path in seen else each
            for path, each in self.settings.items()
        }
        return replace(self, settings=held)

    def with_seen(
        self, edits: tuple[Edit, ...], confirmed: Iterable[str], seen: Sighting, *, goes_on: bool = False
    ) -> "FirmRecord":
        """The record once somebody has looked: `edits` lead to what the portal has by now, `confirmed` are
        paths that are as recorded. Whoever `goes_on` with their walk does so in the generation that it made,
        if nobody else recorded anything since.
        """
        own = [
            each
            for each in self.history[-1:]
            if goes_on and (each.origin, each.actor) == (Origin.PORTAL, seen.by)
        ]
        before = self.history[: len(self.history) - len(own)]
        earlier = [edit for each in own for edit in each.writes]
        number, writes = FIRST + len(before) + 1, _by_path((*earlier, *edits))
        made = RecordedGeneration(number, seen.at, Origin.PORTAL, seen.by, "", writes)
        history = (*before, made) if edits else self.history
        return _moved(self.with_sightings(dict.fromkeys(confirmed, seen)), edits, seen, history)


def _by_path(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda edit: edit.path))


def _moved(
    record: FirmRecord, edits: Sequence[Edit], seen: Sighting, history: tuple[RecordedGeneration, ...]
) -> FirmRecord:
    """The settings once the edits are made, and the history that says so."""
    gone = {edit.path for edit in edits}
    kept = {path: held for path, held in record.settings.items() if path not in gone}
    new = {edit.path: Recorded(edit.after, seen.by, seen.at) for edit in edits if edit.after is not ABSENT}
    return replace(record, settings=dict(sorted({**kept, **new}.items())), history=history)


def _sealed(
    firm: str, seq: int, entry: HistoryEntry, acknowledged: tuple[str, ...], previous: str
) -> AuditEntry:
    row = AuditEntry(
        firm=firm,
        seq=seq,
        at=entry.at,
        actor=entry.actor,
        origin=str(entry.origin),
        generation=entry.generation,
        plan=entry.plan,
        writes=digest([encode(edit) for edit in entry.writes]),
        acknowledged=acknowledged,
        previous=previous,
        hash="",
    )
    return replace(row, hash=row.seal)


def outcome_of(history: Iterable[RecordedGeneration]) -> Mapping[str, JSON]:
    """What all that was written comes to."""
    return applied_to({}, (edit for each in history for edit in each.writes))


def broken_links(record: FirmRecord) -> Iterator[tuple[str | int, ...]]:
    """Where a history does not follow from itself: generations that do not follow one another, and writes
    that begin from what was not there.
    """
    values: Mapping[str, JSON] = {}
    for index, each in enumerate(record.history):
        if each.generation != FIRST + index + 1:
            yield "history", index, "generation"
        for number, edit in enumerate(each.writes):
            if not edit.starts_from(values):
                yield "history", index, "writes", number
            values = applied_to(values, (edit,))
