"""Who a portal is and which firms it has, read by SQLite alone from a database that nobody has open: most
plans find nothing to do, and importing all that a portal is made of takes longer than finding that out.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from portalsync.backend.protocol import Reader, Seed
from portalsync.catalog.vocabulary import vocabulary
from portalsync.model.codec import decode
from portalsync.model.converters import Misfit
from portalsync.model.edit import Absent
from portalsync.server.migrations import HEAD
from portalsync.server.snapshot import at_rest, in_place, real, stand
from portalsync.server.sown import CLIENTS, whole_document, written
from portalsync.server.stand_in import StandIn
from portalsync.wire import Epoch, FirmSummary, PortalInfo

_REVISION = "SELECT version_num FROM alembic_version"
_PORTAL = "SELECT id, epoch, restored FROM portal"
_FIRMS = "SELECT id, generation, digest, claims, audit FROM firms ORDER BY id"
_SEEDED = "SELECT id, seeded FROM firms WHERE seeded IS NOT NULL"
_CLIENTS = "SELECT id, CAST(document AS TEXT) FROM sample_clients"


def portal_at_rest(path: Path, seed: Seed, whole: Callable[[], Reader]) -> Reader | None:
    """The portal in a database file, only to be read. None where more than a look is needed, and for whatever
    is wrong.
    """
    known = _listed(path, seed)
    return None if known is None else AtRest(known, whole)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What stood in the database at one moment."""

    portal: str
    epoch: Epoch | Absent
    firms: tuple[FirmSummary, ...]


class AtRest(StandIn):
    """Answers what was read."""

    def __init__(self, known: _Listed, whole: Callable[[], Reader]) -> None:
        super().__init__(whole)
        self._known = known

    def portal(self) -> PortalInfo:
        return PortalInfo(self._known.portal, vocabulary(), self._known.epoch)

    def firms(self) -> Iterator[FirmSummary]:
        return iter(self._known.firms)


def _listed(path: Path, seed: Seed) -> _Listed | None:
    """None where somebody has the database open or opens it meanwhile, it is not as we would make it, or the
    seed has what it has not.
    """
    try:
        stood = at_rest(path)
        if stood is None:
            return None
        with closing(in_place(path)) as connection:
            found = _read(connection, seed)
        return found if stand(real(path)) == stood else None
    except (OSError, sqlite3.Error, Misfit):
        return None


def _read(connection: sqlite3.Connection, seed: Seed) -> _Listed | None:
    if connection.execute(_REVISION).fetchone() != (HEAD,):
        return None
    portals = connection.execute(_PORTAL).fetchall()
    if len(portals) != 1 or not _has_all(connection, seed):
        return None
    id_, epoch, restored = portals[0]
    info = {"api": "v1", "portal": id_, "options": {}}
    told = info if epoch is None else {**info, "epoch": {"id": epoch, "since": restored}}
    known = decode(PortalInfo, told)
    return _Listed(known.portal, known.epoch, tuple(map(_summary, connection.execute(_FIRMS))))


def _summary(row: tuple[object, ...]) -> FirmSummary:
    """Misfit for what was never written there: SQLite checks no types."""
    firm, generation, digest, claims, audit = row
    if type(claims) is not int or claims < 0:
        raise Misfit("claims")
    told = {"id": firm, "generation": generation, "digest": digest, "managed": claims != 0, "audit": audit}
    return decode(FirmSummary, told)


def _has_all(connection: sqlite3.Connection, seed: Seed) -> bool:
    """Whether the portal has all that the seed has, as far as nobody has to read its documents of firms."""
    missing, digests = {*seed.firms}, seed.digests
    missing.difference_update(
        firm for firm, digest in connection.execute(_SEEDED) if digests.get(firm) == digest
    )
    if missing:
        return False
    clients = dict(connection.execute(_CLIENTS).fetchall())
    wanted = {id_: written(whole_document(CLIENTS, document)) for id_, document in seed.personas.items()}
    return all(clients.get(id_) == document for id_, document in wanted.items())
