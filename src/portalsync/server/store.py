"""The store of a portal: firms, their generations, what is sampled and what was asked of it.

Every change of a firm is made in one transaction: generation compared, commit judged, the next generation,
the audit row and the answer for its key written, or nothing at all. Commits that come together share one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from portalsync.backend.protocol import Seed
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit, Committed
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT
from portalsync.model.json_value import JSONObject
from portalsync.model.verification import FlawAt
from portalsync.server import judge, planting, rows, trail, verify
from portalsync.server.commits import Asked, Together
from portalsync.server.database import WRITES, OneRow, in_words, open_database
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.tables import FIRMS, GENERATIONS, PORTAL, SAMPLE_CLIENTS
from portalsync.wire import AuditEntry, Epoch, FirmState, FirmSummary, HistoryEntry, PortalInfo

Clock = Callable[[], datetime]


class Store:
    """One portal's data. Safe to use from several threads."""

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._use(engine)

    def _use(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._page_source = OneRow(engine, rows.PAGE_SOURCES)

    @classmethod
    def open(cls, path: Path, clock: Clock) -> "Store":
        """The store in a database file; made if missing, migrated if old."""
        return cls(open_database(path), path, clock)

    def close(self) -> None:
        self._engine.dispose()

    def portal(self) -> PortalInfo:
        with self._reading() as connection:
            row = connection.execute(select(PORTAL)).mappings().one()
        epoch = ABSENT if row["epoch"] is None else Epoch(row["epoch"], row["restored"])
        return PortalInfo(row["id"], vocabulary(), epoch)

    def firms(self, after: str = "", limit: int = 500) -> list[FirmSummary]:
        """Firms by id, those after `after`."""
        query = select(FIRMS.c.id, *(FIRMS.c[name] for name in rows.LIVE)).where(FIRMS.c.id > after)
        with self._reading() as connection:
            found = connection.execute(query.order_by(FIRMS.c.id).limit(limit))
            return [rows.summary(row) for row in found.mappings()]

    def digests(self, firms: Iterable[str]) -> list[FirmSummary]:
        """Those of the firms that there are, by id: made from what they have, whatever lists say of them."""
        with self._reading() as connection:
            return rows.summaries_made_anew(connection, firms)

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        """The live settings of a firm, or those of a past generation."""
        with self._reading() as connection:
            if generation is None:
                return rows.state(rows.firm_row(connection, firm))
            return rows.state(rows.past_row(connection, firm, generation))

    def states(self, firms: Iterable[str]) -> list[tuple[FirmState, JSONObject]]:
        """Live settings and facts of those of the firms that there are, by id."""
        with self._reading() as connection:
            found = rows.firm_rows(connection, firms, FIRMS.c.facts)
            return [(rows.state(row), dict(row["facts"])) for row in found]

    def live(self, firm: str) -> rows.LiveFirm:
        with self._reading() as connection:
            return rows.live_firm(rows.firm_row(connection, firm, FIRMS.c.facts))

    def page_source(self, firm: str, client: str) -> rows.PageSource | None:
        """Nothing if there is no such client."""
        with self._at_the_file():
            settings, facts, document = self._page_source(firm=firm, client=client)
        if document is None:
            return None
        if settings is None or facts is None:
            raise firm_unknown()
        return rows.PageSource(firm, settings, facts, document)

    def lives(self, after: str, limit: int) -> list[rows.LiveFirm]:
        query = rows.live_firms(FIRMS.c.facts, GENERATIONS.c.settings).where(FIRMS.c.id > after)
        with self._reading() as connection:
            found = connection.execute(query.order_by(FIRMS.c.id).limit(limit)).mappings()
            return [rows.live_firm(row) for row in found]

    def facts(self, firm: str) -> JSONObject:
        with self._reading() as connection:
            document = connection.execute(select(FIRMS.c.facts).where(FIRMS.c.id == firm)).scalar()
        if document is None:
            raise firm_unknown()
        return dict(document)

    def history(self, firm: str, limit: int = 100, before: int | None = None) -> list[HistoryEntry]:
        """How the firm's generations came about, newest first; those `before` one, if it is given."""
        query = select(GENERATIONS).where(GENERATIONS.c.firm == firm)
        if before is not None:
            query = query.where(GENERATIONS.c.generation < before)
        with self._reading() as connection:
            made = connection.execute(query.order_by(GENERATIONS.c.generation.desc()).limit(limit))
            found = [rows.history(row) for row in made.mappings()]
            if not found:
                rows.firm_row(connection, firm)
        return found

    def audit(self, firm: str, after: int = 0, limit: int | None = None) -> list[AuditEntry]:
        """The firm's audit trail, oldest first, rows after number `after`."""
        with self._reading() as connection:
            rows.firm_row(connection, firm)
            return trail.entries(connection, firm, after, limit)

    def ids(self) -> list[str]:
        """Of all firms, sorted."""
        with self._reading() as connection:
            return [*connection.execute(select(FIRMS.c.id).order_by(FIRMS.c.id)).scalars()]

    def verify_audit(self, firm: str, kept: verify.Kept = ()) -> tuple[FlawAt, ...]:
        """Where the firm's audit trail, or what is kept of it, does not hold; empty when it does. `kept` is
        what was kept of the trail elsewhere.
        """
        with self._reading() as connection:
            return verify.damage(connection, firm, kept)

    def sample_clients(self) -> list[JSONObject]:
        query = select(SAMPLE_CLIENTS.c.document).order_by(SAMPLE_CLIENTS.c.id)
        with self._reading() as connection:
            return [dict(document) for document in connection.execute(query).scalars()]

    def seed(self, seed: Seed) -> None:
        """Takes over facts and sample clients, and makes firms that are missing."""
        with self._writing() as connection:
            planting.plant(connection, seed)

    def commit(self, firm: str, generation: int, key: str, commit: Commit) -> Committed:
        """The next generation of a firm, if `generation` is still the live one; Refused if there is none.

        The same key with the same commit gives the first answer again, however often it is sent.
        """
        (answer,) = self.commit_all([Asked.of(firm, generation, key, commit, encode(commit))])
        if isinstance(answer, Refused):
            raise answer
        return answer

    def commit_all(self, asked: Sequence[Asked | Refused]) -> list[Committed | Refused]:
        """The same for several, in their order, each with its own answer. They share a transaction, which is
        on the disk when this returns: all that was not refused is written, or nothing where this fails.
        """
        read = [each for each in asked if isinstance(each, Asked)]
        # Judged before the lock is taken; told only in its turn.
        refusals = [judge.refusal(each.commit) for each in read]
        with self._writing() as connection:
            together = Together(connection, read, self._clock())
            answers = [*map(together.answer, read, refusals)]
            together.write()
        left = iter(answers)
        return [each if isinstance(each, Refused) else next(left) for each in asked]

    @contextmanager
    def _at_the_file(self) -> Iterator[None]:
        """Around all that is read."""
        with in_words(self._path):
            yield

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._at_the_file(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with in_words(self._path), self._writer.begin() as connection:
            yield connection
