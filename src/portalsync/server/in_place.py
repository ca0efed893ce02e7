"""Reading a portal where its database lies, for as long as nobody opens that; from then on, in a copy."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from portalsync.backend.protocol import Seed
from portalsync.errors import DatabaseUnusable
from portalsync.lexicon import phrase
from portalsync.server.database import in_words, open_copy, open_in_place
from portalsync.server.planting import is_planted
from portalsync.server.snapshot import Stand, at_rest, real, stand
from portalsync.server.store import Clock, Store

T = TypeVar("T")


class Moved(DatabaseUnusable):
    """Somebody opened the database while it was read: what was read may be of two moments. Read again."""


def open_to_read(path: Path, seed: Seed, clock: Clock) -> Store:
    """The store as it stands in a database file, or would be made, filled with `seed`; nothing is written."""
    stood = at_rest(path)
    engine = None if stood is None else _filled(path, seed)
    if stood is None or engine is None:
        return _copied(path, seed, clock)
    return StoreInPlace(engine, path, clock, stood, seed)


def steadily(read: Callable[[], T]) -> T:
    """What `read` gives; asked once more where the database moved meanwhile."""
    try:
        return read()
    except Moved:
        return read()


def _copied(path: Path, seed: Seed, clock: Clock) -> Store:
    store = Store(open_copy(path), path, clock)
    try:
        store.seed(seed)
    except BaseException:
        store.close()
        raise
    return store


def _filled(path: Path, seed: Seed) -> Engine | None:
    """The database itself, if nothing is to be laid over it. What is wrong with it, its copy tells."""
    engine = None
    try:
        engine = open_in_place(path)
        if engine is not None and _is_whole(engine, path, seed):
            return engine
    except DatabaseUnusable:
        pass
    except BaseException:
        _dispose(engine)
        raise
    _dispose(engine)
    return None


def _is_whole(engine: Engine, path: Path, seed: Seed) -> bool:
    with in_words(path), engine.begin() as connection:
        return is_planted(connection, seed)


def _dispose(engine: Engine | None) -> None:
    if engine is not None:
        engine.dispose()


class StoreInPlace(Store):
    """One that is only read. It stands where it is read as it stood."""

    def __init__(self, engine: Engine, path: Path, clock: Clock, stood: Stand, seed: Seed) -> None:
        super().__init__(engine, path, clock)
        self._stood: Stand | None = stood
        self._seed = seed
        self._turn = threading.Lock()

    @contextmanager
    def _at_the_file(self) -> Iterator[None]:
        stood = self._stood
        try:
            with super()._at_the_file():
                yield
        except DatabaseUnusable:
            self._check(stood)
            raise
        self._check(stood)

    def _check(self, stood: Stand | None) -> None:
        """Moved, unless all was read from what stands there still, or from the copy."""
        if stood is not None and stand(real(self._path)) != stood:
            with self._turn:
                if self._stood is not None:
                    self._take_copy()
            message = phrase("errors.database.locked.message", file=str(self._path))
            raise Moved(message, phrase("errors.database.locked.hint"), passes=True)

    def _take_copy(self) -> None:
        in_place, copy = self._engine, _copied(self._path, self._seed, self._clock)
        self._use(copy._engine)  # noqa: SLF001 - it becomes this store's
        self._stood = None
        in_place.dispose()
