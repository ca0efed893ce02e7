"""Whatever is wrong with a request: a problem that says so, and nothing of the portal's inside."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from portalsync.model.codec import decode, encode
from portalsync.server.store import Store
from portalsync.wire import LARGEST_BODY, MOST_IN_BATCH, Commit, Conditional, Problem

Commits = Callable[..., Commit]
CHAT = "chat.clients_can_start"
COMMITS = "/v1/firms/alder/commits"
JSON = {"Content-Type": "application/json"}
READY = {"If-Match": '"1"', "Idempotency-Key": "k", **JSON}


def text_of(answer: httpx2.Response) -> str:
    """The problem's status and type, after a look at its form."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = decode(Problem, answer.json())
    assert problem.status == answer.status_code
    assert problem.title
    return f"{problem.status} {problem.type}"


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/nothing", "/nothing", "/v1/firms/alder", "/portal", "/%00", "/v1/firms//settings"]
)
def test_no_such_route(raw: httpx2.Client, path: str) -> None:
    assert text_of(raw.get(path)) == "404 not-found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/portal", "GET"),
        ("DELETE", "/v1/firms/alder/settings", "GET"),
        ("GET", COMMITS, "POST"),
        ("OPTIONS", "/v1/commits", "POST"),
    ],
)
def test_no_such_method(raw: httpx2.Client, method: str, path: str, allowed: str) -> None:
    answer = raw.request(method, path)
    assert text_of(answer) == "405 method-not-allowed"
    assert allowed in answer.headers["allow"]


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"Idempotency-Key": "k"}, "428 precondition-required"),
        ({"If-Match": '"1"'}, "400 key-required"),
        ({"If-Match": "*", "Idempotency-Key": "k"}, "400 malformed"),
        ({"If-Match": "1", "Idempotency-Key": "k"}, "400 malformed"),
        ({"If-Match": 'W/"1"', "Idempotency-Key": "k"}, "400 malformed"),
        ({"If-Match": '"1", "2"', "Idempotency-Key": "k"}, "400 malformed"),
        ({"If-Match": '"01"', "Idempotency-Key": "k"}, "400 malformed"),
        ({"If-Match": '"1"', "Idempotency-Key": ""}, "400 malformed"),
        ({"If-Match": '"1"', "Idempotency-Key": "k" * 201}, "400 malformed"),
    ],
)
def test_a_commit_without_its_conditions(
    raw: httpx2.Client, commit: Commits, headers: dict[str, str], problem: str
) -> None:
    body = encode(commit({CHAT: False}))
    assert text_of(raw.post(COMMITS, json=body, headers=headers)) == problem
    assert text_of(raw.post("/v1/firms/nobody/commits", json=body, headers=headers)) == problem


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonp"],
)
def test_a_body_of_another_type(raw: httpx2.Client, media_type: str) -> None:
    answer = raw.post(COMMITS, content=b"{}", headers={**READY, "Content-Type": media_type})
    assert text_of(answer) == "415 unsupported-media-type"


def test_a_packed_body(raw: httpx2.Client) -> None:
    answer = raw.post(COMMITS, content=b"\x1f\x8b", headers={**READY, "Content-Encoding": "gzip"})
    assert text_of(answer) == "415 unsupported-media-type"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{} {}",
        b"\xff\xfe{\x00}\x00",
        b'{"origin": NaN}',
        b'{"origin": 1e999}',
        b'{"origin": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
    ],
    ids=range(11),
)
def test_a_body_that_is_no_json(raw: httpx2.Client, body: bytes) -> None:
    assert text_of(raw.post(COMMITS, content=body, headers=READY)) == "400 malformed"


def test_a_body_that_is_too_large(raw: httpx2.Client) -> None:
    answer = raw.post(COMMITS, content=b" " * (LARGEST_BODY + 1), headers=READY)
    assert text_of(answer) == "413 too-large"
    assert text_of(raw.post(COMMITS, content=b" " * LARGEST_BODY, headers=READY)) == "400 malformed"


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"firm": "birch"}, "unknown: firm"),
        ({"generation": 9}, "unknown: generation"),
        ({"origin": "root"}, "origin: expected one of seed, plan, portal"),
        ({"origin": None}, "origin: expected one of seed, plan, portal"),
        ({"options": {"chat": 1}}, "options.chat: expected a text"),
        ({"writes": {}}, "writes: expected a list"),
        ({"writes": [{}]}, "writes[0]: missing: path"),
        ({"writes": [{"path": CHAT, "value": 1}]}, "writes[0]: unknown: value"),
        ({"writes": [{"path": CHAT}, {"path": 5}]}, "writes[1].path: expected a text"),
        ({"managed": [1]}, "managed[0]: expected a text"),
        ({"actor": 7}, "actor: expected a text"),
    ],
)
def test_a_commit_of_another_form(
    raw: httpx2.Client, commit: Commits, change: dict[str, Any], detail: str
) -> None:
    """The answer names the place; in a batch, that of the commit too."""
    body = {**encode(commit({CHAT: False})), **change}
    answer = raw.post(COMMITS, json=body, headers=READY)
    assert (text_of(answer), answer.json()["detail"]) == ("422 invalid-commit", detail)
    part = {"firm": "alder", "generation": 1, "key": "k", "commit": body}
    answer = raw.post("/v1/commits", json={"commits": [part]})
    step = ": " if detail.startswith("unknown") else "."
    assert answer.json()["detail"] == f"commits[0].commit{step}{detail}"
    assert raw.get("/v1/firms/alder/settings").json()["generation"] == 1


@pytest.mark.parametrize("body", [[], {}, {"commits": {}}, {"commits": [1]}, {"commits": [], "more": 1}, 5])
def test_a_batch_of_another_form(raw: httpx2.Client, body: Any) -> None:
    assert text_of(raw.post("/v1/commits", json=body, headers=JSON)) == "422 invalid-commit"


def test_a_batch_that_is_too_large(raw: httpx2.Client, commit: Commits) -> None:
    part = encode(Conditional("alder", 1, "k", commit({})))
    body = {"commits": [part] * (MOST_IN_BATCH + 1)}
    assert text_of(raw.post("/v1/commits", json=body)) == "422 batch-too-large"
    assert raw.get("/v1/firms/alder/settings").json()["generation"] == 1


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=-1", "limit=x", "limit=99999999999", "limit=1.5", "limit="]
)
def test_a_limit_that_is_no_number(raw: httpx2.Client, query: str) -> None:
    assert text_of(raw.get(f"/v1/firms?{query}")) == "400 malformed"
    assert text_of(raw.get(f"/v1/firms/alder/history?{query}")) == "400 malformed"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost:x", "[::2]"]
)
def test_another_host_name(raw: httpx2.Client, host: str) -> None:
    for path in ("/", "/v1/portal", "/portal/alder/ada/en/web-home.html"):
        assert text_of(raw.get(path, headers={"Host": host})) == "421 misdirected"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:1", "testserver"])
def test_this_machines_names(raw: httpx2.Client, host: str) -> None:
    assert raw.get("/v1/portal", headers={"Host": host}).status_code == 200


def test_a_bug_shows_nothing_of_itself(
    raw: httpx2.Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise ZeroDivisionError("canary")

    monkeypatch.setattr(store, "facts", fails)
    answer = raw.get("/v1/firms/alder/facts")
    assert text_of(answer) == "500 internal"
    assert "canary" not in answer.text
    assert "Zero" not in answer.text
