"""The audit trail tells the whole story, and tells when somebody rewrote it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portalsync.commits import Commit
from portalsync.json_bodies import answer_of
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT
from portalsync.model.verification import Flaw, FlawAt
from portalsync.server.store import Store
from portalsync.wire import AuditEntry

Commits = Callable[..., Commit]
CHAT = "chat.clients_can_start"


@pytest.fixture
def changed(store: Store, commit: Commits) -> Store:
    """A firm with four generations."""
    store.commit("alder", 1, "k1", commit({CHAT: False}))
    store.commit("alder", 2, "k2", commit({CHAT: True}, before={CHAT: False}))
    store.commit("alder", 3, "k3", commit({CHAT: None}, before={CHAT: True}))
    return store


def test_an_honest_trail_holds(changed: Store) -> None:
    assert changed.verify_audit("alder") == ()
    assert changed.verify_audit("birch") == ()
    assert [row.generation for row in changed.audit("alder")] == [1, 2, 3, 4]


def test_what_was_acknowledged_stands_in_it(store: Store, commit: Commits) -> None:
    accepted = ("changed-firms:120", "new-host:pay.example.com")
    store.commit("alder", 1, "k1", replace(commit({CHAT: False}), acknowledged=accepted))
    assert [row.acknowledged for row in store.audit("alder")] == [(), accepted]
    assert store.verify_audit("alder") == ()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("update audit set actor = 'nobody' where seq = 2", FlawAt(2, Flaw.CHANGED)),
        ("update audit set acknowledged = '[\"all\"]' where seq = 2", FlawAt(2, Flaw.CHANGED)),
        ("update audit set acknowledged = null where seq = 3", FlawAt(3, Flaw.CHANGED)),
        ("update audit set at = '2020-01-01' where seq = 4", FlawAt(4, Flaw.CHANGED)),
        (
            "update audit set previous = 'x' where seq = 3",
            FlawAt(3, Flaw.UNCHAINED),
        ),
        ("delete from audit where seq = 2", FlawAt(2, Flaw.MISSING)),
        ("delete from audit where seq = 4", FlawAt(0, Flaw.END)),
        ("delete from audit", FlawAt(0, Flaw.END)),
        (
            "update generations set writes = '[]' where generation = 2",
            FlawAt(2, Flaw.WRITES),
        ),
        (
            "update generations set settings = '{\"chat.clients_can_start\":true}' where generation = 4",
            FlawAt(4, Flaw.SETTINGS),
        ),
        ("update firms set generation = 2", FlawAt(0, Flaw.END)),
        ("update firms set digest = 'sha256:0'", FlawAt(4, Flaw.DIGEST)),
        ("update firms set claims = 7", FlawAt(4, Flaw.CLAIMS)),
        ("update firms set audit = 'sha256:0'", FlawAt(4, Flaw.HEAD)),
        ("update generations set settings = '{' where generation = 4", FlawAt(0, Flaw.DAMAGED)),
    ],
)
def test_a_rewritten_trail_is_told(changed: Store, statement: str, expected: FlawAt) -> None:
    mine = f"{'id' if 'firms' in statement else 'firm'} = 'alder'"
    with changed._writer.begin() as connection:  # noqa: SLF001 - what no code of ours does
        connection.exec_driver_sql(f"{statement} {'and' if 'where' in statement else 'where'} {mine}")
    assert expected in changed.verify_audit("alder")
    assert changed.verify_audit("birch") == ()


def test_rows_from_before_there_were_guardrails_are_read(changed: Store) -> None:
    [row, *_] = (encode(each) for each in changed.audit("alder"))
    del row["acknowledged"]
    assert answer_of(AuditEntry, row).acknowledged is ABSENT
