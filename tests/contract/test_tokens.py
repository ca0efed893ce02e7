"""A portal that asks for tokens: who comes in, what others are told, and where a token never goes."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from tests.clocks import hurried
from tests.contract.conftest import Commits
from tests.contract.gate import APPLIER, READER, STRANGER, Gate, guarded

from portalsync.backend.access import Token
from portalsync.backend.connect import connected
from portalsync.backend.http import HttpBackend
from portalsync.commits import Committed, Conditional
from portalsync.errors import AccessDenied, BackendError, ExitCode
from portalsync.server.app import create_app
from portalsync.server.serve import running
from portalsync.server.store import Store

CHAT = "chat.clients_can_start"


@pytest.fixture
def behind(store: Store, now: datetime) -> Iterator[tuple[str, Gate]]:
    """A portal's address, and the gate before it."""
    with guarded(create_app(store, lambda: now)) as made:
        yield made


def came(address: str, token: str = "") -> HttpBackend:
    return HttpBackend(address, patience=hurried(), token=Token(token) if token else None)


def test_a_reader_reads_everything_and_writes_nothing(
    behind: tuple[str, Gate], commit: Commits, now: datetime, store: Store
) -> None:
    with came(behind[0], READER) as backend:
        backend.portal()
        assert [firm.id for firm in backend.firms()] == ["alder", "birch", "cedar"]
        assert backend.state("alder").generation == 1
        assert backend.facts("alder").raw["firm"] == "alder"
        assert len(backend.history("alder")) == 1
        assert b"<html" in backend.page("alder", "ada", "en", "web-home.html", now)
        with pytest.raises(AccessDenied) as caught:
            backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    assert caught.value.exit_code is ExitCode.ERROR
    assert (
        str(caught.value)
        == f"The portal at {behind[0]} does not let the token in PORTALSYNC_TOKEN apply (403)."
    )
    assert str(caught.value.diagnostic.hint).startswith(
        "Nothing was written. Give one in the variable PORTALSYNC_TOKEN"
    )
    assert "to apply, one that may apply" in str(caught.value.diagnostic.hint)
    assert store.state("alder").generation == 1


def test_a_token_that_may_apply(behind: tuple[str, Gate], commit: Commits) -> None:
    with came(behind[0], APPLIER) as backend:
        (answer,) = backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
        assert isinstance(answer, Committed)
        assert backend.state("alder").settings[CHAT] is False
    assert behind[1].turned_away == []


@pytest.mark.parametrize(
    ("token", "message", "hint"),
    [
        ("", "asks for a token (401), and no token was given.", "Give one in the variable PORTALSYNC_TOKEN"),
        (STRANGER, "does not accept the token in PORTALSYNC_TOKEN (401).", "no longer valid"),
    ],
)
def test_others_are_told_what_is_missing(
    token: str, message: str, hint: str, behind: tuple[str, Gate], commit: Commits
) -> None:
    """Asked once and no more: another try would not help."""
    with came(behind[0], token) as backend:
        with pytest.raises(AccessDenied) as reading:
            backend.portal()
        with pytest.raises(AccessDenied) as writing:
            backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    for caught in (reading, writing):
        assert str(caught.value).endswith(message)
        assert hint in str(caught.value.diagnostic.hint)
        assert STRANGER not in f"{caught.value.diagnostic.message}{caught.value.diagnostic.hint}"
    assert "Nothing was written." in str(writing.value.diagnostic.hint)
    assert behind[1].turned_away == [("GET", 401), ("POST", 401)]


def test_a_large_commit_is_turned_away_as_well(behind: tuple[str, Gate], commit: Commits) -> None:
    """The gate answers and hangs up before it has read the body: a refusal, not an unknown outcome."""
    large = commit({"profile.logo": "x" * 1_900_000})
    with came(behind[0], READER) as backend, pytest.raises(AccessDenied):
        backend.commit([Conditional("alder", 1, "k", large)])


def test_a_token_is_read_where_the_portal_is_connected(
    behind: tuple[str, Gate], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the variable, as a file of secrets ends: with a line break. Other backends do not look at it."""
    monkeypatch.setenv("PORTALSYNC_TOKEN", f"{READER}\n")
    with connected("http", {"url": behind[0]}, tmp_path) as portal:
        portal.portal()
    monkeypatch.setenv("PORTALSYNC_TOKEN", "")
    with connected("http", {"url": behind[0]}, tmp_path) as portal, pytest.raises(AccessDenied, match="401"):
        portal.portal()
    monkeypatch.setenv("PORTALSYNC_TOKEN", "no token at all")
    with connected("embedded", {"database": "portal.db"}, tmp_path) as portal:
        portal.portal()


def test_no_other_address_gets_the_token(store: Store) -> None:
    """A portal that leads elsewhere, to another host or to a port beside it, is not followed.

    Seen to fail: a client that follows redirects was sent to the other server.
    """
    del store
    seen: list[str] = []

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(str(Request(scope).headers.get("authorization")))
        await Response()(scope, receive, send)

    with running(elsewhere) as other:

        async def misleading(scope: Scope, receive: Receive, send: Send) -> None:
            await RedirectResponse(f"{other}{scope['path']}", 307)(scope, receive, send)

        with running(misleading) as address, came(address, READER) as backend:
            for ask in (backend.portal, lambda: backend.state(f"{other}/x"), lambda: backend.facts("//evil")):
                with pytest.raises(BackendError, match="307"):
                    ask()
    assert seen == []


def test_nothing_prints_a_token(
    behind: tuple[str, Gate], commit: Commits, caplog: pytest.LogCaptureFixture
) -> None:
    """No log of any library at its most talkative, no error with all its causes, no `repr`."""
    caplog.set_level(logging.DEBUG)
    said = []
    for token in (READER, STRANGER):
        with came(behind[0], token) as backend:
            said += [repr(backend), str(backend), repr(vars(backend))]
            said += [repr(Token(token)), str(Token(token))]
            try:
                backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
            except AccessDenied as error:
                said += [str(error), repr(error), str(error.diagnostic.hint)]
    said += [repr(vars(record)) for record in caplog.records]
    assert len(caplog.records) > 10
    assert not any(token in text for token in (READER, STRANGER) for text in said)
