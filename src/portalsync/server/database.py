"""Opening the portal's database: durable, one writer at a time, migrated, or refused with a reason.

SQLite's own words are in this module alone; the statements above it are the same for PostgreSQL.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from portalsync.errors import PortalsyncError, reason
from portalsync.lexicon import Text, phrase
from portalsync.model.canonical import canonical
from portalsync.server.tables import HEAD, PORTAL

WRITES = "portalsync_writes"
"""The execution option of a transaction that will write."""

BUSY_SECONDS = 10
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(path: Path) -> Engine:
    """The engine of a database file, made if missing. PortalsyncError if it cannot be one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, reason(error)) from error
    engine = _engine(path)
    try:
        _prepare(engine, path)
    except DBAPIError as error:
        engine.dispose()
        raise _unusable(path, str(error.orig)) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS},
        json_serializer=lambda value: canonical(value).decode(),
        json_deserializer=json.loads,
        pool_size=10,
        # As many as the app has worker threads: a request never waits for a connection.
        max_overflow=30,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a writer waits here, before it has read anything, and never fails halfway.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        if _revision(connection, path) == HEAD:
            return
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        revision = _revision(connection, path)
        if revision != HEAD:
            _migrate(connection, revision, path)
        if connection.execute(_identity()).first() is None:
            connection.execute(insert(PORTAL).values(single=1, id=str(uuid.uuid4())))


def _identity() -> Select[Any]:
    return select(PORTAL.c.id)


def _revision(connection: Connection, path: Path) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or PORTAL.name not in tables:
        raise _unusable(path, phrase("errors.database.unusable.foreign"))
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _migrate(connection: Connection, revision: str | None, path: Path) -> None:
    from alembic import command, config, script  # noqa: PLC0415 - 0.3 s, and most databases are of today

    settings = config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    known = {each.revision for each in script.ScriptDirectory.from_config(settings).walk_revisions()}
    if revision is not None and revision not in known:
        raise PortalsyncError(
            phrase("errors.database.newer.message", file=str(path)), phrase("errors.database.newer.hint")
        )
    command.upgrade(settings, "head")


def _unusable(path: Path, why: Text) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.database.unusable.message", file=str(path), reason=why),
        phrase("errors.database.unusable.hint"),
    )
