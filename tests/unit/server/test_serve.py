"""The portal on a port: on this machine only, with a clean word when the port is taken."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from portalsync.errors import PortalsyncError
from portalsync.server.serve import running, serve

PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from portalsync.server.app import create_app
from portalsync.server.serve import serve
from portalsync.server.store import Store
clock = lambda: datetime.now(UTC)
store = Store.open(Path(sys.argv[1]), clock)
serve(create_app(store, clock), "127.0.0.1", 0, lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com", "", "::"])  # noqa: S104 - refused
def test_only_this_machine(host: str) -> None:
    with pytest.raises(PortalsyncError, match="does not listen"):
        serve(Starlette(), host, 0, print)


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortalsyncError, match=f"Port {port} on 127.0.0.1 cannot be used"):
            serve(Starlette(), "127.0.0.1", port, print)


def test_a_port_that_is_none() -> None:
    with pytest.raises(PortalsyncError, match="there is no such port"):
        serve(Starlette(), "127.0.0.1", 70_000, print)


def test_it_answers_while_it_runs_and_not_after() -> None:
    with running(Starlette()) as address:
        assert httpx2.get(address, timeout=300).status_code == 404
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address, timeout=300)


def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "p.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx2.get(f"{address}/v1/portal", timeout=300).status_code == 200
        process.send_signal(signal.SIGINT)
        told, complaints = process.communicate(timeout=300)
    assert (told, complaints, process.returncode) == ("stopped\n", "", 0)
