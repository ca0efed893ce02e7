"""The portal of a database on a port of this machine, with a constant page beside its own, until it is ended:
`python -m benchmarks.served portal.db page-of-the-portal`. The first line that it writes is its address.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarks.ground import AT
from portalsync.server.app import create_app
from portalsync.server.headers import page_headers
from portalsync.server.serve import serve
from portalsync.server.store import Store

CONSTANT = "/constant"
SPENT = "/spent"
"""Seconds of CPU that the server has spent so far."""


def main(database: str, page: str) -> None:
    at = datetime.fromisoformat(AT).replace(tzinfo=UTC)
    store = Store.open(Path(database), lambda: at)
    app = create_app(store, lambda: at)
    app.router.routes[:0] = [_constant(app, page), Route(SPENT, _spent)]
    serve(app, "127.0.0.1", 0, _announce)


def _constant(app: Starlette, page: str) -> Route:
    """What the portal would cost if it had nothing to do but to answer, with as many bytes."""
    content = TestClient(app).get(page).content

    async def constant(_: Request) -> Response:
        return Response(content, 200, page_headers("default-src 'none'"), "text/html; charset=utf-8")

    return Route(CONSTANT, constant)


async def _spent(_: Request) -> Response:
    return PlainTextResponse(str(time.process_time()))


def _announce(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
