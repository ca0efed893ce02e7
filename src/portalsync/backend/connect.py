"""Finding the way to a portal by the name of its backend, ours or anyone's."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from portalsync.backend.brought import BroughtBackend, blamed
from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.catalog.files.network import EMBEDDED, HTTP, MANUAL
from portalsync.errors import PortalsyncError
from portalsync.lexicon import Text, phrase
from portalsync.suggest import did_you_mean

_OWN = {
    HTTP: "portalsync.backend.http",
    EMBEDDED: "portalsync.server.embedded",
    MANUAL: "portalsync.record.by_hand",
}
"""The modules of those that come along. They are nobody else's to bring, and found without a look at all that
is installed.
"""


def connect(kind: str, settings: Mapping[str, str], root: Path, seed: Seed | None = None) -> Backend:
    """A backend of `kind`, an entry point's name. It is called with the other three arguments.

    `settings` are those of the environment, `root` is the folder that their paths are relative to, and
    `seed` is for portals that start empty.
    """
    if kind in _OWN:
        own: Backend = _loaded(kind, lambda: import_module(_OWN[kind]).connect)(settings, root, seed)
        return own
    from portalsync.backend.installed import points_of  # noqa: PLC0415 - 15 ms

    points = points_of(kind)
    if len(points) != 1:
        raise _unusable(kind, "twice") if points else _missing(kind)
    (point,) = points
    with blamed(kind):
        return BroughtBackend(kind, _loaded(kind, point.load)(settings, root, seed))


def _loaded(kind: str, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise _unusable(kind, "broken", reason=str(error)) from error


def _missing(kind: str) -> PortalsyncError:
    from portalsync.backend.installed import installed  # noqa: PLC0415 - 15 ms

    known = installed()
    hint = did_you_mean(kind, known) or phrase("errors.backend.missing.hint", known=", ".join(known))
    return PortalsyncError(phrase("errors.backend.missing.message", name=kind), hint)


def _unusable(kind: str, problem: str, **values: Text) -> PortalsyncError:
    return PortalsyncError(
        phrase(f"errors.backend.{problem}.message", name=kind, **values),
        phrase(f"errors.backend.{problem}.hint"),
    )


@contextmanager
def connected(
    kind: str, settings: Mapping[str, str], root: Path, seed: Seed | None = None
) -> Iterator[Backend]:
    """The same, closed at the end."""
    backend = connect(kind, settings, root, seed)
    try:
        yield backend
    finally:
        backend.close()


@contextmanager
def connected_to_read(kind: str, settings: Mapping[str, str], root: Path, seed: Seed) -> Iterator[Reader]:
    """The same, only to be read: the portal shows what it would have of the seed, and keeps nothing of it."""
    with connected(kind, settings, root, replace(seed, is_kept=False)) as portal:
        yield portal
