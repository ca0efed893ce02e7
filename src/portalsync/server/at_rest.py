"""Who a portal is, which firms it has and what is set there, read by SQLite alone from a database that nobody
has open: most plans find little to do, and importing all that a portal is made of takes longer than that.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import TypeVar

from portalsync.backend.protocol import Reader, Seed
from portalsync.catalog.vocabulary import vocabulary
from portalsync.json_bodies import WireError
from portalsync.model.codec import decode
from portalsync.model.converters import Misfit
from portalsync.model.facts import Facts
from portalsync.server.migrations import HEAD
from portalsync.server.snapshot import Stand, at_rest, in_place, real, stand
from portalsync.server.sown import CLIENTS, whole_document, written
from portalsync.server.stand_in import StandIn
from portalsync.wire import FirmState, FirmSummary, PortalInfo

T = TypeVar("T")

_PAGES = "PRAGMA cache_size = -128"
"""So many KiB: each page is read once, and by itself SQLite would keep 2,000."""
_REVISION = "SELECT version_num FROM alembic_version"
_PORTAL = "SELECT id, epoch, restored FROM portal"
_FIRMS = "SELECT id, generation, digest, claims, audit, seeded FROM firms ORDER BY id"
_CLIENTS = "SELECT id, CAST(document AS TEXT) FROM sample_clients"


def portal_at_rest(path: Path, seed: Seed, whole: Callable[[], Reader]) -> Reader | None:
    """The portal in a database file, only to be read. None where more than a look is needed, and for whatever
    is wrong.
    """
    stood = _stand_at_rest(path)
    if stood is None:
        return None
    known = _look(path, stood, lambda connection: _read(connection, seed))
    return None if known is None else AtRest(path, stood, known, whole)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What stood in the database at one moment."""

    info: PortalInfo
    firms: tuple[FirmSummary, ...]


class AtRest(StandIn):
    """Answers what was read, and what can be read while the database stands as it stood then."""

    def __init__(self, path: Path, stood: Stand, known: _Listed, whole: Callable[[], Reader]) -> None:
        super().__init__(whole)
        self._path, self._stood = path, stood
        self._known = known

    def portal(self) -> PortalInfo:
        return self._known.info

    def firms(self) -> Iterator[FirmSummary]:
        return iter(self._known.firms)

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        live = self._states([firm]) if generation is None else None
        return live[0][0] if live else super().state(firm, generation)

    def facts(self, firm: str) -> Facts:
        live = self._states([firm])
        return live[0][1] if live else super().facts(firm)

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        live = self._states(firms)
        return super().states(firms) if live is None else live

    def _states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]] | None:
        from portalsync.server.states_at_rest import states_in  # noqa: PLC0415 - most plans ask for no state

        return _look(self._path, self._stood, lambda connection: states_in(connection, firms))


def _stand_at_rest(path: Path) -> Stand | None:
    try:
        return at_rest(path)
    except OSError:
        return None


def _look(path: Path, stood: Stand, read: Callable[[sqlite3.Connection], T | None]) -> T | None:
    """None where the database no longer stands as it `stood`, and for what we would not make."""
    try:
        with closing(in_place(path)) as connection:
            connection.execute(_PAGES)
            found = read(connection)
        return found if stand(real(path)) == stood else None
    except (OSError, sqlite3.Error, Misfit, WireError):
        return None


def _read(connection: sqlite3.Connection, seed: Seed) -> _Listed | None:
    """None where it is not as we would make it, or the seed has what it has not."""
    if connection.execute(_REVISION).fetchone() != (HEAD,):
        return None
    portals = connection.execute(_PORTAL).fetchall()
    if len(portals) != 1 or not _has_clients(connection, seed):
        return None
    firms = _firms(connection, seed)
    if firms is None:
        return None
    id_, epoch, restored = portals[0]
    info = {"api": "v1", "portal": id_, "options": vocabulary()}
    told = info if epoch is None else {**info, "epoch": {"id": epoch, "since": restored}}
    return _Listed(decode(PortalInfo, told), firms)


def _firms(connection: sqlite3.Connection, seed: Seed) -> tuple[FirmSummary, ...] | None:
    """None if the portal has not all that the seed has of firms, as far as nobody has to read documents."""
    missing, digests = {*seed.firms}, seed.digests
    firms: list[FirmSummary] = []
    for *row, seeded in connection.execute(_FIRMS):
        if row[0] in missing:
            if seeded is None or seeded != digests.get(row[0]):
                return None
            missing.remove(row[0])
        firms.append(_summary(row))
    return None if missing else tuple(firms)


def _summary(row: Sequence[object]) -> FirmSummary:
    """Misfit for what was never written there: SQLite checks no types."""
    firm, generation, digest, claims, audit = row
    if type(firm) is str and type(digest) is str:
        firm, digest = intern(firm), intern(digest)  # nearly all are those that the files ask for
    if type(claims) is not int or claims < 0:
        raise Misfit("claims")
    told = {"id": firm, "generation": generation, "digest": digest, "managed": claims != 0, "audit": audit}
    return decode(FirmSummary, told)


def _has_clients(connection: sqlite3.Connection, seed: Seed) -> bool:
    clients = dict(connection.execute(_CLIENTS).fetchall())
    wanted = {id_: written(whole_document(CLIENTS, document)) for id_, document in seed.personas.items()}
    return all(clients.get(id_) == document for id_, document in wanted.items())
