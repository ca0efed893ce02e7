"""Files into a folder: all of them, or none."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.folders import fill_folder, sweep_within
from portalsync.lexicon import how_many, phrase
from portalsync.scaffold.repository import CONFIG

_SHOWN = 3


def check_free(folder: Path, root: Path, *, in_repository: bool) -> None:
    """OutputFailed unless a configuration can be put there: outside of a repository into an empty folder, for
    without git nobody could tell afterwards which files came; and never to one that is there.
    """
    sweep_within(root)
    taken = _entries(folder / CONFIG) if in_repository else _entries(folder)
    if not taken:
        return
    if in_repository:
        raise in_the_way([str(folder / CONFIG)])
    raise OutputFailed(
        phrase("errors.folder.not-empty.message", folder=str(folder), found=_listed(taken)),
        phrase("errors.folder.not-empty.hint"),
    )


def in_the_way(files: list[str]) -> OutputFailed:
    return OutputFailed(
        phrase("errors.folder.taken.message", files=_listed(files)),
        phrase("errors.folder.taken.hint"),
    )


def _listed(names: list[str]) -> str:
    most = how_many(len(names), _SHOWN)
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir()) if os.path.lexists(folder) else []
    except OSError as error:
        raise _failed(folder, error) from error


def place(files: Mapping[str, bytes], folder: Path) -> None:
    """Write everything aside first. OutputFailed leaves the folder, or its absence, as it was."""
    target = Path(os.path.realpath(folder))
    new = [path for path in (*reversed(target.parents), target) if not os.path.lexists(path)]
    try:
        target.mkdir(parents=True, exist_ok=True)
        fill_folder(target, files)
    except BaseException as error:
        if new:
            shutil.rmtree(new[0], ignore_errors=True)
        if isinstance(error, OSError):
            raise _failed(folder, error) from error
        raise


def _failed(folder: Path, error: OSError) -> OutputFailed:
    return OutputFailed(
        phrase("errors.folder.not-filled.message", folder=str(folder), reason=reason(error)),
        phrase("errors.folder.not-filled.hint"),
    )
