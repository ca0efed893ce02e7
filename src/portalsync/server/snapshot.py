"""A database file as it stands, read or copied without a trace beside the file.

SQLite's own ways to read leave traces: the first reader of a database in WAL mode makes two files next to
it, and needs the right to. So the way depends on what lies there.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_TRIES = 5
LOGS = ("-wal", "-journal")
"""Endings of the files that hold what is not in the database file yet, or no longer."""
SHARED = "-shm"

Stand = tuple[tuple[int, int, int] | None, ...]


def snapshot(path: Path, patience: float) -> sqlite3.Connection:
    """A copy of one moment; empty where there is no file. OSError or sqlite3.Error if it cannot be
    read, or another program holds it for longer than `patience` in seconds.

    What does not fit into a few MB of memory goes to a file of the system's temporary folder, which has no
    name from the beginning and is gone with the connection, or with the program, however that ends.
    """
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    try:
        if path.exists():
            _copy(real(path), copy, patience)
    except BaseException:
        copy.close()
        raise
    return copy


def at_rest(path: Path) -> Stand | None:
    """How a database file stands in which all is that there is, and that nobody has open. None for any other.

    It can be read where it is, as long as what is read is held against this afterwards.
    """
    path = real(path)
    has_more = _is_shared(path) or any(_size(companion(path, ending)) for ending in LOGS)
    return stand(path) if _size(path) and not has_more else None


def in_place(path: Path) -> sqlite3.Connection:
    """A connection to such a file, to be read only. Nothing is locked, for nothing can be changed by it."""
    address = f"{real(path).absolute().as_uri()}?immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _copy(path: Path, copy: sqlite3.Connection, patience: float) -> None:
    """Copied again if it moved meanwhile."""
    for _ in range(_TRIES):
        before = stand(path)
        try:
            with _opened(path, patience) as file:
                file.execute("BEGIN")
                file.execute(
                    "SELECT count(*) FROM sqlite_master"
                )  # waits for the lock; `backup` would for ever
                file.backup(copy)
        except (OSError, sqlite3.Error):
            if stand(path) == before:
                raise
        else:
            if _is_shared(path) or stand(path) == before:
                return
    raise sqlite3.OperationalError("it changes all the time")


@contextmanager
def _opened(path: Path, patience: float) -> Iterator[sqlite3.Connection]:
    if _is_shared(path):
        # Somebody has it open, or was killed: SQLite tells one from the other, and locks.
        with _connected(path, "mode=ro&readonly_shm=1", patience) as file:
            yield file
    elif any(_size(companion(path, ending)) for ending in LOGS):
        with TemporaryDirectory() as folder:
            for ending in ("", *LOGS):
                if companion(path, ending).exists():
                    shutil.copy(companion(path, ending), folder)
            with _connected(Path(folder, path.name), "mode=rw", patience) as file:
                yield file
    else:
        with _connected(path, "immutable=1", patience) as file:
            yield file


@contextmanager
def _connected(path: Path, how: str, patience: float) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?{how}"
    with closing(sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)) as file:
        yield file


def _is_shared(path: Path) -> bool:
    """Without its log, the shared memory is only a leftover; SQLite would begin a log."""
    return companion(path, SHARED).exists() and companion(path, LOGS[0]).exists()


def stand(path: Path) -> Stand:
    """What is different after somebody wrote."""
    return tuple(_mark(companion(path, ending)) for ending in ("", *LOGS, SHARED))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    return now.st_ino, now.st_size, now.st_mtime_ns


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def real(path: Path) -> Path:
    """Where a database is, links followed: SQLite keeps its other files there."""
    return Path(os.path.realpath(path))


def companion(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
