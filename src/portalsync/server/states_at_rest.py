"""What some firms have, read by SQLite alone. Whatever is not as we would write it is an error: the whole
portal says which.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from portalsync.backend.reading import facts_of, state_of
from portalsync.json_bodies import parsed
from portalsync.model.claims import Claims
from portalsync.model.converters import Misfit
from portalsync.model.facts import Facts
from portalsync.wire import FirmState

_STATES = """
SELECT f.id, f.generation, f.digest, g.settings, g.managed, g.applied, g.plan, f.facts,
  coalesce((SELECT hash FROM audit a WHERE a.firm = g.firm AND a.generation <= g.generation
    ORDER BY seq DESC LIMIT 1), '')
FROM firms f JOIN generations g ON g.firm = f.id AND g.generation = f.generation
WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id
"""


def states_in(connection: sqlite3.Connection, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
    """Live settings and facts of those of the firms that there are, by id."""
    return [*map(_state, connection.execute(_STATES, (json.dumps([*firms]),)))]


def _state(row: tuple[Any, ...]) -> tuple[FirmState, Facts]:
    firm, generation, kept, settings, managed, applied, plan, facts, audit = row
    body = {"id": firm, "generation": generation, "digest": kept, "audit": audit, "plan": plan}
    content = {"settings": _json(settings), "managed": _json(managed), "applied": applied}
    state, known = state_of({**body, **content}), facts_of(_json(facts))
    if known.raw["firm"] != firm:
        raise Misfit("facts")
    # Made anew, as the whole portal does, from all that stands there.
    return replace(state, digest=Claims.of(state.managed).digest(content["settings"])), known


def _json(text: object) -> Any:
    if not isinstance(text, str):
        raise Misfit("json")
    return parsed(text.encode())
