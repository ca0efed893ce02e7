"""What commands have in common: the configuration, and the portal of an environment."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalsync.errors import PortalsyncError

if TYPE_CHECKING:
    from portalsync.backend.protocol import Backend
    from portalsync.pipeline import Loaded


def load_config(root: Path) -> "Loaded":
    """The configuration in a folder; its warnings go to stderr."""
    from portalsync.pipeline import load

    return load(root)


def environment_of(loaded: "Loaded", name: str | None) -> tuple[str, Mapping[str, str]]:
    """An environment's name and settings. UsageError if there is no such environment."""
    data = loaded.config.network.data
    wanted = name or str(data["default_environment"])
    if wanted not in data["environments"]:
        known = ", ".join(data["environments"])
        raise click.UsageError(f"There is no environment {wanted}. Choose one of: {known}.")
    return wanted, data["environments"][wanted]


@contextmanager
def portal_of(loaded: "Loaded", root: Path, settings: Mapping[str, str]) -> "Iterator[Backend]":
    """The portal of an environment, closed at the end."""
    from portalsync.backend.connect import connected
    from portalsync.pipeline import seed_of

    with connected(settings["backend"], settings, root, seed_of(loaded.config)) as portal:
        yield portal


def commit_of(root: Path) -> str:
    """The commit that the folder is at; empty outside git or with uncommitted changes."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return ""
    return "" if changed else head


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 - fixed words
    return done.stdout.strip()


def read_file(path: Path, largest: int) -> bytes:
    """A file named on the command line. PortalsyncError if it cannot be read."""
    try:
        if path.stat().st_size > largest:
            raise PortalsyncError(f"{path} is larger than {largest:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise PortalsyncError(f"{path} cannot be read: {error.strerror}") from error
