"""The suite of `portalsync backend check`, on the reference portal: one definition for vendors and for us."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx2
import pytest
from tests.contract.conftest import Commits
from tests.contract.faults import Fault, Portal, Question, Reply, Spoilt
from tests.contract.gate import APPLIER, READER, guarded

from portalsync.catalog.visibility import INVOICES_VISIBLE
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit
from portalsync.conformance.checks import CHECKS
from portalsync.conformance.drafts import switches
from portalsync.conformance.probe import Probe
from portalsync.conformance.suite import begin, examine
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.conformance import Grade, PutBack
from portalsync.model.edit import Edit
from portalsync.model.trail import seal_of
from portalsync.resources import folder
from portalsync.server.app import create_app
from portalsync.server.in_process import InProcess
from portalsync.server.store import Store
from portalsync.wire import Origin

OF_TOKENS = {"token-required", "token-unknown", "reader-writes-nothing"}
CODES = [check.code for check in CHECKS]


@pytest.fixture
def probe(way: tuple[str, httpx2.BaseTransport]) -> Iterator[Probe]:
    probe = Probe(*way)
    yield probe
    probe.close()


@pytest.fixture
def behind(store: Store, now: datetime) -> Iterator[Probe]:
    """A portal that asks for tokens."""
    with guarded(create_app(store, lambda: now), is_careless=False) as (address, _gate):
        probe = Probe(address, token=APPLIER)
        yield probe
        probe.close()


def test_the_reference_portal_keeps_the_contract(probe: Probe) -> None:
    checked = examine(begin(probe, "alder"), CHECKS)
    assert checked.having(Grade.FAILED) == ()
    assert {each.code for each in checked.having(Grade.SKIPPED)} == OF_TOKENS
    assert [each.code for each in checked.checks] == CODES
    assert checked.is_kept


def test_a_portal_that_asks_for_tokens_keeps_it_too(behind: Probe) -> None:
    checked = examine(begin(behind, "alder", READER), CHECKS)
    assert [each for each in checked.checks if each.grade is not Grade.PASSED] == []


def test_what_stood_there_stands_there_again(probe: Probe, store: Store, commit: Commits) -> None:
    """What was changed by hand since the last plan too, and that it was."""
    store.commit("alder", 1, "plan", commit({"chat.clients_can_start": True}))
    writes = (
        Edit("chat.clients_can_start", before=True, after=False),
        Edit("profile.name", after="Alder & Co"),
    )
    by_hand = Commit(Origin.PORTAL, "Ms Alder", "", {}, writes, ())
    store.commit("alder", 2, "by hand", by_hand)
    before, others = store.state("alder"), [store.state(firm) for firm in ("birch", "cedar")]
    checked = examine(begin(probe, "alder"), CHECKS)
    after = store.state("alder")
    assert checked.put_back is PutBack.DONE
    assert (after.settings, after.managed) == (before.settings, before.managed)
    assert after.applied is not None
    assert store.state("alder", after.applied).settings == {"chat.clients_can_start": True}
    assert [store.state(firm) for firm in ("birch", "cedar")] == others
    assert store.verify_audit("alder") == ()


def trail_with_rooms(*, sealed: bool) -> Fault:
    """Audit rows and their chain, each row with a key of the portal's own: sealed with the rest, or added."""

    def chained(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for row in rows:
            previous = made[-1]["hash"] if made else ""
            plain = {**row, "previous": previous}
            own = {**plain, "room": {"floor": 3}}
            made.append({**own, "hash": seal_of(own if sealed else plain)})
        return made

    def fault(portal: Portal, question: Question) -> Reply:
        reply = portal.ask(question)
        if question.path.endswith("/audit"):
            return reply.saying(audit=chained(reply.json["audit"]))
        if question.is_settings:
            trail = portal.ask(replace(question, path=f"/v1/firms/{question.firm}/audit"))
            return reply.saying(audit=chained(trail.json["audit"])[-1]["hash"])
        return reply

    return fault


@pytest.mark.parametrize(("sealed", "grade"), [(True, Grade.PASSED), (False, Grade.FAILED)])
def test_a_row_of_the_trail_is_sealed_with_the_keys_that_are_the_portals_own(
    store: Store, commit: Commits, *, sealed: bool, grade: Grade
) -> None:
    """Seen to fail: such a portal's chain did not hold, for the hash of the known keys is another."""
    store.commit("alder", 1, "one", commit({"chat.clients_can_start": True}))
    kept = InProcess(create_app(store, store._clock), store)  # noqa: SLF001 - the same clock
    trial = begin(Probe("http://localhost", Spoilt(kept, trail_with_rooms(sealed=sealed))), "alder")
    chain = [check for check in CHECKS if check.code == "audit-chain"]
    assert [each.grade for each in examine(trial, chain, "Nothing is written.").checks] == [grade]


def test_unless_a_firm_is_named_nothing_is_written(probe: Probe, store: Store) -> None:
    before = store.state("alder"), store.audit("alder")
    checked = examine(begin(probe), CHECKS, "Nobody agreed.")
    assert (store.state("alder"), store.audit("alder")) == before
    assert checked.put_back is PutBack.NOTHING
    skipped = {each.code for each in checked.having(Grade.SKIPPED)}
    assert skipped == {check.code for check in CHECKS if check.writes} | OF_TOKENS


def test_a_switch_that_another_option_reads_is_not_written() -> None:
    """Seen to fail: a firm that takes prepayments was asked to hide its invoices, and its portal refused."""
    paths = [*switches(vocabulary())]
    assert "chat.clients_can_start" in paths
    assert INVOICES_VISIBLE.path not in paths


def test_each_check_has_its_own_name_and_a_section_of_the_contract() -> None:
    text = (folder("schemas").parent / "docs" / "contract.md").read_text(encoding="utf-8")
    headings = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}
    assert len(set(CODES)) == len(CODES) >= 80
    assert {check.section for check in CHECKS} <= headings


@pytest.mark.parametrize("locale", LOCALES)
def test_each_demand_has_its_words_and_nothing_else_has(locale: str) -> None:
    prefix = "conformance.checks."
    worded = {key.removeprefix(prefix) for key in lexicon_of(locale).keys() if key.startswith(prefix)}  # noqa: SIM118 - a lexicon is no mapping
    assert worded == {*CODES}
