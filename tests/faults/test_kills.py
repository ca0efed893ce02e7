"""Killed at any call of the database: nothing is lost, and the same command again ends well: law 15."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import AT, DATABASE, Cli, rows
from tests.faults.conftest import Fresh, Some
from tests.faults.ends import check_whole

ROOT = Path(__file__).parents[2]


def run_until(at: int, *command: str) -> "subprocess.CompletedProcess[str]":
    """One command in a program of its own, killed before its call number `at`; 0 for never."""
    program = [sys.executable, "-m", "tests.faults.driver", str(at), *command]
    path = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(program, capture_output=True, text=True, check=False, timeout=300, env=path)


def calls_of(*command: str) -> range:
    done = run_until(0, *command)
    assert done.returncode == 0, done.stderr
    return range(1, int(done.stderr.splitlines()[-1]) + 1)


def kill(at: int, *command: str) -> None:
    assert run_until(at, *command).returncode == -signal.SIGKILL


def test_an_apply(fresh: Fresh, cli: Cli, some: Some) -> None:
    fresh()
    for at in some(calls_of("apply", "plan.json"), 8):
        fresh()
        kill(at, "apply", "plan.json")
        again = cli("apply", "plan.json")
        assert again.code == 0, (at, again.err)
        check_whole(at)
        assert "No changes" in cli("plan", AT).out


def test_a_first_apply(fresh: Fresh, cli: Cli, some: Some) -> None:
    """The portal itself is made by it, or not at all."""

    def planned() -> None:
        fresh()
        shutil.rmtree(DATABASE.parent)
        assert cli("plan", AT, "--out=first.json").code == 0

    planned()
    for at in some(calls_of("apply", "first.json"), 5):
        planned()
        kill(at, "apply", "first.json")
        again = cli("apply", "first.json")
        assert again.code == 0, (at, again.err)
        check_whole(at)


def test_a_restore(fresh: Fresh, cli: Cli, some: Some) -> None:
    """Before or after, and never a row of both; what stood there is there or beside it."""

    def applied() -> list[str]:
        fresh()
        assert cli("apply", "plan.json").code == 0
        return rows(DATABASE)

    applied()
    for at in some(calls_of("restore", "old.db", "--yes"), 8):
        before = applied()
        kill(at, "restore", "old.db", "--yes")
        check_whole(at)
        beside = [rows(each) for each in DATABASE.parent.glob("*.before-*Z")]
        assert rows(DATABASE) == before or before in beside, at
        assert cli("restore", "old.db", "--yes").code == 0
        check_whole(at)
