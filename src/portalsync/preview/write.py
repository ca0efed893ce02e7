"""Pages -> a folder, whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.lexicon import phrase

MARKER = ".portalsync-preview"


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
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        told = phrase("errors.folder.unwritable.message", folder=str(target), reason=reason(error))
        raise OutputFailed(told) from error
    try:
        _fill(fresh, files)
        _swap(fresh, target)
    except OSError as error:
        raise OutputFailed(
            phrase("errors.folder.preview-not-written.message", reason=reason(error)),
            phrase("errors.folder.preview-not-written.hint"),
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.chmod(0o755)
    (folder / MARKER).write_text("made by portalsync preview\n")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.replace(old)  # an empty folder may be replaced by a folder
    try:
        fresh.rename(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
