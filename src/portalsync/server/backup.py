"""Backups of a portal: one whole file, made while it runs; and putting one back, with nothing lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.pool import PoolProxiedConnection

from portalsync.errors import DatabaseUnusable, PortalsyncError
from portalsync.files import write_file
from portalsync.lexicon import phrase
from portalsync.server import rows, verify
from portalsync.server.database import BUSY_SECONDS, WRITES, damaged, in_words, open_copy, open_database
from portalsync.server.snapshot import LOGS, SHARED, companion, real, snapshot
from portalsync.server.tables import FIRMS, GENERATIONS, METADATA, PORTAL
from portalsync.wire import Origin

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a database holds: whose it is, how many firms, the instant of the last change (empty before the
    first), and the firms whose trail does not hold.
    """

    portal: str
    firms: int
    changed: str
    broken: tuple[str, ...]


def back_up(database: Path, file: Path) -> Inventory:
    """All that was committed until now, in one file, which is read again before this returns. OutputFailed,
    or a database that cannot be read, leaves what `file` was before.
    """
    with _copy(database) as engine:
        inventory = _inventory(engine, database)
        with closing(engine.raw_connection()) as connection:
            image = _image(connection)
    write_file(file, image)
    with in_words(file):
        is_same = file.read_bytes() == image
    if not is_same or inventory_of(file) != inventory:
        raise DatabaseUnusable(
            phrase("errors.backup.differs.message", file=str(file)), phrase("errors.backup.differs.hint")
        )
    return inventory


def inventory_of(file: Path) -> Inventory:
    """What a database file holds, every row of it read. DatabaseUnusable if there is none to read."""
    try:
        with _copy(file) as engine:
            return _inventory(engine, file)
    except DatabaseUnusable as error:
        if not error.is_damage:
            raise
        hint = phrase("errors.backup.damaged.hint")
        raise DatabaseUnusable(error.diagnostic.message, hint, is_damage=True) from error


def restore(file: Path, database: Path, epoch: str, at: datetime) -> Path | None:
    """The portal as `file` has it, in a new epoch, in one transaction: whoever has it open goes on with that.
    What stood there until then is kept in the file that is returned; None if nothing did.

    PortalsyncError if the backup is damaged or of another portal; then nothing was changed.
    """
    database = real(database)
    with _copy(file) as backup:
        inventory = _inventory(backup, file)
        stood = _standing(database)
        if stood is not None and stood.portal != inventory.portal:
            raise PortalsyncError(
                phrase("errors.backup.other-portal.message", file=str(file), database=str(database)),
                phrase("errors.backup.other-portal.hint", database=str(database)),
            )
        aside = _free(database, at) if database.exists() else None
        if aside is not None and stood is None:
            _move(database, aside)
        _fill(database, backup, epoch, at, None if stood is None else aside)
    return aside


@contextmanager
def _copy(file: Path) -> Iterator[Engine]:
    with in_words(file):
        is_empty = not file.exists() or (file.is_file() and not file.stat().st_size)
    if is_empty:
        raise DatabaseUnusable(
            phrase("errors.backup.missing.message", file=str(file)), phrase("errors.backup.missing.hint")
        )
    engine = open_copy(file)
    try:
        yield engine
    finally:
        engine.dispose()


def _inventory(engine: Engine, path: Path) -> Inventory:
    with in_words(path), engine.begin() as connection:
        for check in ("integrity_check", "foreign_key_check"):
            told = connection.exec_driver_sql(f"PRAGMA {check}").first()
            if told not in (None, ("ok",)):
                raise damaged(path, f"{check}: {told[0]}")
        for table in METADATA.sorted_tables:
            for _ in connection.execute(select(table)):
                pass  # each value is looked at
        firms = connection.execute(select(FIRMS.c.id).order_by(FIRMS.c.id)).scalars().all()
        return Inventory(
            connection.execute(select(PORTAL.c.id)).scalar_one(),
            len(firms),
            _last_change(connection),
            tuple(firm for firm in firms if verify.breaks(connection, firm)),
        )


def _last_change(connection: Connection) -> str:
    made = (rows.history(row) for row in connection.execute(select(GENERATIONS)).mappings())
    return max((each.at for each in made if each.origin is not Origin.SEED), default="")


def _standing(database: Path) -> Inventory | None:
    """What would be replaced. None if it is missing or so damaged that it can only be moved away."""
    try:
        return inventory_of(database) if database.exists() else None
    except DatabaseUnusable as error:
        if not error.is_damage:
            raise
        return None


def _fill(database: Path, backup: Engine, epoch: str, at: datetime, aside: Path | None) -> None:
    """All in one transaction. The lock is held while the copy aside is made: no commit comes between."""
    engine = open_database(database)
    writer = engine.execution_options(**{WRITES: True})
    try:
        with in_words(database), writer.begin() as connection, backup.begin() as source:
            if aside is not None:
                _keep(database, aside)
            _replace_rows(connection, source)
            since = at.isoformat(timespec="milliseconds")
            connection.execute(update(PORTAL).values(epoch=epoch, restored=since))
    finally:
        engine.dispose()


def _replace_rows(connection: Connection, source: Connection) -> None:
    for table in reversed(METADATA.sorted_tables):
        connection.execute(delete(table))
    for table in METADATA.sorted_tables:
        for some in source.execute(select(table)).mappings().partitions(_AT_ONCE):
            connection.execute(insert(table), [dict(row) for row in some])


def _keep(database: Path, aside: Path) -> None:
    with closing(snapshot(database, BUSY_SECONDS)) as memory:
        write_file(aside, memory.serialize())


def _move(database: Path, aside: Path) -> None:
    with in_words(database):
        for ending in (*LOGS, SHARED, ""):
            if companion(database, ending).exists():
                companion(database, ending).rename(companion(aside, ending))


def _free(database: Path, at: datetime) -> Path:
    """A name beside it that nothing has yet."""
    wanted = companion(database, f".before-{at:%Y%m%dT%H%M%SZ}")
    number = 1
    while wanted.exists():
        number += 1
        wanted = companion(database, f".before-{at:%Y%m%dT%H%M%SZ}-{number}")
    return wanted


def _image(connection: PoolProxiedConnection) -> bytes:
    """The database of one connection, as the bytes of its file."""
    raw = connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - `open_copy` made it
    return raw.serialize()
