"""The portal inside the program that uses it: the same app and the same client, without a port."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from starlette.types import ASGIApp

from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.http import HttpBackend
from portalsync.backend.loop import OnLoop
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


class InProcess(OnLoop):
    """Hands requests to an ASGI app in this very program."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        # An app's exception becomes its 500, as it would on a port.
        super().__init__(httpx2.ASGITransport(app, raise_app_exceptions=False), LARGEST_ANSWER)
        self._store = store

    def close(self) -> None:
        super().close()
        self._store.close()
