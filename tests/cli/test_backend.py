"""`portalsync backend check`: what a vendor reads about a portal, and what is written there."""

import json
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring

import click
import pytest
from jsonschema import Draft202012Validator
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.cli.conftest import Cli
from tests.contract.gate import APPLIER, READER, guarded

from portalsync.backend.protocol import Seed
from portalsync.commits import Problem
from portalsync.conformance.checks import CHECKS
from portalsync.model.settings import differing
from portalsync.server.app import create_app
from portalsync.server.problems import problem_response
from portalsync.server.serve import running
from portalsync.server.store import Store
from portalsync.views.published import published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "portal.db", lambda: datetime.now(UTC))
    store.seed(Seed({firm: {"firm": firm, "currency": "EUR"} for firm in ("alder", "birch")}))
    yield store
    store.close()


@pytest.fixture
def app(store: Store) -> ASGIApp:
    return create_app(store, lambda: datetime.now(UTC))


@pytest.fixture
def address(app: ASGIApp) -> Iterator[str]:
    with running(app) as address:
        yield address


def test_without_a_firm_it_reads_and_says_so(
    address: str, store: Store, cli: Cli, requests: list[str]
) -> None:
    """Whatever a portal makes of other methods, it is asked with none but GET."""
    done = cli("backend", "check", address)
    assert done.code == 0, done.out
    assert "Nothing is written unless a firm is named for it with --firm." in done.out
    assert "✓ settings-digest " in done.out
    assert "Looked at: alder" in done.out
    assert {*requests} == {"GET"}
    assert store.state("alder").generation == 1


def test_the_firm_that_is_named_is_written_to_and_put_back(address: str, store: Store, cli: Cli) -> None:
    done = cli("backend", "check", address, "--firm=birch", "--yes")
    assert done.code == 0, done.out
    assert "birch has its settings and claims again." in done.out
    assert store.state("alder").generation == 1
    assert store.state("birch").generation > 1
    assert store.state("birch").settings == {}


@pytest.mark.parametrize(("answer", "generation"), [("n", 1), ("", 1), ("yes", 2)])
def test_it_asks_before_it_writes(  # noqa: PLR0913, PLR0917 - the case, and what it happens in
    answer: str, generation: int, address: str, store: Store, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def prompt(text: str, **_options: object) -> str:
        asked.append(text)
        return answer

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    done = cli("backend", "check", address, "--firm=birch")
    assert done.code == 0
    assert ("Nobody agreed to anything being written." in done.out) == (generation == 1)
    assert asked == [f"Write to “birch” at {address}, and put back what stands there? [y/N]"]
    assert min(store.state("birch").generation, 2) == generation


def test_where_nobody_can_be_asked_nothing_is_written(address: str, store: Store, cli: Cli) -> None:
    done = cli("backend", "check", address, "--firm=birch")
    assert done.code == 64
    assert "Nobody is there to ask.\n  = help: Add --yes." in done.err
    assert store.state("birch").generation == 1


def test_in_german(address: str, cli: Cli) -> None:
    done = cli("backend", "check", address, "--lang=de")
    assert done.out.startswith(f"Der Vertrag, geprüft an {address}\n")
    assert "Geschrieben wird nur, wenn mit --firm eine Kanzlei dafür genannt ist." in done.out


def test_for_programs(address: str, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "checks.xml"
    done = cli("backend", "check", address, "--format=json", f"--output-file=junit={out}")
    body = json.loads(done.out)
    assert [*Draft202012Validator(published()["conformance.v1.schema.json"]).iter_errors(body)] == []
    assert [each["code"] for each in body["checks"]] == [check.code for check in CHECKS]
    assert (body["firm"], body["put_back"], body["interrupted"]) == ("alder", "nothing", False)
    suite = fromstring(out.read_text("utf-8"))[0]  # noqa: S314 - our own file
    assert suite.attrib["tests"] == str(len(CHECKS))
    assert len(suite.findall("testcase/skipped")) == sum(
        each["grade"] == "skipped" for each in body["checks"]
    )


class Hostile:
    """Answers to the list of firms with what acts in a terminal, and with the token it got."""

    def __init__(self, portal: ASGIApp) -> None:
        self.portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/v1/firms":
            await self.portal(scope, receive, send)
            return
        token = dict(scope["headers"]).get(b"authorization", b"")
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"\x1b[31m::set-output \xe2\x80\xae" + token})


