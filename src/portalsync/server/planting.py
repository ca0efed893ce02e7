"""Filling a portal with firms' facts and sample clients; settings of existing firms stay untouched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, Text, cast, insert, select, update

from portalsync.backend.protocol import Seed
from portalsync.catalog.conform import Validator, faults, validator
from portalsync.catalog.schema import schema_for
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.model.json_value import JSON, JSONObject
from portalsync.server import rows, trail
from portalsync.server.sown import CLIENTS, whole_document, written
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS, SAMPLE_CLIENTS
from portalsync.wire import Origin

T = TypeVar("T")

FIRST = 1
SINCE = "1970-01-01T00:00:00.000+00:00"
"""When a firm that the portal is filled with came about: nobody can tell. The same for all, so that its
trail begins alike wherever the seed is laid down.
"""


_AT_ONCE = 500
"""Firms whose documents are held."""


@dataclass(frozen=True, slots=True)
class _Sown:
    """What the seed has for a firm. No facts: the portal has the same, and knew it by another digest."""

    firm: str
    facts: JSONObject | None
    digest: str | None
    is_new: bool


def plant(connection: Connection, seed: Seed) -> None:
    """All of the seed in the caller's transaction; what is already so is not written again."""
    for some in _portions(_sown(connection, seed)):
        _make(connection, [each for each in some if each.is_new])
        _renew(connection, [each for each in some if not each.is_new])
    for client, document, is_new in _clients(connection, seed):
        if is_new:
            connection.execute(insert(SAMPLE_CLIENTS).values(id=client, document=document))
        else:
            changed = update(SAMPLE_CLIENTS).where(SAMPLE_CLIENTS.c.id == client)
            connection.execute(changed.values(document=document))


def is_planted(connection: Connection, seed: Seed) -> bool:
    """Whether the portal has all that the seed has."""
    differing = any(each.facts is not None for each in _sown(connection, seed))
    return not differing and next(_clients(connection, seed), None) is None


def _sown(connection: Connection, seed: Seed) -> Iterator[_Sown]:
    """What is not yet known to be there. A document is looked at only where its digest is another one, and
    where there is none.
    """
    known = {row[0]: row[1] for row in connection.execute(select(FIRMS.c.id, FIRMS.c.seeded))}
    digests = seed.digests
    unlike = (
        firm
        for firm in sorted(seed.firms)
        if firm not in known or known[firm] is None or known[firm] != digests.get(firm)
    )
    for some in _portions(unlike):
        held = _written_there(connection, FIRMS, "facts", known.keys() & {*some})
        for firm in some:
            facts = _checked("Facts", "firm", firm, seed.firms[firm])
            is_same, named = held.get(firm) == written(facts), digests.get(firm)
            if not is_same or known[firm] != named:
                yield _Sown(firm, None if is_same else facts, named, firm not in known)


def _clients(connection: Connection, seed: Seed) -> Iterator[tuple[str, JSONObject, bool]]:
    """Sample clients that the portal has not, or not so; and whether they are new."""
    held = _written_there(connection, SAMPLE_CLIENTS, "document", seed.personas)
    for client, given in sorted(seed.personas.items()):
        document = _checked(CLIENTS, "id", client, given)
        if held.get(client) != written(document):
            yield client, document, client not in held


def _portions(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := [*islice(left, _AT_ONCE)]:
        yield some


def _written_there(connection: Connection, table: Table, column: str, ids: Iterable[str]) -> dict[str, str]:
    """Documents as they are written there, damaged or not."""
    query = select(table.c.id, cast(table.c[column], Text)).where(table.c.id.in_([*ids]))
    return {row[0]: row[1] for row in connection.execute(query)}


def _checked(kind: str, name: str, key: str, document: Mapping[str, JSON]) -> JSONObject:
    """The whole document, as its schema wants it."""
    whole = whole_document(kind, document)
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


def _make(connection: Connection, new: Sequence[_Sown]) -> None:
    """Their first generations, of which nothing is set."""
    if not new:
        return
    made, nothing = [_first(each.firm) for each in new], digest([])
    entries = [trail.next_entry({"seq": 0, "audit": ""}, row, nothing) for row in made]
    firms = [
        {
            "id": each.firm,
            "generation": FIRST,
            "facts": each.facts,
            "seeded": each.digest,
            **rows.kept({}, (), entry.hash),
        }
        for each, entry in zip(new, entries, strict=True)
    ]
    connection.execute(insert(FIRMS), firms)
    connection.execute(insert(GENERATIONS), made)
    connection.execute(insert(AUDIT), [*map(encode, entries)])


def _renew(connection: Connection, known: Iterable[_Sown]) -> None:
    for each in known:
        changed = (
            {"seeded": each.digest} if each.facts is None else {"seeded": each.digest, "facts": each.facts}
        )
        connection.execute(update(FIRMS).where(FIRMS.c.id == each.firm).values(changed))


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
