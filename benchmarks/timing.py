"""Whole processes, as a person starts them: median seconds of several runs."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

AT = "2026-12-02T09:00"
"""All measurements look at the example at this instant, so that equal code does equal work."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured command. `best` and `worst` tell how quiet the machine was."""

    name: str
    runs: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def best(self) -> float:
        return min(self.runs)

    @property
    def worst(self) -> float:
        return max(self.runs)


@dataclass(frozen=True, slots=True)
class Command:
    """A command to measure. `ends_with` are the exit codes that it may have."""

    name: str
    arguments: Sequence[str]
    folder: Path
    ends_with: Sequence[int] = (0,)


def measure(commands: Sequence[Command], runs: int) -> list[Figure]:
    """Each command `runs` times, in turns, so that a slow moment meets all of them; a first one uncounted."""
    seconds: dict[str, list[float]] = {command.name: [] for command in commands}
    for command in commands:
        _run(command)
    for _ in range(runs):
        for command in commands:
            seconds[command.name].append(_run(command))
    return [Figure(name, taken) for name, taken in seconds.items()]


def portalsync(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "portalsync", *arguments]


def _run(command: Command) -> float:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")}
    start = time.perf_counter()
    done = subprocess.run(
        command.arguments, cwd=command.folder, env=variables, capture_output=True, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode not in command.ends_with:
        raise SystemExit(f"{command.name} ended with {done.returncode}:\n{done.stderr.decode()}")
    return taken
