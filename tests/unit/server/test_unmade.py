"""What a portal would answer that nobody has made yet is what it answers once it is made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portalsync.backend.protocol import Reader, Seed
from portalsync.errors import BackendError, FirmUnknown, PortalsyncError
from portalsync.model.json_value import JSONObject
from portalsync.pipeline.load import seed_in
from portalsync.server.embedded import connect
from portalsync.server.in_process import open_embedded, read_embedded
from portalsync.server.unmade import Unmade

EXAMPLE = Path(__file__).parents[3] / "portal-config"
ADA: JSONObject = {"id": "ada", "title": {"en": "A client"}, "client": "Ada", "locale": "en", "tags": ["x"]}


@pytest.fixture
def unmade(tmp_path: Path) -> Iterator[Reader]:
    portal = reader(tmp_path, seed_in(EXAMPLE))
    yield portal
    portal.close()


def reader(folder: Path, seed: Seed) -> Reader:
    """As a plan gets it."""
    return connect({"database": "portal.db"}, folder, replace(seed, is_kept=False))


def now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_it_answers_what_the_portal_does_once_it_is_made(unmade: Reader, tmp_path: Path) -> None:
    """Seen to fail for another identity, another head of the trail, and facts in another order."""
    assert isinstance(unmade, Unmade)
    before = answers(unmade)
    assert [*tmp_path.iterdir()] == []
    made = open_embedded(tmp_path / "portal.db", seed_in(EXAMPLE))
    assert answers(made) == before
    made.close()


def answers(portal: Reader) -> list[object]:
    firms = [*portal.firms()]
    ids = [firm.id for firm in firms]
    one_by_one = [(portal.state(firm), portal.facts(firm)) for firm in ids]
    together = portal.states([*reversed(ids), "nobody"])
    assert [*together] == one_by_one
    assert portal.state(ids[0], 1) == portal.state(ids[0])
    return [portal.portal(), firms, one_by_one, [[*facts.raw.items()] for _, facts in one_by_one]]


def test_whoever_asks_for_more_gets_it_from_the_whole_portal(unmade: Reader, tmp_path: Path) -> None:
    whole = read_embedded(tmp_path / "portal.db", seed_in(EXAMPLE), now)
    firm = next(unmade.firms()).id
    assert unmade.history(firm) == whole.history(firm)
    assert unmade.summaries([firm]) == whole.summaries([firm])
    with pytest.raises(FirmUnknown):
        unmade.state("nobody")
    with pytest.raises(FirmUnknown):
        unmade.facts("nobody")
    with pytest.raises(BackendError) as lost:
        unmade.state(firm, 2)
    with pytest.raises(BackendError) as whole_lost:
        whole.state(firm, 2)
    assert lost.value.diagnostic == whole_lost.value.diagnostic
    assert [*tmp_path.iterdir()] == []
    whole.close()


@pytest.mark.parametrize(
    "seed",
    [
        Seed({"alder": {"firm": "alder", "currency": "euro"}}),
        Seed({"alder": {"firm": "birch", "currency": "EUR"}}),
    ],
)
def test_facts_that_no_portal_takes_the_whole_portal_refuses(tmp_path: Path, seed: Seed) -> None:
    portal = reader(tmp_path, seed)
    for ask in (portal.facts, lambda firm: portal.states([firm])):
        with pytest.raises(PortalsyncError, match="cannot be filled"):
            ask("alder")
    portal.close()


def test_a_sample_client_that_no_portal_takes_is_refused_at_once(tmp_path: Path) -> None:
    for seed in (Seed(personas={"ada": {"id": "ada"}}), Seed(personas={"eve": ADA})):
        with pytest.raises(PortalsyncError, match="cannot be filled"):
            reader(tmp_path, seed)
