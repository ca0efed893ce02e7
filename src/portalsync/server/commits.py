"""Commits of one request in one transaction: judged one after the other, then written together.

Nothing is written before all are judged, so a firm that is refused leaves no trace, and whatever ends the
transaction leaves all of the others or none. What one commit makes of a firm, the next one finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.model.json_value import JSONObject
from portalsync.server import judge, rows, trail
from portalsync.server.refusal import Refused, firm_unknown
from portalsync.server.rows import Row
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS, IDEMPOTENCY
from portalsync.wire import Commit, Committed, Origin

CREATED = 201

_MOVE = update(FIRMS).where(FIRMS.c.id == bindparam("firm"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One firm's commit. `body` is its JSON as it came: what is stored of it is no other."""

    firm: str
    generation: int
    key: str
    commit: Commit
    body: JSONObject

    @property
    def request(self) -> str:
        """The same for the same commit, whatever blanks and whichever order of keys it came with."""
        return digest({"generation": self.generation, "commit": self.body})


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
        commit, writes = asked.commit, asked.body["writes"]
        settings = judge.written(live["settings"], commit.writes)
        judge.check_result(asked.firm, live["settings"], settings, rows.facts(live), self._now)
        row = {
            "firm": asked.firm,
            "generation": asked.generation + 1,
            "at": self._now.astimezone(UTC).isoformat(timespec="milliseconds"),
            "settings": settings,
            "writes": writes,
            **_by_whom(commit, live, asked.generation + 1),
        }
        entry = trail.next_entry(live, row, commit.acknowledged)
        kept = rows.kept(settings, row["managed"], entry.hash)
        self._live[asked.firm] = {**live, **row, **kept, "seq": entry.seq}
        answer = Committed(asked.firm, asked.generation, asked.generation + 1, kept["digest"])
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
        moved = {row["firm"]: self._live[row["firm"]] for row in self._generations}
        self._connection.execute(insert(GENERATIONS), self._generations)
        names = ("firm", *rows.LIVE)
        self._connection.execute(_MOVE, [{name: row[name] for name in names} for row in moved.values()])
        self._connection.execute(insert(AUDIT), self._trail)
        self._connection.execute(insert(IDEMPOTENCY), self._answers)


def _by_whom(commit: Commit, live: Row, generation: int) -> dict[str, Any]:
    """A change by hand leaves the claims as they are."""
    planned = commit.origin is Origin.PLAN
    return {
        "origin": str(commit.origin),
        "actor": commit.actor,
        "plan": commit.plan,
        "managed": sorted({*commit.managed}) if planned else live["managed"],
        "applied": generation if planned else live["applied"],
    }


def _stale(live: int) -> Refused:
    return Refused("stale-generation", 412, "The firm has changed since.", f"its live generation is {live}")
