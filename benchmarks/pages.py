"""Pages a second of one core: of `preview --dir`, beside the code from before; of `serve`, beside a constant
page of the same size from the same app.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen
from time import perf_counter

from benchmarks import ROOT
from benchmarks.fleet.shared import EXAMPLE
from benchmarks.ground import AT, FOLDER, PORTALSYNC, at_home, before, fleet
from benchmarks.results import keep
from benchmarks.served import CONSTANT, SPENT
from benchmarks.timing import Command, Failed, Run, in_turns, measured
from portalsync.model.page import PLACES
from portalsync.portal.links import page_href

PREVIEWED = 60
"""Firms of a preview: so many that starting is the smaller part."""
_ROUNDS = 5
_CONNECTIONS = 4
_ASKED = 800
_CLIENTS = ("busy-business", "new-client", "landlord")
_SECONDS = 600.0


def previewing(size: int) -> None:
    """As many seconds of CPU as the whole command takes, user and system."""
    config, variables = fleet(PREVIEWED), at_home(FOLDER / "homes" / "preview")
    commands = []
    for name, source in (("preview", ROOT), ("preview-limit", before())):
        if source is None:
            raise Failed("The code from before is not in this clone.")
        known = {**variables, "PORTALSYNC_CONFIG": str(config), "PYTHONPATH": str(source / "src")}
        arguments = [PORTALSYNC, "preview", "--offline", "--dir", str(FOLDER / name), "--at", AT]
        commands.append(Command(name, arguments, config, 3, known))
    for name, outcome in in_turns(commands, _SECONDS).items():
        pages = len([*(FOLDER / name).glob("*/*/*/*.html")])
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        _keep(name, size, outcome.runs, pages, outcome.failure)


def serving(size: int) -> None:
    """As many seconds of CPU as the server takes while it is asked over some connections, in turns."""
    database, pages = _applied(FOLDER / "fleets" / "served")
    with _served(database, pages[0]) as server:
        server.ask(pages)
        turns = [(server.ask(pages), server.ask([CONSTANT])) for _ in range(_ROUNDS)]
    for name, runs in zip(("serve", "serve-limit"), zip(*turns, strict=True), strict=True):
        _keep(name, size, runs, _ASKED)


def _keep(name: str, size: int, runs: Sequence[Run], pages: int, failure: str = "") -> None:
    extra = {"pages_a_second": pages / median(run.cpu for run in runs)} if runs else {}
    keep(name, size, runs, extra, failure)
    rate = ", ".join(f"{pages / run.cpu:,.0f}" for run in runs)
    sys.stderr.write(f"  {name}: {failure or rate} pages a second\n")


def _applied(config: Path) -> tuple[Path, list[str]]:
    """The database of a portal with the example, and pages that are there."""
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(EXAMPLE, config, ignore=shutil.ignore_patterns(".portalsync"))
    arguments = [PORTALSYNC, "apply", "--yes", "--config", str(config), "--at", AT]
    measured(Command("apply", arguments, config, 1, at_home(FOLDER / "homes" / "served")), _SECONDS)
    firms = sorted(path.stem for path in (config / "firms").iterdir())
    pages = [
        f"/portal/{page_href(firm, client, 'en', place)}"
        for firm in firms
        for client in _CLIENTS
        for place in PLACES
    ]
    return config / ".portalsync" / "portal.db", pages


@dataclass(frozen=True)
class _Server:
    host: str
    port: int

    def ask(self, paths: list[str]) -> Run:
        each = _ASKED // _CONNECTIONS
        asked = [(paths[first:] + paths[:first]) * each for first in range(_CONNECTIONS)]
        began, spent = perf_counter(), self._spent()
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            list(pool.map(self._ask_in_turn, (paths[:each] for paths in asked)))
        return Run(perf_counter() - began, self._spent() - spent, 0)

    def _ask_in_turn(self, paths: Sequence[str]) -> bytes:
        connection, body = HTTPConnection(self.host, self.port, timeout=60), b""
        for path in paths:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:  # noqa: PLR2004 - OK
                raise Failed(f"{path} is answered with {answer.status}.")
        connection.close()
        return body

    def _spent(self) -> float:
        return float(self._ask_in_turn([SPENT]))


@contextmanager
def _served(database: Path, page: str) -> Iterator[_Server]:
    arguments = [sys.executable, "-m", "benchmarks.served", str(database), page]
    with Popen(arguments, cwd=ROOT, env=dict(os.environ), stdout=PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is piped
            host, _, port = process.stdout.readline().strip().removeprefix("http://").rpartition(":")
            yield _Server(host, int(port))
        finally:
            process.terminate()
