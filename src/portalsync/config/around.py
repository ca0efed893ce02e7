"""Which configuration a path lies in: what may not be written there."""

import os
import re
from pathlib import Path

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.network import NETWORK

_OWN = ".portalsync"
"""What portalsync keeps for itself in the folder."""
_BESIDE_DATABASE = re.compile("-(wal|shm|journal)$")
_SQLITE = b"SQLite format 3\0"
_FOLDERS = {kind.folder for kind in KINDS if not kind.file} | {"assets"}


def config_around(path: Path) -> Path | None:
    """The folder of the configuration that a file or folder is in, or would be, with links followed; the
    folder's own `.portalsync/` is not part of one.
    """
    folder = _folder_around(path)
    return None if folder is None or _is_own(path, folder) else folder


def keeps_a_portal(path: Path) -> bool:
    """Whether a configuration's embedded portal is in this file or folder, or would be: its database, by name
    or by what is in it; what SQLite puts beside it; and the folder `.portalsync/` itself.
    """
    folder = _folder_around(path)
    if folder is None or not _is_own(path, folder):
        return False
    real = Path(os.path.realpath(path))
    database = real.with_name(_BESIDE_DATABASE.sub("", real.name))
    return real == folder / _OWN or database.suffix == ".db" or _is_database(database)


def _folder_around(path: Path) -> Path | None:
    real = Path(os.path.realpath(path))
    return next((each for each in (real, *real.parents) if os.path.lexists(each / NETWORK.file)), None)


def _is_own(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(folder / _OWN)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def config_reading(path: Path) -> Path | None:
    """The folder of the configuration that would take files of this folder for its own, by where they lie."""
    folder = config_around(path)
    if folder is None:
        return None
    below = Path(os.path.realpath(path)).relative_to(os.path.realpath(folder)).parts
    return folder if below and below[0] in _FOLDERS else None
