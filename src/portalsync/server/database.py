"""Opening the portal's database: durable, one writer at a time, migrated, or refused with a reason.

SQLite's own words are in this module alone; the statements above it are the same for PostgreSQL.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    Select,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portalsync.errors import DatabaseUnusable, reason
from portalsync.lexicon import LOCALES, Text, lexicon_of, phrase
from portalsync.server.columns import Damaged, read_json, written_json
from portalsync.server.migrations import HEAD
from portalsync.server.snapshot import in_place, snapshot
from portalsync.server.sown import identity_at
from portalsync.server.tables import METADATA, PORTAL, VERSION

WRITES = "portalsync_writes"
"""The execution option of a transaction that will write."""

BUSY_SECONDS = 10
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
"""What commits rest on, as SQLite tells it. Some file systems have no WAL; it does not complain."""
_HINTS = {
    sqlite3.SQLITE_FULL: "space",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_ERROR: "damaged",  # our statements are right: a table or column is missing
}
_AS_SYSTEM = {"FULL": "errors.reasons.ENOSPC", "PERM": "errors.reasons.EACCES"}
"""What the operating system objects to as well, in the same words."""
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(path: Path) -> Engine:
    """The engine of a database file, made if missing. DatabaseUnusable if it cannot be one."""
    with in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    # As many connections as the app has worker threads: a request never waits for one.
    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = _engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=30)
    event.listen(engine, "connect", partial(_configure, path))
    return _prepared(engine, path)


def open_copy(path: Path) -> Engine:
    """The same in a copy, as it stands or would be made; nothing is written there, no file appears."""
    with in_words(path):
        copy = snapshot(path, BUSY_SECONDS)
    # One connection is the whole database: whoever asks waits for its turn.
    engine = _engine(
        "sqlite+pysqlite://", creator=lambda: copy, poolclass=QueuePool, pool_size=1, max_overflow=0
    )
    return _prepared(engine, path)


def open_in_place(path: Path) -> Engine | None:
    """The same as it lies there, `at_rest`, only to be read. None if it is not as we would make it."""
    engine = _engine("sqlite+pysqlite://", creator=lambda: in_place(path), poolclass=QueuePool)
    try:
        with in_words(path), engine.begin() as connection:
            is_ready = _revision(connection, path) == HEAD and connection.execute(_identity()).first()
    except BaseException:
        engine.dispose()
        raise
    if is_ready:
        return engine
    engine.dispose()
    return None


def _engine(url: str | URL, **settings: Any) -> Engine:
    engine = create_engine(
        url,
        json_serializer=written_json,
        json_deserializer=read_json,
        **settings,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _configure(path: Path, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for name, wanted in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={wanted}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row != (wanted,):
            raise _unusable(path, phrase("errors.database.unusable.pragma", setting=f"{name}={wanted}"))


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a writer waits here, before it has read anything, and never fails halfway.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class OneRow:
    """A statement that reads one row as text, said to the driver itself: a page is asked for more often than
    anything else, and SQLAlchemy's own way there takes six times as long as what it leads to.
    """

    def __init__(self, engine: Engine, statement: Select[Any]) -> None:
        compiled = statement.compile(engine)
        self._engine = engine
        self._text, self._names = str(compiled), compiled.positiontup or ()

    def __call__(self, **values: str) -> Sequence[Any]:
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            row: Sequence[Any] = cursor.execute(self._text, [values[name] for name in self._names]).fetchone()
            return row
        finally:
            connection.close()


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """DatabaseUnusable in place of what the system or SQLite say of a database file."""
    try:
        yield
    except Damaged as error:
        raise damaged(path, phrase("errors.database.unusable.damaged", place=error.place)) from error
    except DBAPIError as error:
        raise _failed(path, error.orig) from error
    except sqlite3.Error as error:
        raise _failed(path, error) from error
    except NoResultFound as error:
        raise damaged(path, phrase("errors.database.unusable.row")) from error
    except NoConnectionFree as error:
        raise _unusable(path, phrase("errors.database.unusable.connections"), passes=True) from error
    except OSError as error:
        raise _unusable(path, reason(error)) from error


def _prepared(engine: Engine, path: Path) -> Engine:
    try:
        with in_words(path):
            _prepare(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        if _revision(connection, path) == HEAD:
            return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        revision = _revision(connection, path)
        if revision is None:
            _make(connection)
        elif revision != HEAD:
            _migrate(connection, revision, path)
        if connection.execute(_identity()).first() is None:
            connection.execute(insert(PORTAL).values(single=1, id=identity_at(path)))


def _identity() -> Select[Any]:
    return select(PORTAL.c.id)


def _revision(connection: Connection, path: Path) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or PORTAL.name not in tables:
        raise _unusable(path, phrase("errors.database.unusable.foreign"))
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _make(connection: Connection) -> None:
    """The tables of a new portal, as all migrations together make them."""
    for metadata in (METADATA, VERSION.metadata):
        metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(VERSION).values(version_num=HEAD))


def _migrate(connection: Connection, revision: str | None, path: Path) -> None:
    # 0.3 s, and most databases are of today.
    from alembic import command, config, script  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    settings = config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    known = {each.revision for each in script.ScriptDirectory.from_config(settings).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseUnusable(
            phrase("errors.database.newer.message", file=str(path)), phrase("errors.database.newer.hint")
        )
    try:
        command.upgrade(settings, "head")
    except CommandError as error:
        raise damaged(path, phrase("errors.database.unusable.version")) from error


def damaged(path: Path, why: Text) -> DatabaseUnusable:
    """What is there cannot be read, whoever tries."""
    return _unusable(path, why, "damaged")


def _failed(path: Path, error: BaseException | None) -> DatabaseUnusable:
    passes = isinstance(error, sqlite3.OperationalError)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        message = phrase("errors.database.locked.message", file=str(path))
        return DatabaseUnusable(message, phrase("errors.database.locked.hint"), passes=passes)
    return _unusable(path, _objection(error), _HINTS.get(code, "place"), passes=passes)


def _objection(error: BaseException | None) -> Text:
    """What SQLite objects to; where we have no words, in its own. A name may say more: SQLITE_IOERR_WRITE."""
    name = getattr(error, "sqlite_errorname", "SQLITE_").split("_")[1]
    key = _AS_SYSTEM.get(name) or f"errors.database.sqlite.{name.lower()}"
    return phrase(key) if key in lexicon_of(LOCALES[0]) else str(error)


def _unusable(path: Path, why: Text, hint: str = "place", *, passes: bool = False) -> DatabaseUnusable:
    return DatabaseUnusable(
        phrase("errors.database.unusable.message", file=str(path), reason=why),
        phrase(f"errors.database.hints.{hint}"),
        passes=passes,
        is_damage=hint == "damaged",
    )
