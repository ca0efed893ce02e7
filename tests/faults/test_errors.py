"""No command ends as a bug, whatever the system or SQLite refuse, and wherever: law 17.

Seen to fail with a seed that was written outside of `in_words`, and with a snapshot of an unreadable file.
"""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import AT, Cli, Result
from tests.faults import driver
from tests.faults.conftest import Fresh, Some
from tests.faults.ends import check_whole, hold

COMMANDS = (
    ("plan", AT, "--out=new.json", "--output-file=markdown=new.md"),
    ("drift",),
    ("preview", AT, "--out=new.html"),
    ("preview", AT, "--dir=new"),
    ("apply", "plan.json", "--output-file=json=receipt.json"),
    ("apply", "--yes", AT),
    ("backup", "new.db"),
    ("restore", "old.db", "--yes"),
)
REFUSALS = {
    sqlite3.SQLITE_FULL: (sqlite3.OperationalError, "database or disk is full"),
    sqlite3.SQLITE_IOERR: (sqlite3.OperationalError, "disk I/O error"),
    sqlite3.SQLITE_READONLY: (sqlite3.OperationalError, "attempt to write a readonly database"),
    sqlite3.SQLITE_BUSY: (sqlite3.OperationalError, "database is locked"),
    sqlite3.SQLITE_CANTOPEN: (sqlite3.OperationalError, "unable to open database file"),
    sqlite3.SQLITE_CORRUPT: (sqlite3.DatabaseError, "database disk image is malformed"),
}
NUMBERS = ("ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES", "EMFILE", "ENOENT", "EINVAL")


def refused(code: int) -> Callable[[], None]:
    def act() -> None:
        kind, message = REFUSALS[code]
        error = kind(message)
        error.sqlite_errorcode = code
        raise error

    return act


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> type[driver.Points]:
    """The driver of SQLite, in our hand."""
    monkeypatch.setattr(sqlite3, "connect", driver.connect)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", driver.connect)
    return driver.Points


def never() -> None:
    raise AssertionError


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_sqlite_refuses(
    command: tuple[str, ...],
    fresh: Fresh,
    cli: Cli,
    held: type[driver.Points],
    some: Some,
) -> None:
    fresh()
    held.begin(0, never)
    assert cli(*command).code == 0
    points = held.calls
    assert points >= 3
    for at, code in some([*product(range(1, points + 1), REFUSALS)], 16):
        fresh()
        held.begin(at, refused(code))
        hold(cli(*command), command, at, code)
        held.begin(0, never)
        check_whole(command, at, code)


class Hook:
    """Python tells before it touches a file: there the system can be made to refuse."""

    folder = ""
    seen = 0
    at = 0
    number = 0
    is_there = False

    @classmethod
    def heard(cls, event: str, arguments: tuple[Any, ...]) -> None:
        if not cls.folder or event.partition(".")[0] not in {"open", "os", "sqlite3"}:
            return
        if not any(
            isinstance(each, (str, os.PathLike)) and cls.folder in str(each) for each in arguments[:2]
        ):
            return
        cls.seen += 1
        if cls.seen == cls.at:
            raise OSError(cls.number, os.strerror(cls.number), str(arguments[0]))


@contextmanager
def refusing(folder: Path, at: int, number: int) -> Iterator[type[Hook]]:
    if not Hook.is_there:  # it stays for ever, and does nothing without a folder
        sys.addaudithook(Hook.heard)
        Hook.is_there = True
    Hook.folder, Hook.seen, Hook.at, Hook.number = str(folder), 0, at, number
    try:
        yield Hook
    finally:
        Hook.folder = ""


def absolute(command: tuple[str, ...], world: Path) -> list[str]:
    """The command with whole paths: so the hook knows them."""
    files = ("new", "old.db", "plan.json", "receipt.json")
    parts = [
        each.replace("=receipt", f"={world}/receipt").replace("=new", f"={world}/new") for each in command
    ]
    return [f"{world}/{each}" if each.startswith(files) else each for each in parts] + [
        f"--config={world}/portal-config"
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_system_refuses(
    command: tuple[str, ...],
    fresh: Fresh,
    cli: Cli,
    some: Some,
) -> None:
    world = fresh()
    with refusing(world, 0, 0) as hook:
        assert cli(*absolute(command, world)).code == 0
    points = hook.seen
    assert points > 10
    for at, name in some([*product(range(1, points + 1), NUMBERS)], 12):
        world = fresh()
        with refusing(world, at, getattr(errno, name)):
            done = cli(*absolute(command, world))
        hold(done, command, at, name)
        check_whole(command, at, name)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_reaches_the_disk(
    command: tuple[str, ...],
    fresh: Fresh,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    some: Some,
) -> None:
    """Each call that asks for it is refused, from the Nth on."""
    sync = os.fsync
    for at, name in some([*product(range(1, 5), ("EIO", "ENOSPC"))], 2):
        fresh()
        left = [at]

        def refuse(handle: int, left: list[int] = left, number: int = getattr(errno, name)) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise OSError(number, os.strerror(number))
            sync(handle)

        monkeypatch.setattr(os, "fsync", refuse)
        done = cli(*command)
        monkeypatch.setattr(os, "fsync", sync)
        hold(done, command, at, name)
        check_whole(command, at, name)


@pytest.mark.parametrize("command", [COMMANDS[5], COMMANDS[7]], ids=" ".join)
def test_no_file_may_grow(command: tuple[str, ...], fresh: Fresh, some: Some) -> None:
    """The disk itself refuses, inside SQLite, at some length: with a real limit, in a program of its own."""
    limited = (
        "import resource, sys; from portalsync.cli import run; most = int(sys.argv[1]);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)); sys.exit(run(sys.argv[2:]))"
    )
    for most in some([*range(0, 160_000, 4096)], 3):
        world = fresh()
        arguments = [sys.executable, "-c", limited, str(most), *command]
        done = subprocess.run(arguments, cwd=world, capture_output=True, text=True, check=False, timeout=300)
        hold(Result(done.returncode, done.stdout, done.stderr), command, most)
        check_whole(command, most)
