"""The audit trail: one chain of hashes per firm, each row sealed with the one before it.

A row's hash is the digest of the row itself (without the hash) as canonical JSON. `previous` of the
first row is empty. Rows from before there were guardrails have no `acknowledged`, and keep the hash that
they have. Whoever has the answer of `GET /v1/firms/{firm}/audit` can check it alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
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


def next_entry(
    last: Mapping[str, Any], generation: Mapping[str, Any], writes: str, acknowledged: Iterable[str] = ()
) -> AuditEntry:
    """The row for a generation, to be written in the same transaction; `last` has `seq` and hash (`audit`) of
    the one before it, 0 and empty if there is none. `writes` is the digest of what it wrote.
    """
    entry = AuditEntry(
        **{name: generation[name] for name in ("firm", "at", "actor", "origin", "generation", "plan")},
        seq=last["seq"] + 1,
        writes=writes,
        acknowledged=tuple(acknowledged),
        previous=last["audit"],
        hash="",
    )
    return replace(entry, hash=entry.seal)


def entries(connection: Connection, firm: str, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
    """The trail, oldest first."""
    query = select(AUDIT).where(AUDIT.c.firm == firm, AUDIT.c.seq > after).order_by(AUDIT.c.seq)
    return [_entry(row) for row in connection.execute(query.limit(limit)).mappings()]


def _entry(row: RowMapping) -> AuditEntry:
    acknowledged = row["acknowledged"]
    return AuditEntry(**{**row, "acknowledged": ABSENT if acknowledged is None else tuple(acknowledged)})
