"""How long a portal is waited for, and what it asks of us itself."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import httpx2
import pytest
from tests.clocks import Clock, hurried
from tests.sockets import listening

from portalsync.backend.http import HttpBackend
from portalsync.backend.refusals import on_refusal
from portalsync.backend.retries import Patience, seconds
from portalsync.commits import Commit, Conditional
from portalsync.errors import AccessDenied, BackendUnreachable, ExitCode, OutcomeUnknown, PortalBusy
from portalsync.lexicon import lexicon_of
from portalsync.model.edit import Edit
from portalsync.moments import from_now
from portalsync.wire import Origin

HELLO = {"api": "v1", "portal": "p", "options": {}}
BUSY = {"type": "busy", "title": "Busy.", "status": 503}
COMMIT = Commit(Origin.PORTAL, "tester", "", {}, (Edit("chat.clients_can_start", after=True),), ())
COMMITS = [Conditional("alder", 1, "k", COMMIT)]
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
AGES_AGO = "Thu, 01 Jan 1970 00:00:00 +99999999999999"


class Portal:
    """Answers from a list, the last one again and again, and notes when it was asked."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = [*answers]
        self.clock = Clock()
        self.asked: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        del request
        self.asked.append(self.clock.now())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def backend(self) -> HttpBackend:
        return HttpBackend("https://portal.example", httpx2.MockTransport(self), hurried(self.clock))

    @property
    def waits(self) -> list[float]:
        return [later - earlier for earlier, later in zip(self.asked, self.asked[1:], strict=False)]


def busy(retry_after: str = "", status: int = 503) -> httpx2.Response:
    headers = {"content-type": "application/problem+json", "retry-after": retry_after}
    return httpx2.Response(status, headers=headers, content=json.dumps(BUSY))


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "when", "wann"),
    [
        ("3600", "in an hour", "in einer Stunde"),
        ("180", "in 3 minutes", "in 3 Minuten"),
        ("95", "in 95 seconds", "in 95 Sekunden"),
        ("5700", "in 95 minutes", "in 95 Minuten"),
        ("86400", "in a day", "in einem Tag"),
        ("999999999999", "in more than a year", "in mehr als einem Jahr"),
        ("9" * 400, "in more than a year", "in mehr als einem Jahr"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "in more than a year", "in mehr als einem Jahr"),
    ],
)
def test_a_portal_that_asks_to_come_back_is_left_alone_and_says_when(
    status: int, asked: str, when: str, wann: str
) -> None:
    portal = Portal(busy(asked, status))
    with pytest.raises(BackendUnreachable) as caught:
        portal.backend.portal()
    message = caught.value.diagnostic.message
    assert str(message) == f"The portal at https://portal.example is busy and asks to come back {when}."
    german = f"Das Portal unter https://portal.example ist ausgelastet und bittet, {wann} wiederzukommen."
    assert lexicon_of("de").say(message) == german
    assert caught.value.exit_code is ExitCode.ERROR
    assert portal.asked == [0.0]


def test_a_date_is_said_as_the_time_until_then() -> None:
    """The clock is the machine's own here; a date in whole seconds is never more than one off."""
    then = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)
    with pytest.raises(BackendUnreachable, match="asks to come back in 5 hours"):
        Portal(busy(then)).backend.portal()


def test_a_commit_that_finds_the_portal_busy_is_sent_once_and_open() -> None:
    """A batch is no transaction: what was done of it is read back, when the portal can be read again."""
    portal = Portal(busy("3600"))
    with pytest.raises(PortalBusy, match="busy and asks to come back in an hour"):
        portal.backend.commit(COMMITS)
    assert len(portal.asked) == 1


def too_often(retry_after: str) -> httpx2.Response:
    problem = {"type": "too-many-requests", "title": "Too many requests.", "status": 429}
    headers = {"content-type": "application/problem+json", "retry-after": retry_after}
    return httpx2.Response(429, headers=headers, content=json.dumps(problem))


