"""The portal inside the program that uses it: the same app and the same client, without a port."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.http import HttpBackend, HttpReader
from portalsync.backend.loop import OnLoop
from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.catalog.files.network import ends_like_config
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.server.app import create_app
from portalsync.server.in_place import Moved, open_to_read
from portalsync.server.problems import FAILURE
from portalsync.server.snapshot import real
from portalsync.server.store import Clock, Store

ADDRESS = "http://localhost"


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend | Reader:
    """The entry point `embedded`: `settings["database"]` names the file, relative to `root`."""
    database = database_of(settings, root)
    if seed is None or seed.is_kept:
        return open_embedded(database, seed)
    return read_embedded(database, seed)


def database_of(settings: Mapping[str, str], root: Path) -> Path:
    """The file of an environment's portal. It stays inside the config's folder, links followed: nobody's
    config makes or opens a file elsewhere on the machine that only plans. And it is none of the config's own.
    """
    if not settings.get("database"):
        raise PortalsyncError(
            phrase("errors.embedded.no-database.message"), phrase("errors.embedded.no-database.hint")
        )
    path = root / settings["database"]
    if not real(path).is_relative_to(real(root)):
        raise PortalsyncError(
            phrase("errors.embedded.outside.message", database=settings["database"]),
            phrase("errors.embedded.outside.hint"),
        )
    if ends_like_config(str(real(path))):
        raise PortalsyncError(
            phrase("errors.embedded.config.message", database=settings["database"]),
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
