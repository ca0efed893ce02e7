"""Finding the way to a portal by the name of its backend, ours or anyone's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path

from portalsync.backend.protocol import Backend, Seed
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase

GROUP = "portalsync.backends"


def connect(kind: str, settings: Mapping[str, str], root: Path, seed: Seed | None = None) -> Backend:
    """A backend of `kind`, an entry point's name. It is called with the other three arguments.

    `settings` are those of the environment, `root` is the folder that their paths are relative to, and
    `seed` is for portals that start empty.
    """
    found = entry_points(group=GROUP, name=kind)
    if len(found) != 1:
        known = ", ".join(sorted({point.name for point in entry_points(group=GROUP)}))
        problem = "twice" if found else "missing"
        raise PortalsyncError(
            phrase(f"errors.backend.{problem}.message", name=kind),
            phrase(f"errors.backend.{problem}.hint", known=known),
        )
    backend: Backend = next(iter(found)).load()(settings, root, seed)
    return backend


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
