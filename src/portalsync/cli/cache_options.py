"""`--no-cache` and `--cache-dir`: what commands keep from run to run, and where."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click
from platformdirs import user_cache_path

from portalsync.cache import NOTHING_KEPT, Cache
from portalsync.cli.output import tell_diagnostic
from portalsync.cli.outputs import OUTPUT_FOLDER
from portalsync.diagnostics import Severity, complaint
from portalsync.lexicon import Text, phrase


def cache_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command gets both as one `cache`."""

    @wraps(command)
    def keeping(*, no_cache: bool, cache_dir: Path | None, **others: Any) -> int:
        return command(cache=NOTHING_KEPT if no_cache else _cache(cache_dir), **others)

    return _no_cache(_cache_dir(keeping))


def _cache(named: Path | None) -> Cache:
    """Whoever names a folder hears it if nothing is kept there; of the usual one nobody knows."""
    if named is not None:
        return Cache.at(named, _warn)
    usual = user_cache_path("portalsync", appauthor=False)
    return Cache.at(usual) if usual.is_absolute() else NOTHING_KEPT


def _warn(folder: Path, why: Text) -> None:
    what = phrase("errors.cache.unused.message", folder=str(folder), why=why)
    wrong = complaint(what, hint=phrase("errors.cache.unused.hint"))
    tell_diagnostic(replace(wrong, severity=Severity.WARNING))


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