def test_a_commit_that_came_too_often_was_not_begun() -> None:
    """The contract says so of this problem, and of no other 429: there is nothing to be read back."""
    portal = Portal(too_often("3600"))
    with pytest.raises(BackendUnreachable, match="busy and asks to come back in an hour"):
        portal.backend.commit(COMMITS)
    assert len(portal.asked) == 1
    with pytest.raises(PortalBusy):
        Portal(httpx2.Response(429, headers={"retry-after": "3600"})).backend.commit(COMMITS)
    with pytest.raises(PortalBusy):
        Portal(httpx2.ReadError("reset"), too_often("3600")).backend.commit(COMMITS)


def test_what_is_refused_after_it_came_too_often_is_refused() -> None:
    refused = {"type": "forbidden", "title": "No.", "status": 403}
    headers = {"content-type": "application/problem+json"}
    answer = httpx2.Response(403, headers=headers, content=json.dumps(refused))
    with pytest.raises(AccessDenied):
        Portal(too_often("1"), answer).backend.commit(COMMITS)


def test_what_it_asks_for_is_waited() -> None:
    portal = Portal(busy("20"), httpx2.Response(200, json=HELLO))
    assert portal.backend.portal().portal == "p"
    assert 20 <= portal.waits[0] < 21


@pytest.mark.parametrize("asked", ["0", "", "-5", "soon", "1e9", LONG_AGO, AGES_AGO])
def test_a_wait_that_is_none_is_ours(asked: str) -> None:
    """Seen: five tries in 10 ms for a 0, and exit code 70 for an offset of millions of years."""
    portal = Portal(busy(asked))
    with pytest.raises(BackendUnreachable, match="503"):
        portal.backend.portal()
    assert min(portal.waits) >= 0.5
    assert max(portal.waits) <= 7.5
    assert 10 < len(portal.asked) < 40
    assert 30 < portal.clock.now() <= 60


@pytest.mark.parametrize("status", [202, 301, 302, 307, 308])
def test_another_answer_asks_for_nothing(status: int) -> None:
    """What a redirect or an unfinished request says of the time is not for us: it is no answer."""
    headers = {"retry-after": "3600", "location": "/x"}
    portal = Portal(httpx2.Response(status, headers=headers))
    with pytest.raises(OutcomeUnknown, match=str(status)) as caught:
        portal.backend.commit(COMMITS)
    assert not isinstance(caught.value, PortalBusy)
    assert len(portal.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("refused"),
        httpx2.ReadError("reset"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.Response(502),
        httpx2.Response(503),
        httpx2.Response(504),
    ],
    ids=str,
)
@pytest.mark.parametrize("ask", ["portal", "commit"])
def test_a_portal_that_restarts_is_waited_for(trouble: httpx2.Response | Exception, ask: str) -> None:
    """At least 30 seconds, for a commit too: its key makes repeating it harmless."""
    portal = Portal(trouble)
    backend = portal.backend
    call: Callable[[], object] = backend.portal if ask == "portal" else partial(backend.commit, COMMITS)
    with pytest.raises((BackendUnreachable, OutcomeUnknown)):
        call()
    assert portal.asked[-1] >= 30
    assert all(0.5 <= wait <= 7.5 for wait in portal.waits)


def test_a_portal_that_is_busy_for_a_second_at_a_time_is_said_to_answer_so() -> None:
    with pytest.raises(BackendUnreachable, match=r"answered 503 \(busy\), however often it was asked"):
        Portal(busy("1")).backend.portal()


def test_no_two_wait_alike() -> None:
    """Many who were cut off at once do not come back at once."""
    first, second = (Portal(httpx2.ConnectError("refused")) for _ in range(2))
    for portal in (first, second):
        with pytest.raises(BackendUnreachable):
            portal.backend.portal()
    assert first.waits != second.waits


