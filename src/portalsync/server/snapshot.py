"""A database file as it stands, copied into memory without a trace beside the file.

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
    """A copy in memory of one moment; empty where there is no file. OSError or sqlite3.Error if it cannot be
    read, or another program holds it for longer than `patience` in seconds.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        if path.exists():
            _copy(real(path), memory, patience)
    except BaseException:
        memory.close()
        raise
    return memory


def _copy(path: Path, memory: sqlite3.Connection, patience: float) -> None:
    """Copied again if it moved meanwhile."""
    for _ in range(_TRIES):
        before = _stand(path)
        try:
            with _opened(path, patience) as file:
                file.execute("BEGIN")
                file.execute(
                    "SELECT count(*) FROM sqlite_master"
                )  # waits for the lock; `backup` would for ever
                file.backup(memory)
        except (OSError, sqlite3.Error):
            if _stand(path) == before:
                raise
        else:
            if _is_shared(path) or _stand(path) == before:
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


def _stand(path: Path) -> Stand:
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
