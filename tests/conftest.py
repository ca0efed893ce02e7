"""The option that rewrites what cases expect, for review."""

import signal
from collections.abc import Iterator
from itertools import count

import pytest

from portalsync.cli.progress import _Log


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


def pytest_configure() -> None:
    """Where the tests run in the background, Ctrl-C is ignored, and the programs they start inherit it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
