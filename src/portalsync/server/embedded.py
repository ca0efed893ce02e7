"""The portal inside the program that uses it: the same app and the same client, without a port."""

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from starlette.types import ASGIApp

from portalsync.backend.http import HttpBackend
from portalsync.backend.protocol import Backend, Seed
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.server.app import create_app
from portalsync.server.store import Clock, Store

ADDRESS = "http://localhost"


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend:
    """The entry point `embedded`: `settings["database"]` names the file, relative to `root`."""
    return open_embedded(database_of(settings, root), seed)


def database_of(settings: Mapping[str, str], root: Path) -> Path:
    """The file of an environment's portal. It stays inside the config's folder, links followed: nobody's
    config makes or opens a file elsewhere on the machine that only plans.
    """
    if not settings.get("database"):
        raise PortalsyncError(
            phrase("errors.embedded.no-database.message"), phrase("errors.embedded.no-database.hint")
        )
    path = root / settings["database"]
    if not path.resolve().is_relative_to(root.resolve()):
        raise PortalsyncError(
            phrase("errors.embedded.outside.message", database=settings["database"]),
            phrase("errors.embedded.outside.hint"),
        )
    return path


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


def _now() -> datetime:
    return datetime.now(UTC)


class InProcess(httpx2.BaseTransport):
    """Hands requests to an ASGI app on an event loop of its own.

    The loop runs in a thread, so that callers may be in a loop themselves or in several threads.
    """

    def __init__(self, app: ASGIApp, store: Store) -> None:
        # An app's exception becomes its 500, as it would on a port.
        self._transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        self._store = store
        self._open: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        # A daemon: a program that forgets to close still ends. What was answered is on the disk.
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        loop, _ = self._open.result()
        return asyncio.run_coroutine_threadsafe(self._answer(request), loop).result()

    def close(self) -> None:
        if self._thread.is_alive():
            loop, closing = self._open.result()
            loop.call_soon_threadsafe(closing.set)
            self._thread.join()
        self._store.close()

    async def _live(self) -> None:
        closing = asyncio.Event()
        self._open.set_result((asyncio.get_running_loop(), closing))
        await closing.wait()

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self._transport.handle_async_request(request)
        return httpx2.Response(answer.status_code, headers=answer.headers, content=await answer.aread())
