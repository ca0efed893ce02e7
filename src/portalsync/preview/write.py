"""Pages -> a folder, whole or not at all; what others put there stays."""

from collections.abc import Mapping
from pathlib import Path

from portalsync.folders import OwnFolder

PAGES = OwnFolder("preview", "made by portalsync preview")


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Replace an earlier preview in `target` by these files (relative name: text). OutputFailed leaves it as
    it was.
    """
    PAGES.write(target, {name: text.encode() for name, text in files.items()})
