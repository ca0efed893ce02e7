"""Whether what a portal keeps of a firm holds together: made anew from what it rests on, and compared."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, select

from portalsync.model.canonical import canonical, digest
from portalsync.model.codec import decode, encode
from portalsync.model.converters import Misfit
from portalsync.model.edit import Edit, applied_to
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import Settings
from portalsync.model.trail import Row, flaws_against, flaws_in
from portalsync.model.verification import Flaw, FlawAt
from portalsync.server import rows, trail
from portalsync.server.columns import Damaged
from portalsync.server.tables import FIRMS, GENERATIONS
from portalsync.wire import AuditEntry

Kept: TypeAlias = Sequence[Sequence[Row]]
"""What was kept of a trail elsewhere, each time by itself."""


def breaks(connection: Connection, firm: str, kept: Kept = ()) -> tuple[FlawAt, ...]:
    """Everything at which the trail, the generations, the live settings and what is kept of them disagree;
    and where the trail is no longer what was `kept` of it elsewhere.
    Damaged for a value that cannot be read.
    """
    entries = trail.entries(connection, firm)
    query = select(GENERATIONS).where(GENERATIONS.c.firm == firm).order_by(GENERATIONS.c.generation)
    made = connection.execute(query).mappings().all()
    own = connection.execute(select(*(FIRMS.c[name] for name in rows.LIVE)).where(FIRMS.c.id == firm))
    live = own.mappings().one()
    answered = [encode(entry) for entry in entries]
    found = chain(
        flaws_in(answered),
        _replay(entries, made),
        _end(entries, live),
        _follows(entries, made, live),
        *(flaws_against(answered, some) for some in kept),
    )
    return tuple(dict.fromkeys(found))


def damage(connection: Connection, firm: str, kept: Kept = ()) -> tuple[FlawAt, ...]:
    """The same, where a value that cannot be read is one of them."""
    try:
        return breaks(connection, firm, kept)
    except (Damaged, Misfit):
        return (FlawAt(0, Flaw.DAMAGED),)


def _replay(entries: Sequence[AuditEntry], made: Sequence[RowMapping]) -> Iterator[FlawAt]:
    """Each generation must be what its writes make of the one before it, and what the trail names."""
    if len(entries) != len(made):
        yield FlawAt(0, Flaw.NUMBER)
    settings: Settings = {}
    for row, generation in zip(entries, made, strict=False):
        if row.generation != generation["generation"] or row.writes != digest(generation["writes"]):
            yield FlawAt(row.generation, Flaw.WRITES)
        elif canonical(_after(settings, generation["writes"])) != canonical(generation["settings"]):
            yield FlawAt(row.generation, Flaw.SETTINGS)
        settings = generation["settings"]


def _after(settings: Settings, writes: Iterable[JSON]) -> JSONObject:
    """Writes as the trail seals them are edits: it is nobody else who seals them."""
    return applied_to(settings, (decode(Edit, write) for write in writes))


def _end(entries: Sequence[AuditEntry], live: RowMapping) -> Iterator[FlawAt]:
    if not entries or entries[-1].generation != live["generation"]:
        yield FlawAt(0, Flaw.END)


def _follows(entries: Sequence[AuditEntry], made: Sequence[RowMapping], live: RowMapping) -> Iterator[FlawAt]:
    """What lists of firms are answered from."""
    number = live["generation"]
    row = next((each for each in made if each["generation"] == number), None)
    if row is None:
        return
    head = next((each.hash for each in reversed(entries) if each.generation <= number), "")
    follows = rows.kept(row["settings"], row["managed"], head)
    flaws = {"digest": Flaw.DIGEST, "claims": Flaw.CLAIMS, "audit": Flaw.HEAD}
    yield from (FlawAt(number, flaw) for name, flaw in flaws.items() if live[name] != follows[name])
