"""The audit trail: one chain of hashes per firm, each row sealed with the one before it.

A row's hash is the digest of the row itself (without the hash) as canonical JSON. `previous` of the
first row is empty. Rows from before there were guardrails have no `acknowledged`, and keep the hash that
they have. Whoever has the answer of `GET /v1/firms/{firm}/audit` can check it alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from portalsync.model.canonical import canonical, digest
from portalsync.model.codec import decode, encode
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import Settings
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS
from portalsync.wire import AuditEntry

_UP_TO_THEN = select(AUDIT.c.hash).where(
    AUDIT.c.firm == GENERATIONS.c.firm, AUDIT.c.generation <= GENERATIONS.c.generation
)
HEAD = func.coalesce(
    _UP_TO_THEN.order_by(AUDIT.c.seq.desc()).limit(1).correlate(GENERATIONS).scalar_subquery(), ""
).label("audit")
"""For queries of generations: the hash of the last row of each firm's trail, then."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the trail does not hold, and why. `seq` 0: the trail as a whole."""

    seq: int
    reason: str


def append(connection: Connection, generation: Mapping[str, Any], acknowledged: Iterable[str] = ()) -> None:
    """The row for a generation that has just been written, in the same transaction."""
    last = connection.execute(
        select(AUDIT.c.seq, AUDIT.c.hash)
        .where(AUDIT.c.firm == generation["firm"])
        .order_by(AUDIT.c.seq.desc())
        .limit(1)
    ).first()
    entry = AuditEntry(
        **{name: generation[name] for name in ("firm", "at", "actor", "origin", "generation", "plan")},
        seq=last.seq + 1 if last else 1,
        writes=digest(generation["writes"]),
        acknowledged=tuple(acknowledged),
        previous=last.hash if last else "",
        hash="",
    )
    connection.execute(insert(AUDIT).values(encode(replace(entry, hash=entry.seal))))


def entries(connection: Connection, firm: str, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
    """The trail, oldest first."""
    query = select(AUDIT).where(AUDIT.c.firm == firm, AUDIT.c.seq > after).order_by(AUDIT.c.seq)
    return [_entry(row) for row in connection.execute(query.limit(limit)).mappings()]


def _entry(row: RowMapping) -> AuditEntry:
    acknowledged = row["acknowledged"]
    return AuditEntry(**{**row, "acknowledged": ABSENT if acknowledged is None else tuple(acknowledged)})


def breaks(connection: Connection, firm: str) -> tuple[Break, ...]:
    """Everything at which the trail, the generations and the live settings disagree."""
    trail = entries(connection, firm)
    made = connection.execute(
        select(GENERATIONS).where(GENERATIONS.c.firm == firm).order_by(GENERATIONS.c.generation)
    ).mappings()
    live = connection.execute(select(FIRMS.c.generation).where(FIRMS.c.id == firm)).scalar()
    found = [*_chain(trail), *_replay(trail, [*made])]
    if not trail or trail[-1].generation != live:
        found.append(Break(0, "the trail does not end at the live generation"))
    return tuple(found)


def _chain(trail: Sequence[AuditEntry]) -> Iterator[Break]:
    previous = ""
    for position, row in enumerate(trail, start=1):
        if row.seq != position:
            yield Break(position, "a row is missing")
            return
        if row.previous != previous:
            yield Break(position, "it does not follow from the row before it")
        if row.hash != row.seal:
            yield Break(position, "its content was changed")
        previous = row.hash


def _replay(trail: Sequence[AuditEntry], made: Sequence[RowMapping]) -> Iterator[Break]:
    """Each generation must be what its writes make of the one before it, and what the trail names."""
    if len(trail) != len(made):
        yield Break(0, "there are not as many rows as generations")
    settings: Settings = {}
    for row, generation in zip(trail, made, strict=False):
        if row.generation != generation["generation"] or row.writes != digest(generation["writes"]):
            yield Break(row.seq, "its generation has other writes")
        elif canonical(_after(settings, generation["writes"])) != canonical(generation["settings"]):
            yield Break(row.seq, "its generation has other settings than its writes make")
        settings = generation["settings"]


def _after(settings: Settings, writes: Iterable[JSON]) -> JSONObject:
    """Writes as the trail seals them are edits: it is nobody else who seals them."""
    return applied_to(settings, (decode(Edit, write) for write in writes))
