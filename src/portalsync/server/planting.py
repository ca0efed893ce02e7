"""Filling a portal with firms' facts and sample clients; settings of existing firms stay untouched."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, Text, cast, insert, select, update

from portalsync.backend.protocol import Seed
from portalsync.catalog.conform import Validator, faults, validator
from portalsync.catalog.files.document import API_VERSION
from portalsync.catalog.schema import schema_for
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical, digest
from portalsync.model.codec import encode
from portalsync.model.json_value import JSON, JSONObject
from portalsync.server import rows, trail
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS, SAMPLE_CLIENTS
from portalsync.wire import Origin

FIRST = 1
SINCE = "1970-01-01T00:00:00.000+00:00"
"""When a firm that the portal is filled with came about: nobody can tell. The same for all, so that its
trail begins alike wherever the seed is laid down.
"""


def plant(connection: Connection, seed: Seed) -> None:
    """All of the seed in the caller's transaction; what is already so is not written again."""
    known = _known(connection, FIRMS, "facts")
    new: dict[str, JSONObject] = {}
    for firm in sorted(seed.firms):
        facts = _checked("Facts", "firm", firm, seed.firms[firm])
        if firm not in known:
            new[firm] = facts
        elif known[firm] != _written(facts):
            connection.execute(update(FIRMS).where(FIRMS.c.id == firm).values(facts=facts))
    if new:
        _make(connection, new)
    _plant_clients(connection, seed)


def _plant_clients(connection: Connection, seed: Seed) -> None:
    known = _known(connection, SAMPLE_CLIENTS, "document")
    for client, given in sorted(seed.personas.items()):
        document = _checked("Persona", "id", client, given)
        if client not in known:
            connection.execute(insert(SAMPLE_CLIENTS).values(id=client, document=document))
        elif known[client] != _written(document):
            changed = update(SAMPLE_CLIENTS).where(SAMPLE_CLIENTS.c.id == client)
            connection.execute(changed.values(document=document))


def _known(connection: Connection, table: Table, column: str) -> dict[str, str]:
    """Documents as they are written there, damaged or not."""
    written = cast(table.c[column], Text)
    return {row[0]: row[1] for row in connection.execute(select(table.c.id, written))}


def _written(document: JSONObject) -> str:
    return canonical(document).decode()


def _checked(kind: str, name: str, key: str, document: Mapping[str, JSON]) -> JSONObject:
    """The whole document, as its schema wants it."""
    whole: JSONObject = {"apiVersion": API_VERSION, "kind": kind, **document}
    fault = next(faults(_validator(kind.lower()), whole), None)
    if fault is not None or whole.get(name) != key:
        place = ".".join(str(part) for part in fault.path) if fault else name
        raise _invalid(kind.lower(), key, place)
    return whole


def _invalid(kind: str, key: str, place: str) -> PortalsyncError:
    if not place:
        return PortalsyncError(
            phrase("errors.seed.invalid.message", kind=kind, id=key), phrase("errors.seed.invalid.hint")
        )
    return PortalsyncError(
        phrase("errors.seed.invalid-at.message", kind=kind, id=key, place=place),
        phrase("errors.seed.invalid-at.hint"),
    )


@cache
def _validator(kind: str) -> Validator:
    return validator(schema_for(kind))


def _make(connection: Connection, firms: Mapping[str, JSONObject]) -> None:
    """Their first generations, of which nothing is set."""
    made = [_first(firm) for firm in firms]
    nothing = digest([])
    entries = [trail.next_entry({"seq": 0, "audit": ""}, row, nothing) for row in made]
    heads = ({"generation": FIRST, **rows.kept({}, (), entry.hash)} for entry in entries)
    connection.execute(
        insert(FIRMS),
        [
            {"id": firm, "facts": facts, **head}
            for (firm, facts), head in zip(firms.items(), heads, strict=True)
        ],
    )
    connection.execute(insert(GENERATIONS), made)
    connection.execute(insert(AUDIT), [*map(encode, entries)])


def _first(firm: str) -> dict[str, Any]:
    return {
        "firm": firm,
        "generation": FIRST,
        "at": SINCE,
        "origin": str(Origin.SEED),
        "actor": "portal",
        "plan": "",
        "settings": {},
        "managed": [],
        "writes": [],
        "applied": None,
    }
