"""Rows of the portal's database, and what each says: read as it was written, or called damaged."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, RowMapping, Select, Text, and_, bindparam, cast, select

from portalsync.commits import Committed
from portalsync.model.claims import Claims
from portalsync.model.codec import decode
from portalsync.model.converters import Misfit
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.server import trail
from portalsync.server.columns import Damaged, read_as
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.tables import FIRMS, GENERATIONS, IDEMPOTENCY, SAMPLE_CLIENTS
from portalsync.wire import FirmState, FirmSummary, HistoryEntry

T = TypeVar("T")
Row: TypeAlias = Mapping[str, Any]
"""What a row has, by column: as it was read, or will be written."""


@dataclass(frozen=True, slots=True)
class LiveFirm:
    """What a page is made of: settings and facts of the same moment."""

    firm: str
    generation: int
    settings: Mapping[str, JSON]
    facts: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class PageSource:
    """All that a page is made of, letter by letter as it stands in the database at one moment."""

    firm: str
    settings: str
    facts: str
    client: str


def _text(column: Any, *named: Any) -> Any:
    return select(cast(column, Text)).where(*named).scalar_subquery()


_FIRM = FIRMS.c.id == bindparam("firm")
_LIVE = and_(_FIRM, GENERATIONS.c.firm == FIRMS.c.id, GENERATIONS.c.generation == FIRMS.c.generation)
PAGE_SOURCES = select(
    _text(GENERATIONS.c.settings, _LIVE),
    _text(FIRMS.c.facts, _FIRM),
    _text(SAMPLE_CLIENTS.c.document, SAMPLE_CLIENTS.c.id == bindparam("client")),
)
"""One row, whatever is missing."""

LIVE = ("generation", "digest", "claims", "audit")
"""What a firm's own row says of its live generation."""


def kept(settings: Settings, managed: Collection[str], audit: str, written: bytes = b"") -> dict[str, Any]:
    """What follows from a generation and from its row in the trail, as it is kept beside it. `written` are
    the settings as canonical JSON, where somebody has made that already.
    """
    live = Claims.of(managed).digest(settings, written)
    return {"digest": live, "claims": len(managed), "audit": audit}


def live_firms(*columns: Any) -> Select[Any]:
    """Firms with their live generation."""
    joined = and_(GENERATIONS.c.firm == FIRMS.c.id, GENERATIONS.c.generation == FIRMS.c.generation)
    return select(FIRMS.c.id, FIRMS.c.generation, *columns).join(GENERATIONS, joined)


_CONTENT = (GENERATIONS.c.settings, GENERATIONS.c.managed, GENERATIONS.c.applied, GENERATIONS.c.plan)
_STATES = live_firms(*_CONTENT, trail.HEAD)
_TEXTS = live_firms(
    FIRMS.c.digest, GENERATIONS.c.managed, cast(GENERATIONS.c.settings, Text).label("text"), trail.HEAD
)
_LOCKED = live_firms(FIRMS.c.facts, *_CONTENT, trail.HEAD, trail.LAST).with_for_update(of=FIRMS)


def firm_row(connection: Connection, firm: str, *more: Any) -> RowMapping:
    """The firm's live generation, with `more` columns."""
    query = _STATES.add_columns(*more).where(FIRMS.c.id == firm)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise firm_unknown()
    return row


def firm_rows(connection: Connection, firms: Iterable[str], *more: Any) -> Sequence[RowMapping]:
    """Those of the firms that there are, by id, with `more` columns."""
    query = _STATES.add_columns(*more).where(FIRMS.c.id.in_(sorted(firms))).order_by(FIRMS.c.id)
    return connection.execute(query).mappings().all()


def locked_rows(connection: Connection, firms: Iterable[str]) -> dict[str, Row]:
    """Those of the firms that there are, by id. SQLite has taken its one write lock already; PostgreSQL locks
    the firms' rows here, always in the same order.
    """
    query = _LOCKED.where(FIRMS.c.id.in_(sorted(firms))).order_by(FIRMS.c.id)
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def past_row(connection: Connection, firm: str, generation: int) -> RowMapping:
    query = select(GENERATIONS, GENERATIONS.c.firm.label("id"), trail.HEAD).where(
        GENERATIONS.c.firm == firm, GENERATIONS.c.generation == generation
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        firm_row(connection, firm)
        raise Refused("generation-unknown", 404, "The firm has no such generation.")
    return row


def answered(connection: Connection, firms: Iterable[str], keys: Iterable[str]) -> dict[tuple[str, str], Row]:
    """What was answered to the firms under some of the keys, by firm and key."""
    query = select(IDEMPOTENCY).where(
        IDEMPOTENCY.c.firm.in_(sorted(firms)), IDEMPOTENCY.c.key.in_(sorted(keys))
    )
    return {(row["firm"], row["key"]): dict(row) for row in connection.execute(query).mappings()}


def first_answer(row: Row, request: str) -> Committed:
    """The same once more, to the same commit. Refused for another one."""
    if row["request"] != request:
        raise Refused("idempotency-reuse", 422, "The key was used for another commit.")
    return _decoded(Committed, row["body"], "idempotency")


def summary(row: RowMapping) -> FirmSummary:
    return FirmSummary(row["id"], row["generation"], row["digest"], bool(row["claims"]), row["audit"])


def summaries_made_anew(connection: Connection, firms: Iterable[str]) -> list[FirmSummary]:
    """The same from what the firms have, by id, whatever is kept of it."""
    query = _TEXTS.where(FIRMS.c.id.in_(sorted(firms))).order_by(FIRMS.c.id)
    return [*map(_summary_made_anew, connection.execute(query).mappings())]


def _summary_made_anew(row: RowMapping) -> FirmSummary:
    """What has the digest that is kept is what was written there, letter by letter, and all of it is managed:
    then nobody has to read it.
    """
    claims = Claims.of(row["managed"])
    live = claims.digest_of(row["text"].encode())
    if live != row["digest"]:
        live = claims.digest(read_as(GENERATIONS.c.settings, row["text"]))
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
        row["plan"],
    )


def history(row: RowMapping) -> HistoryEntry:
    body = {name: row[name] for name in ("generation", "at", "origin", "actor", "plan", "writes")}
    return _decoded(HistoryEntry, body, "generations")


def _decoded(kind: type[T], body: JSON, table: str) -> T:
    try:
        return decode(kind, body)
    except Misfit as error:
        raise Damaged(f"{table}.{error.where}") from error


def facts(row: Row) -> Facts:
    try:
        return facts_from_json(row["facts"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Damaged("firms.facts") from error


def live_firm(row: RowMapping) -> LiveFirm:
    return LiveFirm(row["id"], row["generation"], row["settings"], row["facts"])
