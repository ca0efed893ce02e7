"""Whole processes, as a person starts them: seconds, CPU seconds and peak memory, in turns."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from resource import RUSAGE_SELF, getrusage, struct_rusage
from typing import IO

from benchmarks.memory import Watch

KIB = 1024


class Failed(Exception):
    """A measured command did something else than it should."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process with all that it started. `cpu` is user and system time; `memory` is bytes."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Command:
    """What is measured, how often, and what is put in place before each run."""

    name: str
    arguments: Sequence[str]
    folder: Path
    rounds: int = 1
    variables: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], object] = lambda: None
    ends_with: Sequence[int] = (0,)
    warm: bool = False


@dataclass(slots=True)
class Runs:
    """What became of one command: its runs, and why there are no more of them."""

    runs: list[Run] = field(default_factory=list)
    failure: str = ""


def in_turns(commands: Iterable[Command], seconds: float) -> dict[str, Runs]:
    """Each command as often as it asks, in turns, so that a slow moment of the machine meets all of them.

    What is warm gets a run first that does not count. A command that fails is not tried again.
    """
    commands = list(commands)
    outcomes = {command.name: Runs() for command in commands}
    for command in commands:
        if command.warm:
            _add(command, seconds, Runs(), outcomes[command.name])
    for turn in range(max((command.rounds for command in commands), default=0)):
        for command in commands:
            outcome = outcomes[command.name]
            if turn < command.rounds and not outcome.failure:
                _add(command, seconds, outcome, outcome)
    return outcomes


def _add(command: Command, seconds: float, outcome: Runs, failed: Runs) -> None:
    try:
        command.prepare()
        outcome.runs.append(measured(command, seconds))
    except Failed as error:
        failed.failure = str(error)


def measured(command: Command, seconds: float) -> Run:
    """Run it to its end. Raises Failed if it takes more seconds than that, or ends with another exit code."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env=_variables(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        with Watch(process.pid) as watch:
            status, usage = _waited(process, seconds)
        taken = time.perf_counter() - start
        _check(command, status, errors)
    return Run(taken, usage.ru_utime + usage.ru_stime, _peak(usage, watch))


def _peak(usage: struct_rusage, watch: Watch) -> int:
    """The kernel counts in what we had when we started the other: a peak below that says nothing."""
    own = getrusage(RUSAGE_SELF).ru_maxrss
    largest = usage.ru_maxrss if usage.ru_maxrss > own or not watch.peak else 0
    return max(largest * KIB, watch.peak)


def _waited(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, struct_rusage]:
    """Its end, brought about if need be, together with what it started: its own session and nothing else."""
    limit = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    limit.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        limit.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage


def _check(command: Command, status: int, errors: IO[bytes]) -> None:
    if status == -signal.SIGKILL:
        raise Failed(f"{command.name} was stopped: it takes too long.")
    if status not in command.ends_with:
        errors.seek(0)
        raise Failed(f"{command.name} ended with {status}:\n{errors.read()[-2000:].decode(errors='replace')}")


def _variables(command: Command) -> Mapping[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")}
    return own | dict(command.variables)
