"""The few routes of GitHub's REST API that are used, served on a port of this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_local"  # noqa: S105 - of a server that the tests start
REPOSITORY = "hedgerow/portal"
BOT = "github-actions[bot]"
HEAD = "e5" * 20
"""The last commit of every pull request, unless told otherwise."""
AUTHOR = "ada"


@dataclass
class FakeGitHub:
    """What the server knows. `answers` are statuses to give next instead of an answer."""

    api: str = ""
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[dict[str, Any]] = field(default_factory=list)
    pulls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    reviews: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    writers: list[str] = field(default_factory=lambda: ["ines", "jonas", "rosa-lund"])
    answers: list[int] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    last: int = 100

    def comment(self, pull: int, body: str, author: str = BOT) -> dict[str, Any]:
        self.last += 1
        made = {"id": self.last, "user": {"login": author}, "body": body}
        self.comments.setdefault(pull, []).append(made)
        return made

    def merged(self, commit: str, pull: int, head: str = HEAD) -> None:
        known = {
            "number": pull,
            "merged_at": "2026-12-01T08:00:00Z",
            "merge_commit_sha": commit,
            "head": {"sha": head},
            "user": {"login": AUTHOR},
        }
        self.pulls.setdefault(commit, []).append(known)

    def review(
        self, pull: int, who: str, state: str, commit: str = HEAD, kind: str = "User"
    ) -> dict[str, Any]:
        made = {
            "user": {"login": who, "type": kind},
            "state": state,
            "commit_id": commit,
            "submitted_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        self.reviews.setdefault(pull, []).append(made)
        return made

    def do(  # noqa: PLR0911 - one return per route
        self, method: str, path: str, query: dict[str, list[str]], body: Any
    ) -> tuple[int, Any]:
        parts = path.removeprefix(f"/repos/{REPOSITORY}/").split("/")
        match [method, *parts]:
            case ["GET", "issues", number, "comments"]:
                return 200, _page(self.comments.get(int(number), []), query)
            case ["POST", "issues", number, "comments"]:
                return 201, self.comment(int(number), body["body"])
            case ["PATCH", "issues", "comments", number]:
                known = [each for all_ in self.comments.values() for each in all_]
                return _edited(known, "id", int(number), body)
            case ["GET", "commits", commit, "pulls"]:
                return 200, _page(self.pulls.get(commit, []), query)
            case ["GET", "pulls", number, "reviews"]:
                return 200, _page(self.reviews.get(int(number), []), query)
            case ["GET", "collaborators", person, "permission"]:
                return 200, {"permission": "write" if person in self.writers else "read"}
            case ["GET", "issues"]:
                found = [each for each in self.issues if query["labels"][0] in each["labels"]]
                return 200, _page(found, query)
            case ["POST", "issues"]:
                self.issues.append(
                    {"number": len(self.issues) + 1, "user": {"login": BOT}, "state": "open", **body}
                )
                return 201, self.issues[-1]
            case ["PATCH", "issues", number]:
                return _edited(self.issues, "number", int(number), body)
        return 404, {"message": "Not Found"}


def _edited(known: list[dict[str, Any]], key: str, number: int, body: Any) -> tuple[int, Any]:
    for each in known:
        if each[key] == number:
            each.update(body)
            return 200, each
    return 404, {"message": "Not Found"}


def _page(known: list[Any], query: dict[str, list[str]]) -> list[Any]:
    size, page = int(query["per_page"][0]), int(query["page"][0])
    return known[size * (page - 1) : size * page]


@contextmanager
def serving() -> Iterator[FakeGitHub]:
    github = FakeGitHub()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            body = json.loads(self.rfile.read(size)) if size else None
            parts = urlsplit(self.path)
            github.requests.append(f"{self.command} {parts.path}")
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, answer = 401, {"message": "Bad credentials"}
            elif github.answers and (given := github.answers.pop(0)) != 200:
                status, answer = given, {"message": "<b>no</b>"}
            else:
                status, answer = github.do(self.command, parts.path, parse_qs(parts.query), body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - names of the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    github.api = f"http://127.0.0.1:{server.server_port}"
    try:
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
