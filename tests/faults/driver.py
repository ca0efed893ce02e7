"""SQLite's driver with a hand on it: something happens before its Nth call."""

import os
import signal
import sqlite3
import sqlite3.dbapi2
import sys
from collections.abc import Callable
from typing import Any

_CONNECT = sqlite3.connect


class Points:
    """How many calls there were, and what is to happen at which of them."""

    calls = 0
    at = 0

    @staticmethod
    def act() -> None:
        raise AssertionError

    @classmethod
    def begin(cls, at: int, act: Callable[[], None]) -> None:
        cls.calls, cls.at = 0, at
        cls.act = staticmethod(act)  # type: ignore[method-assign]

    @classmethod
    def passed(cls) -> None:
        cls.calls += 1
        if cls.calls == cls.at:
            cls.act()


class Cursor(sqlite3.Cursor):
    def execute(self, *arguments: Any) -> Any:
        Points.passed()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        Points.passed()
        return super().executemany(*arguments)


class Connection(sqlite3.Connection):
    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        Points.passed()
        super().commit()

    def backup(self, *arguments: Any, **how: Any) -> None:
        Points.passed()
        super().backup(*arguments, **how)


def connect(*arguments: Any, **how: Any) -> Any:
    Points.passed()
    return _CONNECT(*arguments, factory=Connection, **how)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(at: str, *arguments: str) -> int:
    """One command, killed before its call number `at`; for 0 it says how many there are."""
    from portalsync.cli import run  # noqa: PLC0415 - the driver is held first

    sqlite3.connect = sqlite3.dbapi2.connect = connect
    Points.begin(int(at), killed)
    code = run(arguments)
    sys.stderr.write(f"\n{Points.calls}")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
