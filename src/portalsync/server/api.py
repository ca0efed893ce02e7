"""The contract's `/v1`, for programs. What each answer means is in docs/contract.md."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portalsync.commits import MOST_IN_BATCH, Batch, Commit, Committed, Conditional, Result, Results
from portalsync.json_bodies import WireError, received
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.json_value import JSON, JSONObject
from portalsync.server import bodies
from portalsync.server.commits import Asked
from portalsync.server.headers import SAFE_HEADERS
from portalsync.server.refusal import Refused
from portalsync.server.store import Store
from portalsync.wire import MOST_IN_PAGE, USUAL_HISTORY, AuditPage, Digests, FirmsPage, History, States

T = TypeVar("T")


class Api:
    """Plain functions run in worker threads: no request waits for another one's transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> Sequence[Route]:
        firm = "/v1/firms/{firm}"
        return (
            Route("/v1/portal", self.portal),
            Route("/v1/firms", self.firms),
            Route("/v1/digests", self.digests),
            Route("/v1/states", self.states),
            Route(f"{firm}/settings", self.settings),
            Route(f"{firm}/generations/{{generation}}", self.generation),
            Route(f"{firm}/facts", self.facts),
            Route(f"{firm}/history", self.history),
            Route(f"{firm}/audit", self.audit),
            Route(f"{firm}/commits", self.commit, methods=["POST"]),
            Route("/v1/commits", self.commits, methods=["POST"]),
        )

    def portal(self, _request: Request) -> Response:
        return _answer(self._store.portal())

    def firms(self, request: Request) -> Response:
        most = bodies.limit(request, MOST_IN_PAGE)
        found = self._store.firms(request.query_params.get("after", ""), most + 1)
        page = tuple(found[:most])
        more = page[-1].id if len(found) > most else None
        return _answer(FirmsPage(page, more))

    def digests(self, request: Request) -> Response:
        return _answer(Digests(tuple(self._store.digests(bodies.firms(request)))))

    def states(self, request: Request) -> Response:
        found = self._store.states(bodies.firms(request))
        return _answer(States(tuple({**encode(state), "facts": facts} for state, facts in found)))

    def settings(self, request: Request) -> Response:
        state = self._store.state(request.path_params["firm"])
        etag = f'"{state.generation}"'
        if bodies.unchanged(request, etag):
            return Response(status_code=304, headers={"ETag": etag, **SAFE_HEADERS})
        return _answer(state, headers={"ETag": etag})

    def generation(self, request: Request) -> Response:
        generation = bodies.number(request.path_params["generation"], "generation")
        return _answer(self._store.state(request.path_params["firm"], generation))

    def facts(self, request: Request) -> Response:
        return _json(self._store.facts(request.path_params["firm"]))

    def history(self, request: Request) -> Response:
        most = bodies.limit(request, USUAL_HISTORY)
        before = bodies.optional_number(request, "before")
        return _answer(History(tuple(self._store.history(request.path_params["firm"], most, before))))

    def audit(self, request: Request) -> Response:
        most = bodies.limit(request, MOST_IN_PAGE)
        after = bodies.optional_number(request, "after") or 0
        found = self._store.audit(request.path_params["firm"], after, most + 1)
        more = found[most - 1].seq if len(found) > most else None
        return _answer(AuditPage(tuple(found[:most]), more))

    async def commit(self, request: Request) -> Response:
        firm: str = request.path_params["firm"]
        generation = bodies.if_match(request)
        key = bodies.idempotency_key(request)
        body = await bodies.json_body(request)
        asked = Asked.of(firm, generation, key, _read(Commit, body), body)
        (done,) = await run_in_threadpool(self._store.commit_all, [asked])
        if isinstance(done, Refused):
            raise done
        made = f"/v1/firms/{done.id}/generations/{done.generation}"
        return _answer(done, 201, {"ETag": f'"{done.generation}"', "Location": made})

    async def commits(self, request: Request) -> Response:
        body = await bodies.json_body(request)
        commits = _read(Batch, body).commits
        if len(commits) > MOST_IN_BATCH:
            raise Refused("batch-too-large", 422, f"A batch has at most {MOST_IN_BATCH} commits.")
        asked = [*map(_asked, commits, (part["commit"] for part in body["commits"]))]
        answers = await run_in_threadpool(self._store.commit_all, asked)
        return _answer(Results(tuple(map(_result, answers))))


def _asked(part: Conditional, body: JSONObject) -> Asked | Refused:
    """One firm's part of a batch. A key that is none is of no concern to the others."""
    try:
        return Asked.of(part.firm, part.generation, bodies.checked_key(part.key), part.commit, body)
    except Refused as refused:
        return refused


def _result(answer: Committed | Refused) -> Result:
    return Result(problem=answer.problem) if isinstance(answer, Refused) else Result(answer)


def _read(kind: type[T], body: Any) -> T:
    try:
        return received(kind, body)
    except WireError as error:
        detail = str(error)[:300]
        raise Refused("invalid-commit", 422, "The commit is not what the contract says.", detail) from error


def _answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return _json(encode(body), status, headers)


def _json(body: JSON, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    plain = {"Cache-Control": "private, no-cache", **SAFE_HEADERS, **(headers or {})}
    return Response(canonical(body), status, plain, "application/json")
