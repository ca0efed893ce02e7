"""Pages -> a folder, whole or not at all; what others put there stays."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.files import folder_beside, read_at_most, replace_folder
from portalsync.lexicon import phrase

MARKER = ".portalsync-preview"
"""Names the files that a preview wrote, a line each below the first."""
_MADE_BY = "made by portalsync preview"
_LARGEST_MARKER = 64 * 1024 * 1024


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Replace an earlier preview in `target` by these files (relative name: text); every other file there is
    kept. A folder that is no earlier preview, or has a file of another's in the way, is left alone:
    OutputFailed.
    """
    folder = Path(os.path.realpath(target))
    contents = {MARKER: "\n".join((_MADE_BY, *files, "")), **files}
    try:
        others = _others(folder, target)
        _check_free(target, contents, others)
        fresh = folder_beside(folder)
    except OSError as error:
        told = phrase("errors.folder.unwritable.message", folder=str(target), reason=reason(error))
        raise OutputFailed(told) from error
    try:
        replace_folder(folder, fresh, {name: text.encode() for name, text in contents.items()}, others)
    except OSError as error:
        raise OutputFailed(
            phrase("errors.folder.preview-not-written.message", reason=reason(error)),
            phrase("errors.folder.preview-not-written.hint"),
        ) from error


def _others(folder: Path, target: Path) -> frozenset[str]:
    """What is in the folder and no preview wrote: files, links, empty folders."""
    if not folder.exists():
        return frozenset()
    there = frozenset(_below(folder)) if folder.is_dir() else frozenset((folder.name,))
    if there and MARKER not in there:
        raise OutputFailed(
            phrase("errors.folder.no-preview.message", folder=str(target)),
            phrase("errors.folder.no-preview.hint"),
        )
    return there - _written(folder / MARKER) if there else there


def _below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, onerror=_stop):
        path = Path(parent)
        links = [name for name in folders if (path / name).is_symlink()]
        for name in (*names, *links):
            yield (path / name).relative_to(folder).as_posix()
        if not (folders or names) and path != folder:
            yield path.relative_to(folder).as_posix()


def _stop(error: OSError) -> None:
    raise error


def _written(marker: Path) -> frozenset[str]:
    content = read_at_most(marker, _LARGEST_MARKER) or b""
    return frozenset((MARKER, *content.decode("utf-8", "replace").split("\n")[1:]))


def _check_free(target: Path, files: Mapping[str, str], others: frozenset[str]) -> None:
    if in_the_way := sorted(files.keys() & others):
        raise OutputFailed(
            phrase("errors.folder.in-the-way.message", file=str(target / in_the_way[0])),
            phrase("errors.folder.in-the-way.hint"),
        )
