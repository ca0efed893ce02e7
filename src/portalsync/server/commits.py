"""Commits of one request in one transaction: judged one after the other, then written together.

Nothing is written before all are judged, so a firm that is refused leaves no trace, and whatever ends the
transaction leaves all of the others or none. What one commit makes of a firm, the next one finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from portalsync.commits import Commit, Committed
from portalsync.model.canonical import bytes_digest, canonical
from portalsync.model.codec import encode
from portalsync.model.json_value import JSONObject
from portalsync.server import judge, rows
from portalsync.server.chain import next_entry
from portalsync.server.columns import Canonical
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.rows import Row
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS, IDEMPOTENCY
from portalsync.wire import Origin

CREATED = 201

_MOVE = update(FIRMS).where(FIRMS.c.id == bindparam("firm"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One firm's commit. `writes` are those of its JSON, as it came: what is stored of them is no other.
    `request` is the same for the same commit, whatever blanks and whichever order of keys it came with.
    """

    firm: str
    generation: int
    key: str
    commit: Commit
    writes: bytes
    request: str

    @classmethod
    def of(cls, firm: str, generation: int, key: str, commit: Commit, body: JSONObject) -> "Asked":
        """A commit and its JSON, of which each part is made canonical once."""
        writes = canonical(body["writes"])
        rest = canonical({name: value for name, value in body.items() if name != "writes"})
        whole = b'{"commit":%b,"writes":%b},"generation":%d}' % (rest[:-1], writes, generation)
        return cls(firm, generation, key, commit, writes, bytes_digest(whole))


class Together:
    """The firms of one request while its commits are judged, and what is to be written of them."""

    def __init__(self, connection: Connection, asked: Sequence[Asked], now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._live = rows.locked_rows(connection, {each.firm for each in asked})
        self._answered = rows.answered(connection, self._live, {each.key for each in asked})
        self._generations: list[Row] = []
        self._trail: list[Row] = []
        self._answers: list[Row] = []

    def answer(self, asked: Asked, refusal: Refused | None) -> Committed | Refused:
        """The answer to one commit. `refusal` is what is wrong with it whatever the firm's state, and told in
        its turn.
        """
        try:
            return self._judged(asked, refusal)
        except Refused as refused:
            return refused

    def _judged(self, asked: Asked, refusal: Refused | None) -> Committed:
        live = self._live.get(asked.firm)
        if live is None:
            raise firm_unknown()
        answered = self._answered.get((asked.firm, asked.key))
        if answered is not None:
            return rows.first_answer(answered, asked.request)
        if live["generation"] != asked.generation:
            raise _stale(live["generation"])
        if refusal is not None:
            raise refusal
        return self._advance(live, asked)

    def _advance(self, live: Row, asked: Asked) -> Committed:
        commit, generation = asked.commit, asked.generation + 1
        settings = judge.written(live["settings"], commit.writes)
        judge.check_result(asked.firm, live["settings"], settings, rows.facts(live), self._now)
        content = {"settings": settings, **_claimed(commit, live, generation)}
        written = canonical(settings)
        row = {
            "firm": asked.firm,
            "generation": generation,
            "at": self._now.astimezone(UTC).isoformat(timespec="milliseconds"),
            "origin": str(commit.origin),
            "actor": commit.actor,
            "plan": commit.plan,
            **content,
            "settings": Canonical(written, "ascii"),
            "writes": Canonical(asked.writes, "ascii"),
        }
        entry = next_entry(live, row, bytes_digest(asked.writes), commit.acknowledged)
        kept = rows.kept(settings, content["managed"], entry.hash, written)
        self._live[asked.firm] = {**live, **content, **kept, "generation": generation, "seq": entry.seq}
        answer = Committed(asked.firm, asked.generation, generation, kept["digest"])
        self._generations.append(row)
        self._trail.append(encode(entry))
        self._keep(asked, answer)
        return answer

    def _keep(self, asked: Asked, answer: Committed) -> None:
        row = {
            "firm": asked.firm,
            "key": asked.key,
            "request": asked.request,
            "status": CREATED,
            "body": encode(answer),
        }
        self._answers.append(row)
        self._answered[asked.firm, asked.key] = row

    def write(self) -> None:
        """All that was not refused."""
        if not self._generations:
            return
        moved = [self._live[firm] for firm in sorted({row["firm"] for row in self._generations})]
        self._connection.execute(insert(GENERATIONS), self._generations)
        kept = [{"firm": row["id"], **{name: row[name] for name in rows.LIVE}} for row in moved]
        self._connection.execute(_MOVE, kept)
        self._connection.execute(insert(AUDIT), self._trail)
        self._connection.execute(insert(IDEMPOTENCY), self._answers)


def _claimed(commit: Commit, live: Row, generation: int) -> dict[str, Any]:
    """A change by hand leaves the claims as they are."""
    if commit.origin is Origin.PLAN:
        return {"managed": sorted({*commit.managed}), "applied": generation}
    return {"managed": live["managed"], "applied": live["applied"]}


def _stale(live: int) -> Refused:
    return Refused("stale-generation", 412, "The firm has changed since.", f"its live generation is {live}")
