"""GitHub's REST API: comments, issues, and the pull requests of a commit."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import quote

import httpx2
import stamina

from portalsync import __version__
from portalsync.addresses import service_problem
from portalsync.connecting.faults import fault_of, through
from portalsync.connecting.route import Route, route_to
from portalsync.forge.protocol import Decision, ForgeError, Note, PullRequest, Review
from portalsync.lexicon import phrase

# stamina tells of each retry on a logger; without a handler Python would print it to stderr.
logging.getLogger("stamina").addHandler(logging.NullHandler())

LARGEST_ANSWER = 16 * 1024 * 1024
MOST_PAGES = 100
TRIES = 4
TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_PER_PAGE = 100
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}/[A-Za-z0-9_.-]{1,100}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_BUSY = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_WRITERS = ("write", "admin")
"""GitHub tells of one who may maintain as of one who may write."""
_DECISIONS = frozenset(each.value for each in Decision)
_EXPLAINED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class GitHub:
    """One repository. The token goes to `api` and nowhere else: redirects are not followed. `way` finds the
    route to an address.
    """

    def __init__(
        self,
        api: str,
        repository: str,
        token: str,
        wait: float = 1.0,
        way: Callable[[str], Route] = route_to,
    ) -> None:
        if not _REPOSITORY.fullmatch(repository):
            raise _unfit("repository")
        if not token.isascii() or not token.isprintable() or not token.strip():
            raise _unfit("token")
        self._wait = wait
        address = _checked(api)
        self._route = way(address)
        self._client = httpx2.Client(
            base_url=f"{address}/repos/{repository}/",
            headers={
                "Authorization": f"Bearer {token.strip()}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": f"portalsync/{__version__}",
            },
            timeout=TIMEOUT,
            verify=self._route.verify,
            proxy=self._route.http_proxy,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def comments(self, pull: int) -> Iterator[Note]:
        """The comments of a pull request, oldest first."""
        for data in self._pages(f"issues/{pull}/comments", {}):
            yield _note(data, "id")

    def add_comment(self, pull: int, body: str) -> None:
        self._send("POST", f"issues/{pull}/comments", {"body": body})

    def edit_comment(self, comment: int, body: str) -> None:
        self._send("PATCH", f"issues/comments/{comment}", {"body": body})

    def pull_requests(self, commit: str) -> list[PullRequest]:
        """The merged pull requests that brought a commit."""
        if not _COMMIT.fullmatch(commit):
            raise _unfit("commit")
        found = self._pages(f"commits/{commit}/pulls", {})
        return [_pull_request(data) for data in found if data.get("merged_at")]

    def reviews(self, pull: int) -> Iterator[Review]:
        """What was decided in a pull request, oldest first."""
        for data in self._pages(f"pulls/{pull}/reviews", {}):
            if (review := _review(data)) is not None:
                yield review

    def may_write(self, person: str) -> bool:
        """Whether somebody may change the repository."""
        told = self._get(f"collaborators/{quote(person, safe='')}/permission", {})
        return isinstance(told, dict) and told.get("permission") in _WRITERS

    def issues(self, label: str) -> Iterator[Note]:
        """Issues with a label, open and closed, oldest first."""
        query = {"labels": label, "state": "all", "sort": "created", "direction": "asc"}
        for data in self._pages("issues", query):
            yield _note(data, "number")

    def open_issue(self, title: str, body: str, label: str) -> None:
        self._send("POST", "issues", {"title": title, "body": body, "labels": [label]})

    def edit_issue(self, issue: int, body: str, *, is_open: bool) -> None:
        self._send("PATCH", f"issues/{issue}", {"body": body, "state": "open" if is_open else "closed"})

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        for page in range(1, MOST_PAGES + 1):
            found = self._get(path, {**query, "per_page": str(_PER_PAGE), "page": str(page)})
            if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                raise ForgeError(phrase("errors.github.no-list", path=path))
            yield from found
            if len(found) < _PER_PAGE:
                return
        raise ForgeError(phrase("errors.github.endless", path=path))

    def _get(self, path: str, query: Mapping[str, str]) -> Any:
        """Asked again where that can help: reading changes nothing."""
        try:
            for attempt in stamina.retry_context(
                on=_passing, attempts=TRIES, wait_initial=self._wait, wait_jitter=self._wait
            ):
                with attempt:
                    return _answer(self._client.get(path, params=query), path)
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error
        raise AssertionError("stamina raises the last failure")

    def _send(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """Sent once: a comment that is written twice would stay twice."""
        try:
            _answer(self._client.request(method, path, json=body), path)
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> ForgeError:
        fault, where = fault_of(error), through("GitHub", self._route.shown_proxy)
        return ForgeError(phrase("errors.github.unreachable", where=where, reason=fault.reason), fault.hint)


class _Busy(ForgeError):
    pass


def _passing(error: Exception) -> bool:
    return isinstance(error, _Busy | httpx2.TransportError)


def _answer(response: httpx2.Response, path: str) -> Any:
    """The JSON of an answer. What else GitHub says is not repeated: logs are read by many."""
    if not response.is_success:
        kind = _Busy if response.status_code in _BUSY else ForgeError
        raise _refused(kind, response.status_code, path)
    if len(response.content) > LARGEST_ANSWER:
        raise ForgeError(phrase("errors.github.too-large", path=path))
    try:
        return response.json()
    except ValueError as error:
        raise ForgeError(phrase("errors.github.no-json", path=path)) from error


def _refused(kind: type[ForgeError], status: int, path: str) -> ForgeError:
    told = phrase("errors.github.refused.message", status=str(status), path=path)
    return kind(told, phrase(f"errors.github.refused.hint-{status}") if status in _EXPLAINED else "")


def _unfit(what: str) -> ForgeError:
    """What GitHub is not even asked with."""
    return ForgeError(phrase(f"errors.github.{what}.message"), phrase(f"errors.github.{what}.hint"))


def _note(data: Mapping[str, Any], key: str) -> Note:
    number = data.get(key)
    if not isinstance(number, int):
        raise ForgeError(phrase("errors.github.no-number"))
    body, is_open = str(data.get("body") or ""), data.get("state", "open") == "open"
    return Note(number, _text(data, "user", "login"), body, is_open)


def _pull_request(data: Mapping[str, Any]) -> PullRequest:
    if not isinstance(data.get("number"), int):
        raise ForgeError(phrase("errors.github.no-pull-number"))
    merged_as, head = str(data.get("merge_commit_sha") or ""), _text(data, "head", "sha")
    return PullRequest(data["number"], merged_as, head, _text(data, "user", "login"))


def _review(data: Mapping[str, Any]) -> Review | None:
    """Nothing for a remark, and for what a person wrote whose account is gone."""
    state, reviewer = str(data.get("state", "")).lower(), _text(data, "user", "login")
    if state not in _DECISIONS or not reviewer:
        return None
    is_bot = _text(data, "user", "type") == "Bot"
    commit, at = (str(data.get(key) or "") for key in ("commit_id", "submitted_at"))
    return Review(reviewer, Decision(state), commit, at, is_bot)


def _text(data: Mapping[str, Any], part: str, key: str) -> str:
    """Of an object in an answer; empty where it has none."""
    inner = data.get(part)
    return str(inner.get(key) or "") if isinstance(inner, dict) else ""


def _checked(api: str) -> str:
    """An address that a token may be sent to."""
    if service_problem(api):
        raise _unfit("address")
    return api.rstrip("/")
