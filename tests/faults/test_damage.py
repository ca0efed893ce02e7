"""A damaged database is told in a sentence, whatever is damaged: nothing ends as a bug."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import product

import pytest
from tests.cli.conftest import AT, DATABASE, Cli
from tests.faults.conftest import Fresh, Some
from tests.faults.ends import hold

from portalsync.server.tables import METADATA

COLUMNS = [
    (table.name, column.name)
    for table in METADATA.sorted_tables
    for column in table.columns
    if column.name != "single"  # SQLite itself keeps that one
]
NONSENSE = ("", "{", "[]", "NaN", 7, -1, b"\xff\xfe", '{"a": 1}', "null", '["\\ud800"]', "7" * 5000)
COMMANDS = (("plan", AT), ("drift",), ("preview", AT), ("apply", "--yes", AT), ("apply", "plan.json"))


def test_nonsense_in_a_column(fresh: Fresh, cli: Cli, some: Some) -> None:
    """Seen to fail with JSON that was read without a look, and with an origin that nobody knows."""
    ended = set()
    for (table, column), value, command in some([*product(COLUMNS, NONSENSE, COMMANDS)], 60):
        fresh()
        with closing(sqlite3.connect(DATABASE)) as connection, connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            connection.execute(f"update or replace {table} set {column} = ?", (value,))  # noqa: S608 - our names
        done = cli(*command)
        hold(done, table, column, value, command)
        ended.add(done.code)
    assert ended >= {0, 1}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("update firms set facts = '{'", "firms.facts was never written there"),
        ("update firms set facts = '{', seeded = null", None),
        ("update generations set settings = '{'", "generations.settings was never written there"),
        ("update generations set origin = 'gift'", "generations.origin was never written there"),
        ("update generations set managed = '{}'", "generations.managed was never written there"),
        ("drop table audit", "a table or a column is missing in it"),
        ("delete from portal", "cannot be used"),
        ("update alembic_version set version_num = '9999'", "is from a newer portalsync"),
        ("delete from alembic_version", "cannot be used"),
        ("update alembic_version set version_num = '0001'", "cannot be used"),
    ],
)
def test_what_is_said_of_it(sql: str, says: str | None, cli: Cli) -> None:
    """Copies of facts are laid over damaged ones where it is not known that they are the same; for anything
    else there is a sentence with the place.
    """
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute(sql)
    done = cli("plan", AT)
    told = " ".join(done.err.split())
    assert done.code == (1 if says else 0), told
    assert (says or "") in told
    assert not says or str(DATABASE) in told


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2 + 100]


def garbled(content: bytes) -> bytes:
    return content[:8192] + bytes(255 - each for each in content[8192:])


FILES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": truncated,
    "garbled": garbled,
    "its head alone": lambda content: content[:100],
    "not a database": lambda _: b"apiVersion: portalsync/v1\n" * 100,
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("damage", FILES)
def test_a_damaged_file(damage: str, command: tuple[str, ...], cli: Cli) -> None:
    DATABASE.write_bytes(FILES[damage](DATABASE.read_bytes()))
    before = DATABASE.read_bytes()
    done = cli(*command)
    assert done.code == 1, done.err
    assert f"The database {DATABASE} cannot be used" in " ".join(done.err.split())
    assert DATABASE.read_bytes() == before


@pytest.mark.usefixtures("world")
def test_an_empty_file_is_a_portal_to_come(cli: Cli) -> None:
    os.truncate(DATABASE, 0)
    assert cli("plan", AT).code == 0
