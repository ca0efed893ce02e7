"""Finding the way to a portal by the name of its backend, ours or anyone's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from portalsync.backend.brought import BroughtBackend, blamed
from portalsync.backend.installed import GROUP, installed
from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.catalog.files.network import OWN_BACKENDS
from portalsync.errors import PortalsyncError
from portalsync.lexicon import Text, phrase
from portalsync.suggest import did_you_mean


def connect(kind: str, settings: Mapping[str, str], root: Path, seed: Seed | None = None) -> Backend:
    """A backend of `kind`, an entry point's name. It is called with the other three arguments.

    `settings` are those of the environment, `root` is the folder that their paths are relative to, and
    `seed` is for portals that start empty.
    """
    points = entry_points(group=GROUP, name=kind)
    if len(points) != 1:
        raise _unusable(kind, "twice") if points else _missing(kind)
    (point,) = points
    if kind in OWN_BACKENDS:
        backend: Backend = _loaded(point)(settings, root, seed)
        return backend
    with blamed(kind):
        return BroughtBackend(kind, _loaded(point)(settings, root, seed))


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise _unusable(point.name, "broken", reason=str(error)) from error


def _missing(kind: str) -> PortalsyncError:
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
