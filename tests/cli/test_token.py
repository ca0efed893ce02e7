"""The portal's token on the command line: only as a variable, and never shown."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import httpx2
import pytest
from tests.cli.conftest import AT, Cli, everything
from tests.cli.test_bad_input import at_address
from tests.contract.gate import APPLIER, READER, STRANGER, guarded

from portalsync.cli import run
from portalsync.pipeline.load import load, seed_of
from portalsync.server.app import create_app
from portalsync.server.store import Store

TOKENS = (READER, APPLIER, STRANGER)


@pytest.fixture
def guarded_world(world: Path, tmp_path: Path) -> Iterator[Path]:
    """The configuration, for a portal that asks for tokens."""
    store = Store.open(tmp_path / "guarded.db", lambda: datetime.now(UTC))
    store.seed(seed_of(load(world / "portal-config")))
    with guarded(create_app(store, lambda: datetime.now(UTC))) as (address, _gate):
        at_address(world, address)
        yield world
    store.close()


@pytest.mark.parametrize(
    ("token", "code", "says"),
    [
        ("", 1, "asks for a token (401), and no token was given."),
        (STRANGER, 1, "does not accept the token in PORTALSYNC_TOKEN (401)."),
        (READER, 1, "does not let the token in PORTALSYNC_TOKEN apply (403)."),
        (f"{APPLIER}\n", 0, ""),
    ],
)
def test_apply(  # noqa: PLR0913, PLR0917 - the case, and what it happens in
    token: str, code: int, says: str, guarded_world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One code for all who are turned away, and words that tell them apart."""
    monkeypatch.setenv("PORTALSYNC_TOKEN", token)
    before = everything(guarded_world)
    result = cli("apply", "--yes", "--output-file=json=receipt.json", AT)
    assert result.code == code
    assert says in result.err
    written = "".join(str(content) for content in everything(guarded_world).values())
    assert not any(each in result.out + result.err + written for each in TOKENS)
    (guarded_world / "receipt.json").unlink()
    assert everything(guarded_world) == before, "the portal is elsewhere"


def test_what_is_no_token(guarded_world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    del guarded_world
    monkeypatch.setenv("PORTALSYNC_TOKEN", f"Bearer {READER}")
    result = cli("plan", AT)
    assert result.code == 1
    assert "PORTALSYNC_TOKEN holds no token" in result.err
    assert READER not in result.out + result.err


def test_the_embedded_portal_does_not_look_at_it(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    monkeypatch.setenv("PORTALSYNC_TOKEN", "no token at all")
    result = cli("plan", AT)
    assert result.code == 0
    assert "PORTALSYNC_TOKEN" not in result.out + result.err


def test_a_misspelt_variable_is_named_and_its_value_is_not(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_TOKN", READER)
    result = cli("validate")
    assert result.code == 64
    assert "Did you mean PORTALSYNC_TOKEN?" in result.err
    assert READER not in result.err


def test_no_option_takes_it(cli: Cli) -> None:
    """It would stand in the list of processes and in the shell's history."""
    for command in ("plan", "apply", "preview"):
        assert cli(command, "--token=x").code == 64


def test_the_traceback_of_a_bug_holds_no_token(guarded_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of one that names the headers of its request, as httpx2 prints them."""
    del guarded_world

    def broken(_client: httpx2.Client, request: httpx2.Request, **_: object) -> httpx2.Response:
        raise RuntimeError(f"{request!r} {request.headers!r}")

    monkeypatch.setenv("PORTALSYNC_TOKEN", READER)
    monkeypatch.setenv("PORTALSYNC_DEBUG", "1")
    monkeypatch.setattr(httpx2.Client, "send", broken)
    err = StringIO()
    monkeypatch.setattr("sys.stderr", err)
    assert run(["plan", AT]) == 70
    assert "Traceback" in err.getvalue()
    assert "authorization" in err.getvalue()
    assert READER not in err.getvalue()
