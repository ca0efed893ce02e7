"""Files into an empty folder: all of them, or none."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.folders import fill_folder, sweep_within
from portalsync.lexicon import how_many, phrase

_ALLOWED = {".git"}
_SHOWN = 3


def check_empty(folder: Path) -> None:
    """OutputFailed unless a repository can be put there: no such folder yet, or nothing but `.git` in it."""
    sweep_within(folder)
    try:
        there = (
            sorted({entry.name for entry in folder.iterdir()} - _ALLOWED) if os.path.lexists(folder) else []
        )
    except OSError as error:
        raise _failed(folder, error) from error
    if there:
        most = how_many(len(there), _SHOWN)
        named = ", ".join(there[:most]) + (", …" if len(there) > most else "")
        raise OutputFailed(
            phrase("errors.folder.not-empty.message", folder=str(folder), found=named),
            phrase("errors.folder.not-empty.hint"),
        )


def place(files: Mapping[str, bytes], folder: Path) -> None:
    """Write everything aside first. OutputFailed leaves the folder, or its absence, as it was."""
    check_empty(folder)
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
