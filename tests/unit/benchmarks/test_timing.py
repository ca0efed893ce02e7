"""What is measured is the whole of a command, and a command that goes wrong is not a fast one."""

import fcntl
import sys
import time
from functools import partial
from pathlib import Path
from typing import TextIO

import pytest
from benchmarks.timing import Command, Failed, in_turns, measured

MB = 1_000_000
LONG = 600
FORKS = """
import os, sys, time
children = [pid for pid in (os.fork(), os.fork()) if pid]
kept = os.urandom(40_000_000)
time.sleep(1)
for child in children:
    os.waitpid(child, 0)
"""
HOLDS = """
import fcntl, os, signal
fcntl.flock(os.open("lock", os.O_CREAT), fcntl.LOCK_EX)
os.fork()
signal.pause()
"""


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    """Four processes with some 30 MB each: the largest alone would be a half of it or less.

    Seen to fail with the kernel's figure alone.
    """
    assert measured(_python(FORKS, tmp_path), LONG).memory > 120 * MB


def test_time_on_the_processor_is_that_of_all_processes_too(tmp_path: Path) -> None:
    """The parent only waits."""
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(5_000_000))'])"
    idle = measured(_python("import subprocess, sys", tmp_path), LONG)
    assert measured(_python(work, tmp_path), LONG).cpu > idle.cpu


def test_another_exit_code_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="case ended with 3:\nwhy"):
        measured(_python("import sys; sys.stderr.write('why'); sys.exit(3)", tmp_path), LONG)


def test_what_takes_too_long_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    """Both hold the lock as long as one of them lives."""
    with pytest.raises(Failed, match="case was stopped"):
        measured(_python(HOLDS, tmp_path), 3)
    with (tmp_path / "lock").open() as lock:
        assert any(_takes(lock) for _ in range(600))


def _takes(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(0.05)
        return False
    return True


def test_commands_are_run_in_turns_and_what_fails_is_not_tried_again(tmp_path: Path) -> None:
    order: list[str] = []
    commands = [
        Command(name, [sys.executable, "-c", code], tmp_path, rounds, prepare=partial(order.append, name))
        for name, rounds, code in (("one", 2, ""), ("two", 3, ""), ("bad", 3, "raise SystemExit(1)"))
    ]
    outcomes = in_turns(commands, LONG)
    assert order == ["one", "two", "bad", "one", "two", "two"]
    assert [len(outcome.runs) for outcome in outcomes.values()] == [2, 3, 0]
    assert outcomes["bad"].failure.startswith("bad ended with 1")


def test_a_variable_of_ours_does_not_reach_what_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALSYNC_ENV", "production")
    measured(_python("import os; assert 'PORTALSYNC_ENV' not in os.environ", tmp_path), LONG)


def _python(code: str, folder: Path) -> Command:
    return Command("case", [sys.executable, "-c", code], folder)