def test_a_name_that_nobody_has_is_not_asked_for_again() -> None:
    nowhere = httpx2.ConnectError("nowhere")
    nowhere.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    portal = Portal(nowhere)
    with pytest.raises(BackendUnreachable):
        portal.backend.portal()
    assert portal.asked == [0.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("9" * 40, 1e40),
        ("Tue, 01 Dec 2026 10:00:00 GMT", 3600),
        ("Tue, 01 Dec 2026 10:00:00", 3600),
        ("Tue, 01 Dec 2026 10:00:00 +0100", 0),
        (LONG_AGO, 0),
        (AGES_AGO, None),
    ],
)
def test_what_a_retry_after_says(text: str, expected: float | None) -> None:
    assert seconds(text, NOW) == expected


@pytest.mark.parametrize(
    ("wait", "words"),
    [(0.2, "in a second"), (59.2, "in a minute"), (61, "in 61 seconds"), (10_900, "in 3 hours")],
)
def test_a_wait_is_said_in_a_unit_that_says_it(wait: float, words: str) -> None:
    assert str(from_now(wait)) == words


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n"


@pytest.mark.parametrize("before", [b"", HEAD + b"\r\n"], ids=["in the head", "in the body"])
@pytest.mark.parametrize("ask", ["portal", "commit"])
def test_an_answer_that_comes_byte_by_byte_has_an_end(before: bytes, ask: str) -> None:
    """On a real port, for the head and for the body. Seen to go on for as long as the portal liked."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(before)
        dripping = b" " * 1000 if before else HEAD * 1000
        for byte in dripping:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    patience = Patience(deadline=0.4)
    with listening(drip) as port, HttpBackend(f"http://127.0.0.1:{port}", patience=patience) as backend:
        if ask == "portal":
            with pytest.raises(BackendUnreachable, match="did not answer in time"):
                backend.portal()
        else:
            with pytest.raises(OutcomeUnknown, match="did not answer in time"):
                backend.commit(COMMITS)


def test_a_portal_that_restarts_breaks_nothing() -> None:
    """On a real port: nobody listens, then the portal is back."""
    answer = HEAD.replace(b"1000000", b"45") + b"\r\n" + json.dumps(HELLO).encode().ljust(45)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clock = Clock()
    with ExitStack() as running:

        def sleep(wait: float) -> None:
            clock.sleep(wait)
            if clock.now() > 20 and not answered:
                answered.append(running.enter_context(listening(lambda it: it.sendall(answer), port)))

        answered: list[int] = []
        patience = Patience(now=clock.now, sleep=sleep)
        with HttpBackend(f"http://127.0.0.1:{port}", patience=patience) as backend:
            assert backend.portal().portal == "p"
    assert clock.now() > 20


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_that_nobody_listens_is_told_at_once_and_once_and_the_portal_is_waited_for(host: str) -> None:
    """Seen to fail: whoever mistyped a port waited for a minute, and read of a ConnectError then."""
    clock, told = Clock(), list[tuple[float, float]]()
    before = on_refusal.set(lambda left: told.append((clock.now(), left)))
    try:
        with (
            _closed() as port,
            pytest.raises(BackendUnreachable) as lost,
            closing(HttpBackend(f"http://{host}:{port}", patience=hurried(clock))) as portal,
        ):
            portal.portal()
    finally:
        on_refusal.reset(before)
    assert [round(left) for _, left in told] == [60]
    assert told[0][0] == 0
    assert clock.now() > 50
    assert "nobody listens there" in lexicon_of("en").say(lost.value.diagnostic.message)


def test_and_one_that_comes_back_is_read() -> None:
    """As while it restarts."""
    told: list[float] = []
    before = on_refusal.set(told.append)
    refused = httpx2.ConnectError("no")
    refused.__cause__ = ConnectionRefusedError(111, "no")
    try:
        portal = Portal(refused, refused, httpx2.Response(200, json=HELLO))
        assert portal.backend.portal().portal == "p"
    finally:
        on_refusal.reset(before)
    assert len(told) == 1


@contextmanager
def _closed() -> Iterator[int]:
    """A port at which nobody listens, and which nobody else gets."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])
