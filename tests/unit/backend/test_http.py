"""The client against portals that do not do what the contract says."""

import gzip
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.clocks import Clock, hurried
from tests.sockets import listening

from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.http import HttpBackend, checked_address, connect
from portalsync.backend.http_reader import HttpReader
from portalsync.commits import REFUSALS, Commit, Committed, Conditional, Problem
from portalsync.errors import (
    AccessDenied,
    BackendError,
    BackendUnreachable,
    CommitRefused,
    ExitCode,
    FirmUnknown,
    OutcomeUnknown,
    PortalsyncError,
)
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.wire import LARGEST_BODY, FirmState, Origin

Handler = Callable[[httpx2.Request], httpx2.Response]
PORTAL = {"api": "v1", "portal": "p", "options": {}}
COMMIT = Commit(Origin.PORTAL, "tester", "", {}, (Edit("chat.clients_can_start", after=True),), ())
CANARY = "canary"


def backend(handler: Handler) -> HttpBackend:
    return HttpBackend("https://portal.example/base", httpx2.MockTransport(handler), hurried())


def parts(number: int) -> list[Conditional]:
    return [Conditional(f"firm-{each:04}", 1, f"k{each}", COMMIT) for each in range(number)]


def committed(request: httpx2.Request) -> httpx2.Response:
    sent = json.loads(request.content)["commits"]
    done = [Committed(each["firm"], each["generation"], each["generation"] + 1, "d") for each in sent]
    return httpx2.Response(200, json={"results": [{"committed": encode(each)} for each in done]})


