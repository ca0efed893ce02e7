"""Filling a portal with firms' facts and sample clients; settings of existing firms stay untouched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Table, Text, cast, insert, select, update

from portalsync.backend.protocol import Seed
from portalsync.model.codec import encode
from portalsync.model.json_value import JSONObject
from portalsync.server import rows
from portalsync.server.sown import (
    CLIENTS,
    FACTS,
    FIRST,
    checked,
    first_entry,
    first_generation,
    written,
)
from portalsync.server.tables import AUDIT, FIRMS, GENERATIONS, SAMPLE_CLIENTS

T = TypeVar("T")

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
            facts = checked(FACTS, "firm", firm, seed.firms[firm])
            is_same, named = held.get(firm) == written(facts), digests.get(firm)
            if not is_same or known[firm] != named:
                yield _Sown(firm, None if is_same else facts, named, firm not in known)


def _clients(connection: Connection, seed: Seed) -> Iterator[tuple[str, JSONObject, bool]]:
    """Sample clients that the portal has not, or not so; and whether they are new."""
    held = _written_there(connection, SAMPLE_CLIENTS, "document", seed.personas)
    for client, given in sorted(seed.personas.items()):
        document = checked(CLIENTS, "id", client, given)
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


def _make(connection: Connection, new: Sequence[_Sown]) -> None:
    """Their first generations, of which nothing is set."""
    if not new:
        return
    made = [first_generation(each.firm) for each in new]
    entries = [first_entry(each.firm) for each in new]
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
