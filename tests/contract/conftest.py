"""One portal, reached in each way there is: in-process, and over a port."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from tests.clocks import hurried
from tests.commits import agreed

from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.http import HttpBackend
from portalsync.backend.loop import OnLoop
from portalsync.backend.protocol import Seed
from portalsync.commits import Commit
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.server.app import create_app
from portalsync.server.in_process import ADDRESS, InProcess
from portalsync.server.serve import running
from portalsync.server.store import Store
from portalsync.wire import Origin

Commits = Callable[..., Commit]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def seed() -> Seed:
    """Three firms; everything that is one firm's own holds that firm's canary."""
    return Seed(
        {
            firm: {
                "firm": firm,
                "currency": "EUR",
                "organizer_templates": [
                    {"id": f"canary-{firm}", "name": {"en": f"canary-{firm}"}, "questions": 3},
                    {"id": "empty", "name": {"en": "Empty"}, "questions": 0},
                ],
                "pipelines": [{"id": "tax", "name": {"en": "Tax"}, "stages": ["in", "out"]}],
            }
            for firm in ("alder", "birch", "cedar")
        },
        {
            "ada": {
                "id": "ada",
                "title": {"en": "A client"},
                "client": "Ada Client",
                "locale": "en",
                "tags": ["business"],
            }
        },
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "portal.db"


@pytest.fixture
def store(database: Path, seed: Seed, now: datetime) -> Iterator[Store]:
    store = Store.open(database, lambda: now)
    store.seed(seed)
    yield store
    store.close()


@pytest.fixture(params=["embedded", "http"])
def way(
    request: pytest.FixtureRequest, store: Store, now: datetime
) -> Iterator[tuple[str, httpx2.BaseTransport]]:
    """The address of the portal, and the transport that leads to it."""
    app = create_app(store, lambda: now)
    if request.param == "embedded":
        transport = InProcess(app, store)
        yield ADDRESS, transport
        transport.close()
    else:
        with running(app) as address, OnLoop(httpx2.AsyncHTTPTransport(), LARGEST_ANSWER) as network:
            yield address, network


@pytest.fixture
def backend(way: tuple[str, httpx2.BaseTransport]) -> HttpBackend:
    return HttpBackend(way[0], way[1], hurried())


@pytest.fixture
def raw(way: tuple[str, httpx2.BaseTransport]) -> httpx2.Client:
    """Asks whatever a test wants to ask."""
    return httpx2.Client(base_url=way[0], transport=way[1], timeout=300)


@pytest.fixture
def commit() -> Commits:
    """A commit of a plan: fields to set (or, with None, to clear), and what they were."""

    def made(
        after: dict[str, JSON], before: dict[str, JSON] | None = None, managed: tuple[str, ...] | None = None
    ) -> Commit:
        kept = {path: value for path, value in after.items() if value is not None}
        writes = tuple(Edit.between(path, before or {}, kept) for path in after)
        claims = tuple(after) if managed is None else managed
        return agreed(Commit(Origin.PLAN, "tester", "sha256:plan", {}, writes, claims))

    return made