class Scripted:
    """Answers from a list, one after the other; the last one again and again."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = [*answers]
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_reader_has_no_way_to_write() -> None:
    methods = []

    def note(request: httpx2.Request) -> httpx2.Response:
        methods.append(request.method)
        return httpx2.Response(404)

    reader = HttpReader("https://portal.example", httpx2.MockTransport(note), hurried())
    assert not hasattr(reader, "commit")
    with pytest.raises(BackendError):
        reader.portal()
    with pytest.raises(BackendError):
        [*reader.firms()]
    for ask in (reader.state, reader.facts):
        with pytest.raises(BackendError):
            ask("alder")
    with pytest.raises(BackendError):
        reader.page("alder", "ada", "en", "web-home.html", datetime.now(UTC))
    assert reader.history("alder") == ()
    assert methods == ["GET"] * 6


def test_the_address_may_have_a_path() -> None:
    scripted = Scripted(httpx2.Response(200, json=PORTAL))
    backend(scripted).portal()
    assert str(scripted.requests[0].url) == "https://portal.example/base/v1/portal"


def test_ids_stay_inside_their_part_of_the_address() -> None:
    scripted = Scripted(httpx2.Response(404))
    with pytest.raises(BackendError):
        backend(scripted).state("../portal?x#y")
    assert scripted.requests[0].url.raw_path == b"/base/v1/firms/..%2Fportal%3Fx%23y/settings"


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (httpx2.Response(200, html=f"<h1>{CANARY}</h1>"), r"200 \(text/html\)"),
        (httpx2.Response(200, text=CANARY), r"200 \(text/plain"),
        (httpx2.Response(200, content=b"{}"), "200 .no named type"),
        (httpx2.Response(200, json={}), r"GET v1/portal .* At \$: missing: portal, options"),
        (
            httpx2.Response(200, json={**PORTAL, "options": {"chat": [CANARY]}}),
            r"options\.chat: expected a text",
        ),
        (httpx2.Response(200, json={**PORTAL, "api": CANARY}), "api: expected 'v1'"),
        (httpx2.Response(200, json={**PORTAL, "portal": 7}), "portal: expected a text"),
        (httpx2.Response(200, json=[CANARY]), r"\$: expected an object"),
        (httpx2.Response(200, content=b"[" * 100_000, headers={"content-type": "application/json"}), "200"),
        (httpx2.Response(200, content=b"\xff", headers={"content-type": "application/json"}), "200"),
        (httpx2.Response(200, json=encode(Problem("x", CANARY, 200))), "missing: portal, options"),
        (httpx2.Response(204), "204"),
        (httpx2.Response(302, headers={"location": f"https://evil.example/{CANARY}"}), "302"),
        (httpx2.Response(401, html=CANARY), r"asks for a token \(401\)"),
        (httpx2.Response(404, html=CANARY), r"404 \(text/html\)"),
        (httpx2.Response(500, html=CANARY), "500"),
        (httpx2.Response(200, headers={"content-type": f"\x1b[31m{CANARY}"}, json=PORTAL), "no named type"),
        (
            httpx2.Response(
                403,
                content=json.dumps(encode(Problem("forbidden", CANARY, 403))),
                headers={"content-type": "application/problem+json"},
            ),
            r"turns us away \(403\)",
        ),
    ],
    ids=range(18),
)
def test_another_answer_is_named_but_never_shown(answer: httpx2.Response, named: str) -> None:
    with pytest.raises(BackendError, match=named) as caught:
        backend(Scripted(answer)).portal()
    assert "https://portal.example" in str(caught.value)
    assert caught.value.diagnostic.hint
    assert CANARY not in f"{caught.value.diagnostic.message}{caught.value.diagnostic.hint}"


def test_a_redirect_is_not_followed() -> None:
    scripted = Scripted(httpx2.Response(307, headers={"location": "https://evil.example/"}))
    with pytest.raises(OutcomeUnknown):
        backend(scripted).commit(parts(1))
    assert len(scripted.requests) == 1


def test_an_answer_without_an_end_is_cut_off() -> None:
    class Endless(httpx2.SyncByteStream):
        read = 0

        def __iter__(self) -> Any:
            for _ in range(1000):
                Endless.read += 1
                yield b" " * 1024 * 1024

    answer = httpx2.Response(200, stream=Endless(), headers={"content-type": "application/json"})
    with pytest.raises(BackendError, match="more than"):
        backend(Scripted(answer)).portal()
    assert Endless.read == LARGEST_ANSWER // (1024 * 1024) + 1


def test_a_packed_answer_is_not_unpacked() -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    stream = httpx2.ByteStream(gzip.compress(json.dumps(PORTAL).encode()))
    scripted = Scripted(httpx2.Response(200, stream=stream, headers=headers))
    with pytest.raises(BackendError, match="packed"):
        backend(scripted).portal()
    assert scripted.requests[0].headers["accept-encoding"] == "identity"


def test_another_portals_firm_is_refused() -> None:
    state = encode(FirmState("birch", 1, "d", {}, (), None, ""))
    with pytest.raises(BackendError, match="something else"):
        backend(Scripted(httpx2.Response(200, json=state))).state("alder")
    with pytest.raises(BackendError, match="something else"):
        backend(Scripted(httpx2.Response(200, json=state))).state("birch", 2)
    facts = {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": "birch", "currency": "EUR"}
    with pytest.raises(BackendError, match="something else"):
        backend(Scripted(httpx2.Response(200, json=facts))).facts("alder")


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ([("alder", "alder"), ("birch", "birch")], True),
        ([("birch", "birch")], True),
        ([("alder", "birch"), ("birch", "alder")], False),
        ([("alder", "birch")], False),
        ([("birch", "birch"), ("alder", "alder")], False),
        ([("alder", "alder"), ("alder", "alder")], False),
        ([("alder", "alder"), ("cedar", "cedar")], False),
    ],
)
def test_among_states_together_none_has_facts_of_another_firm(
    told: list[tuple[str, str]], *, taken: bool
) -> None:
    """Nor is one there who was not asked for. Without a look at whose facts they are, all tests passed."""
    firms = [
        {
            **encode(FirmState(firm, 1, "d", {}, (), None, "")),
            "facts": {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": other, "currency": "EUR"},
        }
        for firm, other in told
    ]
    portal = backend(Scripted(httpx2.Response(200, json={"firms": firms})))
    if taken:
        assert [state.id for state, _ in portal.states(["alder", "birch"])] == [firm for firm, _ in told]
    else:
        with pytest.raises(BackendError, match="something else"):
            portal.states(["alder", "birch"])


def test_a_portal_that_lacks_a_question_about_several_is_asked_once() -> None:
    lacks = Scripted(httpx2.Response(404))
    portal = backend(lacks)
    for ask in (portal.summaries, portal.states):
        assert not ask([f"firm-{number}" for number in range(120)])
    assert [each.url.path for each in lacks.requests] == ["/base/v1/digests", "/base/v1/states"]


def test_facts_are_what_their_schema_says() -> None:
    facts = {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": "alder", "currency": 5}
    with pytest.raises(BackendError):
        backend(Scripted(httpx2.Response(200, json=facts))).facts("alder")


@pytest.mark.parametrize(
    ("ids", "after"),
    [(["b", "a"], None), (["a", "a"], None), ([], "a"), (["a"], "0"), (["a"], "b"), ([""], None)],
)
def test_lists_that_do_not_end(ids: list[str], after: str | None) -> None:
    page = {
        "firms": [{"id": each, "generation": 1, "digest": "d", "managed": False} for each in ids],
        "next": after,
    }
    scripted = Scripted(httpx2.Response(200, json=page))
    with pytest.raises(BackendError):
        [*backend(scripted).firms()]
    assert len(scripted.requests) == 1


def test_an_unknown_firm() -> None:
    problem = encode(Problem("firm-unknown", "No.", 404))
    answer = httpx2.Response(
        404, content=json.dumps(problem), headers={"content-type": "application/problem+json"}
    )
    with pytest.raises(FirmUnknown):
        backend(Scripted(answer)).state("alder")


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("refused"),
        httpx2.ConnectTimeout("slow"),
        httpx2.ReadTimeout("slow"),
        httpx2.ReadError("reset"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.Response(502),
        httpx2.Response(503),
        httpx2.Response(504),
        httpx2.Response(429),
    ],
    ids=str,
)
def test_reading_is_tried_again(trouble: httpx2.Response | Exception) -> None:
    scripted = Scripted(trouble, trouble, httpx2.Response(200, json=PORTAL))
    assert backend(scripted).portal().portal == "p"
    assert len(scripted.requests) == 3


@pytest.mark.parametrize("status", [400, 404, 409, 500, 501])
def test_what_would_not_get_better_is_not_tried_again(status: int) -> None:
    scripted = Scripted(httpx2.Response(status))
    with pytest.raises(BackendError):
        backend(scripted).portal()
    assert len(scripted.requests) == 1


@pytest.mark.parametrize(
    "last",
    [
        httpx2.ReadTimeout("slow"),
        httpx2.WriteTimeout("slow"),
        httpx2.ReadError("reset"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.Response(502),
        httpx2.Response(503, html=CANARY),
        httpx2.Response(504),
        httpx2.Response(500),
        httpx2.Response(200, html=CANARY),
        httpx2.Response(200, json={"results": []}),
        httpx2.Response(200, json={"results": [{"committed": encode(Committed("other", 1, 2, "d"))}]}),
        httpx2.Response(200, json={"results": [{"committed": encode(Committed("firm-0000", 5, 6, "d"))}]}),
        httpx2.Response(200, json={"results": [{}]}),
    ],
    ids=range(13),
)
def test_a_lost_answer_is_called_unknown(last: httpx2.Response | Exception) -> None:
    scripted = Scripted(last)
    with pytest.raises(OutcomeUnknown) as caught:
        backend(scripted).commit(parts(1))
    assert caught.value.exit_code is ExitCode.UNKNOWN
    assert CANARY not in str(caught.value)
    assert len({request.content for request in scripted.requests}) == 1


def test_lost_once_and_then_refused_a_connection_is_unknown() -> None:
    with pytest.raises(OutcomeUnknown):
        backend(Scripted(httpx2.ReadError("reset"), httpx2.ConnectError("refused"))).commit(parts(1))
    with pytest.raises(OutcomeUnknown):
        backend(Scripted(httpx2.ReadError("reset"), httpx2.Response(429))).commit(parts(1))


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_lost_once_and_then_turned_away_is_unknown(status: int) -> None:
    """Seen to fail: the refusal of the second try was told as if the first had never arrived."""
    lost = httpx2.ReadTimeout("no answer")
    with pytest.raises(OutcomeUnknown):
        backend(Scripted(lost, httpx2.Response(status))).commit(parts(1))


def test_what_was_never_sent_is_not_unknown() -> None:
    with pytest.raises(BackendUnreachable):
        backend(Scripted(httpx2.ConnectError("refused"))).commit(parts(1))


def test_a_lost_answer_is_asked_for_again_under_the_same_keys() -> None:
    sent = parts(3)
    lost = [httpx2.ReadError("reset")]
    bodies = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.content)
        if lost:
            raise lost.pop()
        return committed(request)

    answers = backend(handler).commit(sent)
    assert [each.id for each in answers if isinstance(each, Committed)] == [part.firm for part in sent]
    assert bodies[0] == bodies[1]


def test_a_commit_that_no_body_can_hold_is_never_sent() -> None:
    huge = Commit(Origin.PORTAL, "t", "", {}, (Edit("profile.logo", after="x" * LARGEST_BODY),), ())
    scripted = Scripted(httpx2.Response(500))
    with pytest.raises(CommitRefused, match="too large"):
        backend(scripted).commit([Conditional("f", 1, "k", huge)])
    assert scripted.requests == []


def problem(status: int, kind: str, said: int | None = None) -> httpx2.Response:
    body = json.dumps(encode(Problem(kind, "No.", said or status)))
    return httpx2.Response(status, content=body, headers={"content-type": "application/problem+json"})


@pytest.mark.parametrize(("status", "kind"), sorted(REFUSALS))
def test_refused_is_what_a_problem_of_the_contract_says(status: int, kind: str) -> None:
    with pytest.raises((CommitRefused, AccessDenied)) as refused:
        backend(Scripted(problem(status, kind))).commit(parts(1))
    assert "not what the contract says" not in str(refused.value)
    alone = httpx2.Response(200, json={"results": [{"problem": encode(Problem(kind, "No.", status))}]})
    (answer,) = backend(Scripted(alone)).commit(parts(1))
    assert answer == Problem(kind, "No.", status)


@pytest.mark.parametrize(
    "answer",
    [
        *(httpx2.Response(status) for status in (201, 202, 204, 206, 300, 304, 400, 401, 403, 404, 412, 451)),
        *(httpx2.Response(status, headers={"location": "/x"}) for status in (301, 302, 303, 307, 308)),
        *(httpx2.Response(status, html=CANARY) for status in (401, 403, 407, 409, 413, 422, 429)),
        problem(403, "gateway"),
        problem(403, "stale-generation"),
        problem(412, "forbidden"),
        problem(403, "forbidden", 401),
        problem(503, "busy"),
        problem(500, "internal"),
        httpx2.Response(403, json=encode(Problem("forbidden", "No.", 403))),
        httpx2.Response(200, json={"results": [{"problem": encode(Problem("busy", "No.", 503))}]}),
        httpx2.Response(200, json={"results": [{"problem": encode(Problem("forbidden", "No.", 412))}]}),
    ],
    ids=lambda answer: f"{answer.status_code} {answer.text[:40]}",
)
def test_any_other_answer_to_a_commit_is_unknown(answer: httpx2.Response) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        backend(Scripted(answer)).commit(parts(1))
    assert CANARY not in str(caught.value)


def test_a_refusal_of_a_repetition_says_nothing_of_the_try_before() -> None:
    stale = httpx2.Response(
        200, json={"results": [{"problem": encode(Problem("stale-generation", "No.", 412))}]}
    )
    with pytest.raises(OutcomeUnknown):
        backend(Scripted(httpx2.ReadError("reset"), stale)).commit(parts(1))
    with pytest.raises(OutcomeUnknown):
        backend(Scripted(httpx2.Response(503), problem(403, "forbidden"))).commit(parts(1))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "portal.example",
        "ftp://portal.example",
        "http://portal.example",
        "http://127.0.0.1.example",
        "https://u:p@portal.example",
        "https://portal.example/?a=1",
        "https://portal.example/#a",
        "https://[::1",
        "https://",
        "https://portal.example:port",
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(PortalsyncError) as caught:
        connect({"url": url}, None, None)  # type: ignore[arg-type]  # the folder is not looked at
    assert caught.value.diagnostic.hint


@pytest.mark.parametrize(
    "url",
    [
        "https://portal.example",
        "https://portal.example:8443/api/",
        "http://localhost:8000",
        "http://127.0.0.1",
        "http://[::1]:80",
    ],
)
def test_addresses_that_are_asked(url: str) -> None:
    assert checked_address(url) == url


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        HttpBackend(f"http://127.0.0.1:{port}", patience=hurried()) as nobody,
        pytest.raises(BackendUnreachable),
    ):
        nobody.portal()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"SSH-2.0-OpenSSH\r\n",
        b"\x00" * 100,
    ],
    ids=["nothing", "half-head", "half-body", "ssh", "zeros"],
)
def test_a_connection_that_breaks_off(said: bytes) -> None:
    with (
        listening(lambda connection: connection.sendall(said)) as port,
        HttpBackend(f"http://127.0.0.1:{port}", patience=hurried()) as cut,
        pytest.raises(OutcomeUnknown),
    ):
        cut.commit(parts(1))


def test_no_tls_where_tls_should_be_is_not_tried_again() -> None:
    clock = Clock()
    with (
        listening(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")) as port,
        HttpBackend(f"https://127.0.0.1:{port}", patience=hurried(clock)) as plain,
        pytest.raises(BackendUnreachable, match="TLS"),
    ):
        plain.portal()
    assert clock.slept == []


@pytest.mark.parametrize(
    "at", ["yesterday", "", "2026-12-01T09:00:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"]
)
def test_a_moment_that_nobody_could_tell_is_not_what_the_contract_says(at: str) -> None:
    """Seen to end as a bug: where a receipt says when a firm was applied."""
    entry = {"generation": 2, "at": at, "origin": "plan", "actor": "x", "plan": "", "writes": []}
    scripted = Scripted(httpx2.Response(200, json={"history": [entry]}))
    with pytest.raises(BackendError, match=r"Firm alder, at history\[0\]\.at: expected an instant"):
        backend(scripted).history("alder")


def test_an_origin_that_nobody_knows_is_named() -> None:
    """Seen to end as a bug."""
    entry = {
        "generation": 2,
        "at": "2026-12-01T09:00:00Z",
        "origin": "gift",
        "actor": "x",
        "plan": "",
        "writes": [],
    }
    scripted = Scripted(httpx2.Response(200, json={"history": [entry]}))
    with pytest.raises(BackendError, match=r"Firm alder, at history\[0\]\.origin"):
        backend(scripted).history("alder")
