"""The option that rewrites what cases expect, for review; and what makes thousands of tests quick."""

import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from portalsync.cli.progress import _Log
from portalsync.collecting import collect_seldom
from portalsync.server import database

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

FOLDER = Path(__file__).parent
LONGEST = ("workflows", "docs", "faults", "laws")
"""Folders whose files take tens of seconds each. Other files take a few at most."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="Write what the cases give now into their expected.txt; read the diff before committing it.",
    )
    parser.addoption(
        "--more-faults",
        action="store_true",
        help="Try many more faults at many more points, which takes minutes; `make faults` does.",
    )


_CACHES = count()


@pytest.fixture(scope="session", autouse=True)
def language_of_the_machine() -> Iterator[None]:
    """None, wherever tests run."""
    with pytest.MonkeyPatch.context() as variables:
        for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
            variables.delenv(name, raising=False)
        variables.setenv("LANG", "C.UTF-8")
        yield


@pytest.fixture(scope="session", autouse=True)
def cache_of_what_is_prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is prepared once for many tests leaves nothing in the home of whoever runs them, and takes nothing
    that an earlier run left there.
    """
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("XDG_CACHE_HOME", f"{tmp_path_factory.getbasetemp()}/cache")
        yield


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test keeps, no other finds: it may have other code."""
    monkeypatch.setenv("XDG_CACHE_HOME", f"{tmp_path_factory.getbasetemp()}/cache-{next(_CACHES)}")


@pytest.fixture(autouse=True)
def quiet_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command tells is compared, however slow the machine: no line says how far it is."""
    monkeypatch.setattr(_Log, "first", 1e9)
    monkeypatch.setattr(_Log, "pause", 1e9)


@pytest.fixture(autouse=True)
def nobody_pulls_the_plug(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits until what its portal wrote is on the disk: a file is whole to whoever opens it, also
    after a kill. Where tests are about that, there is another fixture of this name. The programs that tests
    start do wait.
    """
    monkeypatch.setattr(database, "PRAGMAS", {"synchronous": 0} | {**database.PRAGMAS, "synchronous": 0})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, and what is short fills up the end: no worker waits for the last file of
    another.
    """
    items.sort(key=lambda item: _turn(item.path.relative_to(FOLDER).parts[0]))


def _turn(folder: str) -> int:
    if folder in LONGEST:
        return LONGEST.index(folder)
    return len(LONGEST) + (folder == "unit")


def pytest_configure() -> None:
    """Thousands of tests live as long as the run: like the program, it looks at them seldom.

    Where the tests run in the background, Ctrl-C is ignored, and the programs they start inherit it.
    """
    collect_seldom()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
