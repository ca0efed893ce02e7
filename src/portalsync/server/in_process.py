"""The portal inside the program that uses it: the same app and the same client, without a port."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.http import HttpBackend
from portalsync.backend.http_reader import HttpReader
from portalsync.backend.loop import OnLoop
from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.server.app import create_app
from portalsync.server.in_place import Moved, open_to_read
from portalsync.server.problems import FAILURE
from portalsync.server.store import Clock, Store

ADDRESS = "http://localhost"


def open_embedded(database: Path, seed: Seed | None = None, clock: Clock | None = None) -> Backend:
    """A portal in a database file, filled with `seed`. Closing the backend closes the portal."""
    now = clock or _now
    store = Store.open(database, now)
    try:
        if seed is not None:
            store.seed(seed)
    except BaseException:
        store.close()
        raise
    return HttpBackend(ADDRESS, InProcess(create_app(store, now), store))


def read_embedded(database: Path, seed: Seed, clock: Clock | None = None) -> Reader:
    """The same as it would be, filled with `seed`: the file and its folder stay as they are, or missing."""
    now = clock or _now
    store = open_to_read(database, seed, now)
    return HttpReader(ADDRESS, InProcess(create_app(store, now), store))


def _now() -> datetime:
    return datetime.now(UTC)


class InProcess(OnLoop):
    """Hands requests to an ASGI app in this very program."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        super().__init__(httpx2.ASGITransport(_telling(app)), LARGEST_ANSWER)
        self._store = store

    def close(self) -> None:
        super().close()
        self._store.close()


def _telling(app: ASGIApp) -> ASGIApp:
    """The app, with the reason where its database fails: nobody else could look into a log. Any other
    exception has become its 500, as it would on a port. What moved while it was read is read once more.
    """

    async def answered(scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        with suppress(Exception):
            await app(scope, receive, send)
        return messages

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        messages = await answered(scope, receive)
        if isinstance(scope.get(FAILURE), Moved):
            del scope[FAILURE]
            messages = await answered(scope, receive)
        if FAILURE in scope:
            raise scope[FAILURE]
        for message in messages:
            await send(message)

    return called
