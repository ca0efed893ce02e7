"""What can be read, page by page, and what is said when it is not there."""

from collections.abc import Callable
from datetime import datetime

import httpx2
import pytest
from sqlalchemy import event

from portalsync.backend.http import HttpBackend
from portalsync.backend.protocol import Seed
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit, Conditional
from portalsync.errors import BackendError, FirmUnknown
from portalsync.model.trail import seal_of
from portalsync.model.verification import Flaw, FlawAt
from portalsync.server.store import Store
from portalsync.wire import PortalInfo

Commits = Callable[..., Commit]
CHAT = "chat.clients_can_start"


def test_the_portal_says_who_it_is(backend: HttpBackend, store: Store) -> None:
    assert backend.portal() == PortalInfo(store.portal().portal, vocabulary())


def test_firms_come_sorted_and_page_by_page(backend: HttpBackend, store: Store) -> None:
    ids = [f"firm-{number}" for number in range(501)]
    store.seed(Seed({firm: {"firm": firm, "currency": "EUR"} for firm in ids}))
    assert [firm.id for firm in backend.firms()] == sorted(["alder", "birch", "cedar", *ids])


def test_digests_are_made_from_what_is_there(
    backend: HttpBackend, commit: Commits, store: Store, raw: httpx2.Client
) -> None:
    """Whatever the list says. Seen to fail when they were read from it."""
    backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    assert [*backend.summaries(["cedar", "nobody", "alder"])] == [
        next(backend.firms()),
        [*backend.firms()][-1],
    ]
    planned = backend.state("alder").digest
    with store._writer.begin() as connection:  # noqa: SLF001 - what no code of ours does: a change behind its back
        connection.exec_driver_sql("update generations set settings = replace(settings, ':', ' : ')")
    assert [each.digest for each in backend.summaries(["alder"])] == [planned]
    with store._writer.begin() as connection:  # noqa: SLF001 - the same
        connection.exec_driver_sql("update generations set settings = '{}' where generation = 2")
    assert (
        [each.digest for each in backend.summaries(["alder"])] == [backend.state("alder").digest] != [planned]
    )
    for firms in ("", ",", "alder,", ",".join(["alder"] * 51)):
        assert raw.get(f"/v1/digests?firms={firms}").json()["type"] == "urn:portalsync:problem:malformed"
    assert [*backend.summaries([f"nobody-{number}" for number in range(120)])] == []


def test_states_together_are_what_each_firm_says(
    backend: HttpBackend, commit: Commits, raw: httpx2.Client
) -> None:
    backend.commit([Conditional("birch", 1, "k", commit({CHAT: False}))])
    assert [*backend.states(["birch", "nobody", "alder"])] == [
        (backend.state(firm), backend.facts(firm)) for firm in ("alder", "birch")
    ]
    for firms in ("", ",", "alder,", ",".join(["alder"] * 51)):
        assert raw.get(f"/v1/states?firms={firms}").json()["type"] == "urn:portalsync:problem:malformed"
    assert [*backend.states([f"nobody-{number}" for number in range(120)])] == []


def test_what_somebody_changed_behind_its_back_is_told(
    backend: HttpBackend, commit: Commits, store: Store
) -> None:
    """A list says what the last commit left; a firm's own answer, what is there."""
    before = next(backend.firms()).digest
    backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    summary = next(backend.firms())
    assert summary.digest == backend.state("alder").digest != before
    assert summary.managed
    with store._writer.begin() as connection:  # noqa: SLF001 - what no code of ours does: a change behind its back
        connection.exec_driver_sql("update generations set settings = '{}' where generation = 2")
    assert next(backend.firms()).digest == summary.digest != backend.state("alder").digest
    assert FlawAt(2, Flaw.DIGEST) in store.verify_audit("alder")


def test_a_past_generation_says_what_was_applied_then(backend: HttpBackend, commit: Commits) -> None:
    backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    assert (backend.state("alder", 1).applied, backend.state("alder", 2).applied) == (None, 2)


def test_the_audit_trail_page_by_page(raw: httpx2.Client, backend: HttpBackend, commit: Commits) -> None:
    backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    first = raw.get("/v1/firms/alder/audit?limit=1").json()
    rest = raw.get(f"/v1/firms/alder/audit?after={first['next']}").json()
    assert [row["seq"] for row in first["audit"] + rest["audit"]] == [1, 2]
    assert rest["next"] is None


def test_every_state_names_the_last_row_that_the_audit_trail_had_then(
    raw: httpx2.Client, backend: HttpBackend, commit: Commits
) -> None:
    backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    first, last = (row["hash"] for row in raw.get("/v1/firms/alder/audit").json()["audit"])
    assert (backend.state("alder", 1).audit, backend.state("alder").audit) == (first, last)
    assert [firm.audit for firm in backend.firms()] == [
        backend.state(firm.id).audit for firm in backend.firms()
    ]
    assert len({firm.audit for firm in backend.firms()}) == 3


def test_the_past_goes_back_page_by_page(backend: HttpBackend, store: Store, commit: Commits) -> None:
    """What no question tells at once, several do; the trail comes as it was answered, its hashes hold."""
    for number in range(1, 105):
        store.commit("alder", number, f"k{number}", commit({}, before={}))
    newest = backend.history("alder")
    older = backend.older("alder", newest[-1].generation)
    assert [each.generation for each in (*newest, *older)] == [*range(105, 0, -1)]
    assert backend.older("alder", 1) == ()
    rows = [*backend.audit("alder")]
    assert [row["hash"] for row in rows] == [seal_of(row) for row in rows]
    assert [row["seq"] for row in rows] == [*range(1, 106)]


def test_who_tells_the_newest_only_tells_nothing_older(backend: HttpBackend, store: Store) -> None:
    newest = store.history("alder")
    store.history = lambda *_: newest  # type: ignore[method-assign] # a portal that knows no `before`
    assert backend.older("alder", 1) == ()


def test_all_firms_are_listed_with_one_question_to_the_database(store: Store) -> None:
    asked: list[str] = []
    engine = store._engine  # noqa: SLF001 - what a store asks is seen there alone
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert len(store.firms()) == 3
    assert sum("SELECT" in statement for statement in asked) == 1


@pytest.mark.parametrize("etag", ['"1"', 'W/"1"', '"7", "1"', "*"])
def test_what_the_asker_has_is_not_sent_again(raw: httpx2.Client, etag: str) -> None:
    answer = raw.get("/v1/firms/alder/settings", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("firm", ["nobody", "ALDER", "alder ", "..", "a/b", "alder\x00", "ü", "%61lder"])
def test_a_firm_that_is_not_there(backend: HttpBackend, firm: str, now: datetime) -> None:
    for ask in (backend.state, backend.facts):
        with pytest.raises(BackendError):
            ask(firm)
    with pytest.raises(BackendError):
        backend.page(firm, "ada", "en", "web-home.html", now)


def test_an_unknown_firm_is_told_apart_from_other_failures(backend: HttpBackend, now: datetime) -> None:
    for ask in (backend.state, backend.facts, backend.history):
        with pytest.raises(FirmUnknown):
            ask("nobody")
    with pytest.raises(FirmUnknown):
        backend.state("nobody", 1)
    with pytest.raises(FirmUnknown):
        backend.page("nobody", "ada", "en", "web-home.html", now)
    with pytest.raises(BackendError, match="generation-unknown") as caught:
        backend.state("alder", 2)
    assert not isinstance(caught.value, FirmUnknown)
