"""The store of a portal: firms, their generations, what is sampled and what was asked of it.

Every change of a firm is one transaction: generation compared, commit judged, the next generation,
the audit row and the answer for its key written, or nothing at all.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, and_, insert, select, update

from portalsync.backend.protocol import Seed
from portalsync.catalog.vocabulary import vocabulary
from portalsync.model.canonical import digest
from portalsync.model.claims import Claims
from portalsync.model.codec import decode, encode
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON, JSONObject
from portalsync.server import judge, planting, trail
from portalsync.server.database import WRITES, in_words, open_copy, open_database
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.tables import FIRMS, GENERATIONS, IDEMPOTENCY, PORTAL, SAMPLE_CLIENTS
from portalsync.wire import (
    AuditEntry,
    Commit,
    Committed,
    FirmState,
    FirmSummary,
    HistoryEntry,
    Origin,
    PortalInfo,
)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class LiveFirm:
    """What a page is made of: settings and facts of the same moment."""

    firm: str
    generation: int
    settings: Mapping[str, JSON]
    facts: Mapping[str, JSON]


CREATED = 201


class Store:
    """One portal's data. Safe to use from several threads."""

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._path = path
        self._clock = clock

    @classmethod
    def open(cls, path: Path, clock: Clock) -> "Store":
        """The store in a database file; made if missing, migrated if old."""
        return cls(open_database(path), path, clock)

    @classmethod
    def copy(cls, path: Path, clock: Clock) -> "Store":
        """The store as it stands in a database file, or empty, in memory: what is written here stays here."""
        return cls(open_copy(path), path, clock)

    def close(self) -> None:
        self._engine.dispose()

    def portal(self) -> PortalInfo:
        with self._reading() as connection:
            return PortalInfo(str(connection.execute(select(PORTAL.c.id)).scalar_one()), vocabulary())

    def firms(self, after: str = "", limit: int = 500) -> list[FirmSummary]:
        """Firms by id, those after `after`."""
        query = _live(GENERATIONS.c.settings, GENERATIONS.c.managed, trail.HEAD)
        with self._reading() as connection:
            rows = connection.execute(query.where(FIRMS.c.id > after).order_by(FIRMS.c.id).limit(limit))
            return [_summary(row) for row in rows.mappings()]

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        """The live settings of a firm, or those of a past generation."""
        with self._reading() as connection:
            if generation is None:
                return _state(_firm_row(connection, firm))
            return _state(_past(connection, firm, generation))

    def live(self, firm: str) -> LiveFirm:
        with self._reading() as connection:
            return _live_firm(_firm_row(connection, firm))

    def lives(self, after: str, limit: int) -> list[LiveFirm]:
        query = _live(FIRMS.c.facts, GENERATIONS.c.settings).where(FIRMS.c.id > after)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(FIRMS.c.id).limit(limit)).mappings()
            return [_live_firm(row) for row in rows]

    def facts(self, firm: str) -> JSONObject:
        with self._reading() as connection:
            document = connection.execute(select(FIRMS.c.facts).where(FIRMS.c.id == firm)).scalar()
        if document is None:
            raise firm_unknown()
        return dict(document)

    def history(self, firm: str, limit: int = 100) -> list[HistoryEntry]:
        """How the firm's generations came about, newest first."""
        query = select(GENERATIONS).where(GENERATIONS.c.firm == firm)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(GENERATIONS.c.generation.desc()).limit(limit))
            found = [_history(row) for row in rows.mappings()]
        if not found:
            raise firm_unknown()
        return found

    def audit(self, firm: str, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
        """The firm's audit trail, oldest first, rows after number `after`."""
        with self._reading() as connection:
            _firm_row(connection, firm)
            return trail.entries(connection, firm, after, limit)

    def verify_audit(self, firm: str) -> tuple[trail.Break, ...]:
        """Where the firm's audit trail does not hold; empty when it does."""
        with self._reading() as connection:
            return trail.breaks(connection, firm)

    def sample_clients(self) -> list[JSONObject]:
        query = select(SAMPLE_CLIENTS.c.document).order_by(SAMPLE_CLIENTS.c.id)
        with self._reading() as connection:
            return [dict(document) for document in connection.execute(query).scalars()]

    def sample_client(self, client: str) -> JSONObject | None:
        query = select(SAMPLE_CLIENTS.c.document).where(SAMPLE_CLIENTS.c.id == client)
        with self._reading() as connection:
            document = connection.execute(query).scalar()
        return None if document is None else dict(document)

    def seed(self, seed: Seed) -> None:
        """Takes over facts and sample clients, and makes firms that are missing."""
        with self._writing() as connection:
            planting.plant(connection, seed)

    def commit(self, firm: str, generation: int, key: str, commit: Commit) -> Committed:
        """The next generation of a firm, if `generation` is still the live one.

        The same key with the same commit gives the first answer again, however often it is sent.
        """
        request = digest({"generation": generation, "commit": encode(commit)})
        # Judged before the lock is taken; told only in its turn.
        refusal = judge.refusal(commit)
        with self._writing() as connection:
            live = _firm_row(connection, firm, for_update=True)
            answered = _answered(connection, firm, key, request)
            if answered is not None:
                return answered
            if live["generation"] != generation:
                raise _stale(live["generation"])
            if refusal is not None:
                raise refusal
            return self._advance(connection, live, key, request, commit)

    def _advance(
        self, connection: Connection, live: RowMapping, key: str, request: str, commit: Commit
    ) -> Committed:
        firm, previous = live["id"], live["generation"]
        settings = judge.written(live["settings"], commit.writes)
        judge.check_result(firm, live["settings"], settings, facts_from_json(live["facts"]), self._clock())
        planned = commit.origin is Origin.PLAN
        row = {
            "firm": firm,
            "generation": previous + 1,
            "at": self._now(),
            "origin": str(commit.origin),
            "actor": commit.actor,
            "plan": commit.plan,
            "settings": settings,
            "managed": sorted({*commit.managed}) if planned else live["managed"],
            "writes": [encode(write) for write in commit.writes],
            "applied": previous + 1 if planned else live["applied"],
        }
        connection.execute(insert(GENERATIONS).values(row))
        connection.execute(update(FIRMS).where(FIRMS.c.id == firm).values(generation=previous + 1))
        trail.append(connection, row, commit.acknowledged)
        answer = Committed(firm, previous, previous + 1, Claims.of(row["managed"]).digest(settings))
        connection.execute(
            insert(IDEMPOTENCY).values(
                firm=firm, key=key, request=request, status=CREATED, body=encode(answer)
            )
        )
        return answer

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_words(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with in_words(self._path), self._writer.begin() as connection:
            yield connection

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


def _live(*columns: Any) -> Select[Any]:
    """Firms with their live generation."""
    joined = and_(GENERATIONS.c.firm == FIRMS.c.id, GENERATIONS.c.generation == FIRMS.c.generation)
    return select(FIRMS.c.id, FIRMS.c.generation, *columns).join(GENERATIONS, joined)


def _firm_row(connection: Connection, firm: str, *, for_update: bool = False) -> RowMapping:
    columns = (GENERATIONS.c.settings, GENERATIONS.c.managed, GENERATIONS.c.applied, trail.HEAD)
    query = _live(FIRMS.c.facts, *columns).where(FIRMS.c.id == firm)
    # SQLite has taken its one write lock already; PostgreSQL locks the firm's row here.
    row = connection.execute(query.with_for_update(of=FIRMS) if for_update else query).mappings().first()
    if row is None:
        raise firm_unknown()
    return row


def _past(connection: Connection, firm: str, generation: int) -> RowMapping:
    query = select(GENERATIONS, GENERATIONS.c.firm.label("id"), trail.HEAD).where(
        GENERATIONS.c.firm == firm, GENERATIONS.c.generation == generation
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        _firm_row(connection, firm)
        raise Refused("generation-unknown", 404, "The firm has no such generation.")
    return row


def _answered(connection: Connection, firm: str, key: str, request: str) -> Committed | None:
    query = select(IDEMPOTENCY).where(IDEMPOTENCY.c.firm == firm, IDEMPOTENCY.c.key == key)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    if row["request"] != request:
        raise Refused("idempotency-reuse", 422, "The key was used for another commit.")
    return decode(Committed, row["body"])


def _stale(live: int) -> Refused:
    return Refused("stale-generation", 412, "The firm has changed since.", f"its live generation is {live}")


def _summary(row: RowMapping) -> FirmSummary:
    live = Claims.of(row["managed"]).digest(row["settings"])
    return FirmSummary(row["id"], row["generation"], live, bool(row["managed"]), row["audit"])


def _state(row: RowMapping) -> FirmState:
    return FirmState(
        row["id"],
        row["generation"],
        Claims.of(row["managed"]).digest(row["settings"]),
        row["settings"],
        tuple(row["managed"]),
        row["applied"],
        row["audit"],
    )


def _history(row: RowMapping) -> HistoryEntry:
    body = {name: row[name] for name in ("generation", "at", "origin", "actor", "plan", "writes")}
    return decode(HistoryEntry, body)


def _live_firm(row: RowMapping) -> LiveFirm:
    return LiveFirm(row["id"], row["generation"], row["settings"], row["facts"])
