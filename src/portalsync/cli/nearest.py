"""Where the configuration is for somebody who named no folder: here or above, as git finds its repository."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

DEFAULT_CONFIG = "portal-config"
_REPOSITORY = ".git"


def nearest_config() -> Path:
    """`portal-config` as seen from here: in this folder, or in the nearest one above that has it from the
    same user. If none has, as if it were here.
    """
    with suppress(OSError):
        here = Path.cwd()
        for folder in _here_and_above(here):
            if _has_config(folder, here):
                return Path(os.path.relpath(folder / DEFAULT_CONFIG, here))
    return Path(DEFAULT_CONFIG)


def from_the_top() -> Callable[[str | Path], str]:
    """How files are called from the top of the repository, or from here where there is none; outside of it,
    by their whole path.
    """
    here = Path.cwd()
    top = next((each for each in (here, *here.parents) if (each / _REPOSITORY).exists()), here)

    def name(file: str | Path) -> str:
        path = Path(os.path.abspath(file))  # noqa: PTH100 - links stay as they are named
        return path.relative_to(top).as_posix() if path.is_relative_to(top) else path.as_posix()

    return name


def _has_config(folder: Path, here: Path) -> bool:
    """Others may write into some folders of ours; there nobody stands who does not know."""
    config = folder / DEFAULT_CONFIG
    if folder == here or not os.path.lexists(config):
        return os.path.lexists(config)
    return config.lstat().st_uid == here.stat().st_uid


def _here_and_above(here: Path) -> Iterator[Path]:
    """Up to the root of the repository or of the file system; never into a folder of somebody else, who
    could have put a configuration there for others to find.
    """
    ours = here.stat()
    for folder in (here, *here.parents):
        there = folder.stat()
        if (there.st_dev, there.st_uid) != (ours.st_dev, ours.st_uid):
            return
        yield folder
        if os.path.lexists(folder / _REPOSITORY):
            return
