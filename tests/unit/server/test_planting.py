"""A portal is filled with what it does not have, and looks at nothing else."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portalsync.backend.protocol import Seed
from portalsync.model.json_value import JSON
from portalsync.server.store import Store

FIRMS = ("alder", "birch", "cedar")


class Looked(Mapping[str, Mapping[str, JSON]]):
    """Facts of three firms; it counts which of them somebody looks at."""

    def __init__(self, **currencies: str) -> None:
        self.currencies = {**dict.fromkeys(FIRMS, "EUR"), **currencies}
        self.at: list[str] = []

    def __getitem__(self, firm: str) -> Mapping[str, JSON]:
        self.at.append(firm)
        return {"firm": firm, "currency": self.currencies[firm]}

    def __iter__(self) -> Iterator[str]:
        return iter(self.currencies)

    def __len__(self) -> int:
        return len(self.currencies)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "portal.db", lambda: datetime.now(UTC))
    yield store
    store.close()


def sown(store: Store, facts: Looked, **digests: str) -> list[str]:
    """Which documents were looked at."""
    store.seed(Seed(facts, digests=digests))
    return facts.at


def test_a_document_with_a_digest_is_looked_at_once(store: Store) -> None:
    """Seen to fail: 10,000 files were parsed at each opening."""
    first = dict.fromkeys(FIRMS, "1")
    assert sown(store, Looked(), **first) == [*FIRMS]
    assert sown(store, Looked(), **first) == []
    assert sown(store, Looked(birch="CHF"), **{**first, "birch": "2"}) == ["birch"]
    assert [store.facts(firm)["currency"] for firm in FIRMS] == ["EUR", "CHF", "EUR"]
    assert [firm.generation for firm in store.firms()] == [1, 1, 1]


def test_one_that_only_has_another_digest_is_remembered_by_that(store: Store) -> None:
    first, second = dict.fromkeys(FIRMS, "1"), dict.fromkeys(FIRMS, "2")
    sown(store, Looked(), **first)
    assert sown(store, Looked(), **second) == [*FIRMS]
    assert sown(store, Looked(), **second) == []


def test_without_digests_all_are_looked_at_each_time(store: Store) -> None:
    """As seeds are that a package made before there were any."""
    sown(store, Looked(), **dict.fromkeys(FIRMS, "1"))
    assert sown(store, Looked()) == [*FIRMS]
    assert sown(store, Looked(cedar="USD")) == [*FIRMS]
    assert store.facts("cedar")["currency"] == "USD"
    assert sown(store, Looked(cedar="USD"), **dict.fromkeys(FIRMS, "1")) == [*FIRMS]


def test_many_firms_are_made_in_portions(store: Store) -> None:
    facts = Looked(**{f"firm-{number:04}": "EUR" for number in range(1_200)})
    store.seed(Seed(facts))
    firms = store.firms(limit=2_000)
    assert len(firms) == 1_203
    assert {store.verify_audit(firm.id) for firm in firms[::100]} == {()}
