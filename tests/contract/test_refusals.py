"""Whatever is wrong with a request: a problem that says so, and nothing of the portal's inside."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from portalsync.commits import Commit, Problem
from portalsync.model.codec import decode, encode
from portalsync.server.store import Store

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


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("", "localhost:x", "[::2]", "testserver", "localhost:80:80", "localhost,evil.example"),
    ],
)
def test_another_host_name(raw: httpx2.Client, host: str) -> None:
    for path in ("/", "/v1/portal", "/portal/alder/ada/en/web-home.html"):
        assert text_of(raw.get(path, headers={"Host": host})) == "421 misdirected"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:1"])
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
