"""The audit trail, read from the database."""

from typing import Any

from sqlalchemy import Column, Connection, RowMapping, ScalarSelect, func, select

from portalsync.model.edit import ABSENT
from portalsync.server.tables import AUDIT, GENERATIONS
from portalsync.wire import AuditEntry


def _up_to_then(column: Column[Any]) -> ScalarSelect[Any]:
    """For queries of generations: of the last row that each firm's trail had then."""
    rows = select(column).where(
        AUDIT.c.firm == GENERATIONS.c.firm, AUDIT.c.generation <= GENERATIONS.c.generation
    )
    return rows.order_by(AUDIT.c.seq.desc()).limit(1).correlate(GENERATIONS).scalar_subquery()


HEAD = func.coalesce(_up_to_then(AUDIT.c.hash), "").label("audit")
LAST = func.coalesce(_up_to_then(AUDIT.c.seq), 0).label("seq")


def entries(connection: Connection, firm: str, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
    """The trail, oldest first."""
    query = select(AUDIT).where(AUDIT.c.firm == firm, AUDIT.c.seq > after).order_by(AUDIT.c.seq)
    return [_entry(row) for row in connection.execute(query.limit(limit)).mappings()]


def _entry(row: RowMapping) -> AuditEntry:
    acknowledged = row["acknowledged"]
    return AuditEntry(**{**row, "acknowledged": ABSENT if acknowledged is None else tuple(acknowledged)})
