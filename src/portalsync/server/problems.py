"""Every answer that is not what was asked for, as RFC 9457 problem+json."""

import http.client
import logging
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from portalsync.commits import Problem
from portalsync.errors import DatabaseUnusable
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.server.headers import SAFE_HEADERS
from portalsync.server.refusal import Refused

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "1"
FAILURE = "portalsync.failure"
"""Where in the ASGI scope a failure of the database is."""

_KINDS = {404: "not-found", 405: "method-not-allowed"}
_LOGGER = logging.getLogger("portalsync.server")
_LOGGER.addHandler(logging.NullHandler())


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        canonical(encode(problem)),
        problem.status,
        {"Cache-Control": "no-store", **SAFE_HEADERS, **(headers or {})},
        MEDIA_TYPE,
    )


async def refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - registered for this type only
    return problem_response(error.problem)


async def http_error(_request: Request, error: Exception) -> Response:
    """What the router itself says: no such route, no such method."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
    kind = _KINDS.get(error.status_code, "malformed")
    title = http.client.responses.get(error.status_code, "Malformed") + "."
    return problem_response(Problem(kind, title, error.status_code), error.headers)


async def gone(_request: Request, _error: Exception) -> Response:
    """The asker hung up in the middle of its body; nobody reads this answer."""
    return problem_response(Problem("malformed", "The body is not complete.", 400))


async def database_unusable(request: Request, error: Exception) -> Response:
    """A lock that did not come free, a full disk: nothing was written, another try may do. Or damage, which
    stays. Whoever runs the app in its own program finds the reason in the scope.
    """
    assert isinstance(error, DatabaseUnusable)  # noqa: S101 - registered for this type only
    request.scope[FAILURE] = error
    if not error.passes:
        return await internal_error(request, error)
    _LOGGER.error("the database failed during %s %s", request.method, request.url.path, exc_info=error)
    problem = Problem("busy", "The portal cannot do that at the moment.", 503)
    return problem_response(problem, {"Retry-After": RETRY_SECONDS})


async def internal_error(request: Request, error: Exception) -> Response:
    """A bug. Its traceback goes to the log, never into the answer."""
    _LOGGER.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(Problem("internal", "The portal failed.", 500))


HANDLERS: Mapping[Any, Any] = {
    Refused: refused,
    HTTPException: http_error,
    ClientDisconnect: gone,
    DatabaseUnusable: database_unusable,
    Exception: internal_error,
}
