"""The way to the portal inside the program: where its database is, and who reads it."""

from collections.abc import Mapping
from pathlib import Path

from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.catalog.files.network import ends_like_config
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.server.at_rest import portal_at_rest
from portalsync.server.snapshot import real
from portalsync.server.unmade import unmade_portal


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend | Reader:
    """The entry point `embedded`: `settings["database"]` names the file, relative to `root`."""
    database = database_of(settings, root)
    if seed is not None and not seed.is_kept:
        return _reader(database, seed)
    from portalsync.server.in_process import open_embedded  # noqa: PLC0415 - 0.3 s, and most only read

    return open_embedded(database, seed)


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


def _reader(path: Path, seed: Seed) -> Reader:
    """The portal as it would be, filled with `seed`. Whatever is wrong, all of it tells."""

    def whole() -> Reader:
        from portalsync.server.in_process import read_embedded  # noqa: PLC0415 - 0.3 s, and most plans do without

        return read_embedded(path, seed)

    return portal_at_rest(path, seed, whole) or unmade_portal(path, seed, whole) or whole()