@pytest.mark.parametrize("form", ["text", "markdown", "json", "junit"])
def test_a_hostile_answer_is_shown_escaped_and_without_the_token(
    form: str, app: ASGIApp, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALSYNC_TOKEN", APPLIER)
    with running(Hostile(app)) as address:
        done = cli("backend", "check", address, "--firm=alder", "--yes", f"--format={form}")
    assert done.code == 1
    assert "firms-sorted" in done.out
    assert "Bearer […]" in done.out
    for acts in ("\x1b", "\u202e", APPLIER):
        assert acts not in done.out + done.err


def test_a_token_that_may_only_read_skips_what_writes(
    app: ASGIApp, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALSYNC_TOKEN", READER)
    with guarded(app, is_careless=False) as (address, _):
        done = cli("backend", "check", address, "--firm=alder", "--yes")
    assert done.code == 0, done.out
    assert "The token in PORTALSYNC_TOKEN may not write." in done.out


def test_a_reader_that_writes_is_caught(app: ASGIApp, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second token is named by its own variable."""
    monkeypatch.setenv("PORTALSYNC_TOKEN", APPLIER)
    monkeypatch.setenv("PORTALSYNC_READER_TOKEN", APPLIER)
    with guarded(app, is_careless=False) as (address, _):
        done = cli("backend", "check", address, "--firm=alder", "--yes")
    assert done.code == 1
    assert "✗ reader-writes-nothing" in done.out
    monkeypatch.setenv("PORTALSYNC_READER_TOKEN", "no token")
    assert "PORTALSYNC_READER_TOKEN" in cli("backend", "check", address).err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["http://portal.example"], 1, "https"),
        (["http://127.0.0.1:9"], 1, "cannot be reached: nobody listens there."),
        (["{address}", "--firm=nobody", "--yes"], 1, "does not have this firm"),
        ([], 64, "URL"),
    ],
)
def test_what_cannot_be_checked(arguments: list[str], code: int, says: str, address: str, cli: Cli) -> None:
    done = cli("backend", "check", *(each.format(address=address) for each in arguments))
    assert done.code == code
    assert says in done.err


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_could_not_be_put_back_is_said(form: str, app: ASGIApp, store: Store, cli: Cli) -> None:
    """The portal takes one commit, and then no other."""
    taken: list[bytes] = []

    async def once(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and taken:
            await problem_response(Problem("forbidden", "No more.", 403))(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message.get("status") == 201:
                taken.append(b"")
            await send(message)

        await app(scope, receive, noted)

    with running(once) as address:
        done = cli("backend", "check", address, "--firm=alder", "--yes", f"--format={form}")
    left = sorted(differing({}, store.state("alder").settings))
    assert done.code == 1
    if form == "text":
        assert f"Could not be put back: {', '.join(left)}" in done.out
        assert "Look at alder." in done.out
    else:
        body = json.loads(done.out)
        assert body["put_back"] == "failed"
        assert body["left"] == left


@pytest.mark.parametrize(
    ("after", "signals", "code"), [(1, ["INT"], 130), (40, ["TERM"], 143), (90, ["INT", "TERM"], 130)]
)
def test_broken_off_it_puts_back_what_it_wrote(  # noqa: PLR0913, PLR0917 - the case, and what it happens in
    after: int, signals: list[str], code: int, store: Store, app: ASGIApp, cli: Cli
) -> None:
    """While a commit is on its way. Its check comes to its end, unless there is a second signal; no further
    one begins.
    """

    class Breaking:
        commits = 0

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope, receive, send)
            if scope["method"] == "POST":
                Breaking.commits += 1
                for name in signals if Breaking.commits == after else ():
                    signal.raise_signal(signal.Signals[f"SIG{name}"])

    before = store.state("alder")
    with running(Breaking()) as address:
        done = cli("backend", "check", address, "--firm=alder", "--yes")
    assert done.code == code
    assert "No further check is made, and what was written is put back." in done.err
    assert "Broken off: not all checks were made." in done.out
    assert (store.state("alder").settings, store.state("alder").managed) == (before.settings, before.managed)
