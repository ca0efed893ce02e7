"""Rows of the portal's database, and what each says: read as it was written, or called damaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, and_, select

from portalsync.model.claims import Claims
from portalsync.model.codec import decode
from portalsync.model.converters import Misfit
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON
from portalsync.server import trail
from portalsync.server.columns import Damaged
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.tables import FIRMS, GENERATIONS, IDEMPOTENCY
from portalsync.wire import Committed, FirmState, FirmSummary, HistoryEntry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LiveFirm:
    """What a page is made of: settings and facts of the same moment."""

    firm: str
    generation: int
    settings: Mapping[str, JSON]
    facts: Mapping[str, JSON]


def live_firms(*columns: Any) -> Select[Any]:
    """Firms with their live generation."""
    joined = and_(GENERATIONS.c.firm == FIRMS.c.id, GENERATIONS.c.generation == FIRMS.c.generation)
    return select(FIRMS.c.id, FIRMS.c.generation, *columns).join(GENERATIONS, joined)


def firm_row(connection: Connection, firm: str, *, for_update: bool = False) -> RowMapping:
    columns = (GENERATIONS.c.settings, GENERATIONS.c.managed, GENERATIONS.c.applied, trail.HEAD)
    query = live_firms(FIRMS.c.facts, *columns).where(FIRMS.c.id == firm)
    # SQLite has taken its one write lock already; PostgreSQL locks the firm's row here.
    row = connection.execute(query.with_for_update(of=FIRMS) if for_update else query).mappings().first()
    if row is None:
        raise firm_unknown()
    return row


def past_row(connection: Connection, firm: str, generation: int) -> RowMapping:
    query = select(GENERATIONS, GENERATIONS.c.firm.label("id"), trail.HEAD).where(
        GENERATIONS.c.firm == firm, GENERATIONS.c.generation == generation
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        firm_row(connection, firm)
        raise Refused("generation-unknown", 404, "The firm has no such generation.")
    return row


def answered(connection: Connection, firm: str, key: str, request: str) -> Committed | None:
    query = select(IDEMPOTENCY).where(IDEMPOTENCY.c.firm == firm, IDEMPOTENCY.c.key == key)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    if row["request"] != request:
        raise Refused("idempotency-reuse", 422, "The key was used for another commit.")
    return _decoded(Committed, row["body"], "idempotency")


def summary(row: RowMapping) -> FirmSummary:
    live = Claims.of(row["managed"]).digest(row["settings"])
    return FirmSummary(row["id"], row["generation"], live, bool(row["managed"]), row["audit"])


def state(row: RowMapping) -> FirmState:
    return FirmState(
        row["id"],
        row["generation"],
        Claims.of(row["managed"]).digest(row["settings"]),
        row["settings"],
        tuple(row["managed"]),
        row["applied"],
        row["audit"],
    )


def history(row: RowMapping) -> HistoryEntry:
    body = {name: row[name] for name in ("generation", "at", "origin", "actor", "plan", "writes")}
    return _decoded(HistoryEntry, body, "generations")


def _decoded(kind: type[T], body: JSON, table: str) -> T:
    try:
        return decode(kind, body)
    except Misfit as error:
        raise Damaged(f"{table}.{error.where}") from error


def facts(row: RowMapping) -> Facts:
    try:
        return facts_from_json(row["facts"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Damaged("firms.facts") from error


def live_firm(row: RowMapping) -> LiveFirm:
    return LiveFirm(row["id"], row["generation"], row["settings"], row["facts"])
