"""Three firms, a plan for them, and a portal that can be held; `portalsync` as a process of its own.

Tests take `network_planned` and `network` from here.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx2
import pytest
from tests.base_firms import network_of
from tests.held import HeldPortal, Place, held_portal

from portalsync.backend.connect import connected
from portalsync.files import write_file
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.planning.planfile import write_plan
from portalsync.server.app import create_app
from portalsync.server.in_process import InProcess
from portalsync.server.store import Store

FIRMS = ("ash", "elm", "oak")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PATIENCE = 300
"""Seconds until a test that waits in vain fails."""

Process = subprocess.Popen[str]


@dataclass
class Network:
    """A configuration and a plan beside it in `folder`, and the portal that both are for."""

    folder: Path
    store: Store
    direct: httpx2.BaseTransport

    @property
    def generations(self) -> list[int]:
        return [self.store.state(firm).generation for firm in FIRMS]

    @contextmanager
    def held(self, at: Place) -> Iterator[HeldPortal]:
        with held_portal(self.direct, at) as portal:
            self.is_at(portal.address)
            yield portal

    def is_at(self, address: str) -> None:
        network = self.folder / "portal-config" / "portalsync.yaml"
        text = network.read_text().partition("  production:")[0]
        network.write_text(f"{text}  production: {{backend: http, url: '{address}'}}\n")

    def start(self, *arguments: str, ignored: signal.Signals | None = None) -> Process:
        known = {name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")}
        return subprocess.Popen(
            [sys.executable, "-m", "portalsync", *arguments],
            cwd=self.folder,
            env=known,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=partial(heeding_signals, ignored),  # noqa: PLW1509 - it only sets signals
        )


def heeding_signals(ignored: signal.Signals | None = None) -> None:
    """All but one. Whoever runs the tests in the background ignores Ctrl-C, and their children would too."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number is ignored else signal.SIG_DFL)


@pytest.fixture(scope="session")
def network_planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    config = folder / "portal-config"
    network_of(config, FIRMS[:-1])
    loaded = load(config)
    with connected("embedded", {"database": "portal.db"}, folder, seed_of(loaded)) as portal:
        write_file(folder / "plan.json", write_plan(make_plan(loaded, portal, "production", NOW)))
    return folder


@contextmanager
def opened(planned: Path, folder: Path) -> Iterator[tuple[Store, httpx2.BaseTransport]]:
    """A copy of the portal, in its own folder."""
    shutil.copy(planned / "portal.db", folder)
    store = Store.open(folder / "portal.db", lambda: NOW)
    direct = InProcess(create_app(store, lambda: NOW), store)
    try:
        yield store, direct
    finally:
        direct.close()


@contextmanager
def new_network(planned: Path, folder: Path) -> Iterator[Network]:
    """A copy of all of it, to which anything may happen."""
    shutil.copytree(planned, folder)
    with opened(planned, folder) as (store, direct):
        yield Network(folder, store, direct)


@pytest.fixture
def network(network_planned: Path, tmp_path: Path) -> Iterator[Network]:
    with new_network(network_planned, tmp_path / "network") as network:
        yield network
