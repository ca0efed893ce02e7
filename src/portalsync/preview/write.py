"""Pages -> a folder, whole or not at all."""

from collections.abc import Mapping
from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.files import folder_beside, replace_folder
from portalsync.lexicon import phrase

MARKER = ".portalsync-preview"
_MADE_BY = b"made by portalsync preview\n"


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Replace `target` by these files (relative name: text). A folder that is not an earlier
    preview is left alone: OutputFailed.
    """
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not (target / MARKER).exists())
    ):
        raise OutputFailed(
            phrase("errors.folder.no-preview.message", folder=str(target)),
            phrase("errors.folder.no-preview.hint"),
        )
    try:
        fresh = folder_beside(target)
    except OSError as error:
        told = phrase("errors.folder.unwritable.message", folder=str(target), reason=reason(error))
        raise OutputFailed(told) from error
    try:
        replace_folder(
            target, fresh, {MARKER: _MADE_BY, **{name: text.encode() for name, text in files.items()}}
        )
    except OSError as error:
        raise OutputFailed(
            phrase("errors.folder.preview-not-written.message", reason=reason(error)),
            phrase("errors.folder.preview-not-written.hint"),
        ) from error
