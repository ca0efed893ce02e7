"""`--no-cache` and `--cache-dir`: what commands keep from run to run, and where."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from platformdirs import user_cache_path

from portalsync.cache import NOTHING_KEPT, Cache
from portalsync.cli.outputs import OUTPUT_FOLDER


def cache_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command gets both as one `cache`."""

    @wraps(command)
    def keeping(*, no_cache: bool, cache_dir: Path | None, **others: Any) -> int:
        folder = cache_dir or user_cache_path("portalsync", appauthor=False)
        is_kept = not no_cache and (cache_dir or folder.is_absolute())
        return command(cache=Cache.at(folder) if is_kept else NOTHING_KEPT, **others)

    return _no_cache(_cache_dir(keeping))


_no_cache = click.option(
    "--no-cache",
    is_flag=True,
    envvar="PORTALSYNC_NO_CACHE",
)
_cache_dir = click.option(
    "--cache-dir",
    type=OUTPUT_FOLDER,
    envvar="PORTALSYNC_CACHE_DIR",
)
