"""Pages that are remembered: whatever changed since, in whatever firm, each is as if it were made anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from portalsync.backend.http import HttpBackend
from portalsync.backend.protocol import Seed
from portalsync.catalog.files.document import API_VERSION
from portalsync.commits import Commit, Conditional
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import MOBILE_HOME, WEB_HOME, WEB_INVOICES, Place, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import render
from portalsync.server.store import Store

Commits = Callable[..., Commit]
SOME = (WEB_HOME, MOBILE_HOME, WEB_INVOICES)
FIRMS = ("alder", "birch", "cedar")
BEFORE, AFTER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
"""Of the last day of an announcement."""
SETTINGS: dict[str, JSON] = {
    "profile.name": "One Name for All",
    "announcements.items.news.title": {"en": "Closed on Friday"},
    "announcements.items.news.body": {"en": "Back on **Monday**."},
    "announcements.items.news.ends": "2026-03-02",
}


@pytest.fixture
def served(backend: HttpBackend, commit: Commits) -> HttpBackend:
    """Three firms that are as alike as firms can be."""
    for firm in FIRMS:
        backend.commit([Conditional(firm, 1, f"first-{firm}", commit(SETTINGS))])
    return backend


@dataclass(frozen=True)
class Asked:
    firm: str
    place: Place
    at: datetime


ASKED = [Asked(firm, place, at) for place in SOME for at in (BEFORE, AFTER) for firm in FIRMS]


def check(backend: HttpBackend, seed: Seed) -> dict[Asked, bytes]:
    """Each page of each firm twice, held against one that is made of what the portal says of it."""
    pages = {}
    for page in (*ASKED, *ASKED):
        facts = facts_from_json({"apiVersion": API_VERSION, "kind": "Facts", **seed.firms[page.firm]})
        situation = situation_of(page.firm, backend.state(page.firm).settings, facts, page.at)
        expected = render(compose(situation, persona_from_json(seed.personas["ada"]), page.place, "en"))
        pages[page] = backend.page(page.firm, "ada", "en", page_file(page.place), page.at)
        assert pages[page] == expected.encode()
    return pages


def _with_facts(seed: Seed, **facts: JSON) -> Seed:
    return replace(seed, firms={**seed.firms, "birch": {**seed.firms["birch"], **facts}})


def _with_client(seed: Seed, **about: JSON) -> Seed:
    return replace(seed, personas={"ada": {**seed.personas["ada"], **about}})


def test_what_one_firm_changes_is_on_its_pages_and_on_no_others(
    served: HttpBackend, seed: Seed, commit: Commits
) -> None:
    earlier = check(served, seed)
    title: dict[str, JSON] = {"announcements.items.news.title": {"en": "canary-birch"}}
    served.commit([Conditional("birch", 2, "second", commit(title, SETTINGS, tuple(SETTINGS)))])
    later = check(served, seed)
    changed = {page for page in ASKED if later[page] != earlier[page]}
    assert {page.firm for page in changed} == {"birch"}
    assert {page for page in ASKED if b"canary-birch" in later[page]} == changed


def test_facts_and_clients_that_are_told_anew_are_on_the_next_page(
    served: HttpBackend, seed: Seed, store: Store
) -> None:
    asked: dict[str, JSON] = {
        "credit": "12.00",
        "todos": [{"kind": "pay_invoice", "subject": {"en": "May"}, "amount": "5"}],
    }
    for changed in (
        _with_client(seed, **asked),
        _with_client(_with_facts(seed, currency="USD"), **asked),
        _with_client(_with_facts(seed, currency="USD"), client="Ada Who Married", tags=[]),
    ):
        store.seed(changed)
        check(served, changed)
