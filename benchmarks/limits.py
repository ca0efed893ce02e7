"""What no program in Python does faster on a machine: `python limits.py read FOLDER`."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_BUFFER = 16_384
_BATCH = 100
"""Firms in one transaction."""


def read(folder: str) -> None:
    """Read each file of a configuration and hash it."""
    for path in _files(folder):
        hashlib.sha256(_bytes(path)).digest()


def compose(folder: str) -> None:
    """Let libyaml compose each firm's file: no checks, no Python objects but its nodes."""
    import yaml  # noqa: PLC0415 - the other limits do not pay for it

    for path in _files(folder):
        loader = yaml.CLoader(_bytes(path))
        loader.get_single_node()
        loader.dispose()


def insert(database: str) -> None:
    """Insert the rows of a portal into an empty one, a hundred firms in each transaction, each durable."""
    target = Path(database).with_suffix(".inserted.db")
    for each in target.parent.glob(f"{target.name}*"):
        each.unlink()
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as portal:
        portal.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        for (statement,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
            portal.execute(statement)
        _copy(source, portal)


def _copy(source: sqlite3.Connection, portal: sqlite3.Connection) -> None:
    tables = [name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {name: source.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608 - names from the database itself
    batches = max(1, counts["firms"] // _BATCH)
    rows = {name: source.execute(f"SELECT * FROM {name}") for name in tables}  # noqa: S608 - names from the database itself
    for batch in range(batches):
        with portal:
            for name, count in counts.items():
                size = count * (batch + 1) // batches - count * batch // batches
                _insert(portal, name, rows[name].fetchmany(size) if size else [])


def _insert(portal: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        blanks = ", ".join("?" * len(rows[0]))
        portal.executemany(f"INSERT INTO {table} VALUES ({blanks})", rows)  # noqa: S608 - names from the database itself


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from () if entry.name.startswith(".") else _files(entry.path)
        else:
            yield entry.path


def _bytes(path: str) -> bytes:
    """The way that costs least: a buffer of a megabyte would take longer than reading."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        parts = [os.read(descriptor, _BUFFER)]
        while len(parts[-1]) == _BUFFER:
            parts.append(os.read(descriptor, _BUFFER))
        return b"".join(parts)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
