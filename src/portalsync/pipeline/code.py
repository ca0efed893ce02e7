"""What results follow from besides files: our own code, and whatever judges beside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import TZPATH

import portalsync
from portalsync.files import read_at_most

_LARGEST = 16 * 1024 * 1024
_INSTALLED = (".dist-info", ".egg-info")
_VERSION_OF_ZONES = 64
"""So many characters of `tzdata.zi` hold it."""


@cache
def code_digest() -> str:
    """The same for equal code on equal libraries, wherever and whenever they were installed. OSError if the
    code cannot be read.
    """
    digest = sha256(sys.version.encode())
    for content in (*_sources(Path(portalsync.__file__).parent), *_libraries(), *_zones()):
        digest.update(sha256(content).digest())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[bytes]:
    """All files, each below its name: a file that was changed in place counts, whatever its date says."""
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.is_dir():
            yield from _sources(Path(entry.path)) if entry.name != "__pycache__" else ()
        else:
            yield entry.name.encode()
            yield read_at_most(entry.path, _LARGEST) or b""


def _libraries() -> Iterator[bytes]:
    """Everything that is installed, with its version."""
    for folder in sys.path:
        with suppress(OSError):
            names = (each.name for each in os.scandir(folder or "."))
            yield "\n".join(sorted(each for each in names if each.endswith(_INSTALLED))).encode()


def _zones() -> Iterator[bytes]:
    """The version of the time zones of the system; that of `tzdata` is among the libraries."""
    for folder in TZPATH:
        with suppress(OSError), Path(folder, "tzdata.zi").open("rb") as file:
            yield file.read(_VERSION_OF_ZONES)
