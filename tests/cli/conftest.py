"""A small configuration, its portal and its plan; and the command line, called as `main` calls it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import httpx2
import pytest
from tests.clocks import hurried

from portalsync.cli import run
from portalsync.pipeline.load import load, seed_of
from portalsync.server.in_process import open_embedded

BASE = Path(__file__).parents[1] / "cases" / "validate" / "base"
AT = "--at=2026-12-01"
DATABASE = Path("portal-config", ".portalsync", "portal.db")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of whoever runs the tests reaches them, nor how wide their terminal is."""
    for name in [*os.environ]:
        if name.startswith("PORTALSYNC_") or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal that does not answer is given up without the minute that it is granted."""
    monkeypatch.setattr("portalsync.backend.http_reader.Patience", hurried)


def call(*arguments: str) -> Result:
    """Runs one command in this process."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*arguments])
    out.seek(0)
    err.seek(0)
    result = Result(code, out.read(), err.read())
    assert "Traceback" not in result.out + result.err
    return result


@pytest.fixture
def cli() -> Cli:
    return call


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base configuration beside its portal, which knows the firm, and a plan that changes it."""
    folder = tmp_path_factory.mktemp("planned")
    shutil.copytree(BASE, folder / "portal-config")
    open_embedded(folder / DATABASE, seed_of(load(folder / "portal-config"))).close()
    made = call("plan", f"--config={folder / 'portal-config'}", f"--out={folder / 'plan.json'}", AT)
    assert made.code == 0, made.err
    return folder


@pytest.fixture
def world(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to stand in."""
    folder = tmp_path / "world"
    shutil.copytree(planned, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The methods of all requests that are sent to a portal."""
    sent: list[str] = []
    send = httpx2.Client.send

    def recorded(client: httpx2.Client, request: httpx2.Request, *, stream: bool = False) -> httpx2.Response:
        sent.append(request.method)
        return send(client, request, stream=stream)

    monkeypatch.setattr(httpx2.Client, "send", recorded)
    return sent


def everything(folder: Path) -> dict[str, object]:
    """What is in a folder: files by content, other things by kind, the portal by its rows."""
    found: dict[str, object] = {}
    for parent, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(parent, name)
            if path.suffix == ".db":
                found[str(path)] = rows(path)
            elif "portal.db-" in name:
                continue
            elif path.is_file() and not path.is_symlink() and path.stat().st_size < 1_000_000:
                found[str(path)] = path.read_bytes()
            else:
                found[str(path)] = path.lstat().st_mode
    return found


def rows(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [*connection.iterdump()]
    finally:
        connection.close()
