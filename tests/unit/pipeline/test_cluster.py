"""A small cluster whose workers share nothing with who asks but the installed package."""

import asyncio
import gc
import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.six_firms import Outcome, config, expected, outcome

from portalsync.errors import PortalsyncError
from portalsync.pipeline import cluster
from portalsync.pipeline.executors import workers_of

__all__ = ["config", "expected"]

PATIENCE = 300
"""Seconds until a test that waits in vain fails."""


@dataclass
class Cluster:
    """A scheduler on this machine, in a folder of its own."""

    folder: Path
    address: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, part: str, *arguments: str, upset: str = "") -> None:
        """`upset` is done to the program before it begins."""
        (self.folder / "sitecustomize.py").write_text(upset)
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        call = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--host", "127.0.0.1"]
        env = {**known, "PYTHONPATH": str(self.folder)} if upset else known
        with (self.folder / f"{part}.log").open("ab") as log:
            self.running.append(subprocess.Popen(call, cwd=self.folder, env=env, stdout=log, stderr=log))

    def scheduler(self) -> None:
        self.start("scheduler", "--port", "0", "--no-dashboard", "--no-show")
        (self.address,) = self.awaited("scheduler", "Scheduler at:", 1)

    def workers(self, number: int, upset: str = "") -> None:
        """They are there when this returns: whoever asks waits for them for seconds only."""
        for _ in range(number):
            self.start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", upset=upset)
        self.awaited("worker", "Registered to:", number)

    def awaited(self, part: str, sign: str, number: int) -> list[str]:
        """What stands behind the sign in the log of that part, once it stands there so many times."""
        deadline = time.monotonic() + PATIENCE
        while len(told := re.findall(rf"{sign}\s+(\S+)\n", self.log(part))) < number:
            assert time.monotonic() < deadline, self.log(part)
            time.sleep(0.05)
        return told

    def log(self, part: str) -> str:
        return (self.folder / f"{part}.log").read_text()

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()
        self.running.clear()


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    begun = Cluster(folder)
    try:
        begun.scheduler()
        yield begun
    finally:
        begun.end()


def test_a_cluster_makes_the_same_plan(config: Path, expected: Outcome, tmp_path: Path) -> None:
    """Workers find no file of the client: they get bytes. And once the cluster is gone, that is told."""
    with started(tmp_path) as two, ExitStack() as stack:
        two.workers(2)
        workers = stack.enter_context(workers_of(f"dask:{two.address}", 6))
        assert outcome(config, workers) == expected
        two.end()
        with pytest.raises(PortalsyncError, match="does not do the work"):
            outcome(config, workers)


@pytest.mark.parametrize(
    ("upset", "told"),
    [
        ("import portalsync\nportalsync.__version__ = '9.9.9'\n", r"has portalsync 9\.9\.9 \(.*this is "),
        ("import sys\nsys.modules['portalsync'] = None\n", "does not do the work"),
    ],
    ids=["another-version", "none"],
)
def test_workers_have_the_same_portalsync(upset: str, told: str, config: Path, tmp_path: Path) -> None:
    """Or they do not work at all."""
    with started(tmp_path) as other:
        other.workers(1, upset)
        with workers_of(f"dask:{other.address}", 6) as workers, pytest.raises(PortalsyncError, match=told):
            outcome(config, workers)


@pytest.mark.parametrize(("theirs", "then"), [(700, 50_000), (90_000, 90_000)])
def test_a_worker_looks_for_garbage_as_seldom_as_the_program(theirs: int, then: int) -> None:
    """Unless whoever runs it had it look more seldom. Seen to fail when it was left as it was."""
    before = gc.get_threshold()
    gc.set_threshold(theirs, 10, 10)
    try:
        cluster.as_there(cluster.identity(), bytes, b"")
        assert gc.get_threshold()[0] == then
    finally:
        gc.set_threshold(*before)


def test_a_cluster_without_workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with started(tmp_path) as none, pytest.raises(PortalsyncError, match="does not do the work"):
        _enter(f"dask:{none.address}")


def test_whoever_asks_for_a_cluster_may_be_in_a_loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A notebook is, and so is a test after one with a browser. It is told the same as one who is not."""

    async def asks() -> None:
        test_a_cluster_without_workers(monkeypatch, tmp_path)

    with ThreadPoolExecutor(1) as thread:  # this one may be in a loop already
        thread.submit(lambda: asyncio.run(asks())).result()


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with socket.socket() as bound:  # and it does not listen
        bound.bind(("127.0.0.1", 0))
        with pytest.raises(PortalsyncError, match="does not do the work"):
            _enter(f"dask:tcp://127.0.0.1:{bound.getsockname()[1]}")


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-Server\r\n", bytes(1000), b""],
    ids=["web server", "shell", "zeros", "silence"],
)
def test_who_answers_there_and_is_no_scheduler_is_told_as_that(
    answer: bytes, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Seen to fail: a bug of ours, with a MemoryError, and twenty seconds later a traceback of Dask's."""
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with _answering(answer) as port, pytest.raises(PortalsyncError, match="is no scheduler of Dask"):
        _enter(f"dask:tcp://127.0.0.1:{port}")
    gc.collect()
    assert capfd.readouterr() == ("", "")


@contextmanager
def _answering(answer: bytes) -> Iterator[int]:
    """Somebody who says this to whoever comes, and waits for them to go."""

    class Answering(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(answer)
            while self.request.recv(1000):
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_cluster_that_wants_certificates_is_not_asked_without() -> None:
    """Seen to fail: a TypeError, twenty seconds later, with a traceback."""
    with pytest.raises(PortalsyncError, match="Dask's settings name none"):
        _enter("dask:tls://127.0.0.1:1")


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PortalsyncError, match="not installed"):
        _enter("dask:tcp://127.0.0.1:1")


def _enter(executor: str) -> None:
    with workers_of(executor, 6):
        pass
