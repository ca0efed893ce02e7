"""Which code this is: our own, and whatever judges beside it. Results follow from that besides files."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import TZPATH

import portalsync
from portalsync.files import read_at_most
from portalsync.resources import folder

_LARGEST = 16 * 1024 * 1024
_NOT_CODE = {"__pycache__", "templates", "schemas", "portal-config"}
"""What a wheel has inside the package, and a checkout beside it: see `resources.py`."""
_INSTALLED = (".dist-info", ".egg-info")
_VERSION_OF_ZONES = 64
"""So many characters of `tzdata.zi` hold it."""


@cache
def code_digest() -> str:
    """Of our own code, with words and templates: the same in a checkout, in a wheel, on another machine.
    OSError if it cannot be read.
    """
    return _digest((*_sources(Path(portalsync.__file__).parent), *_sources(folder("templates"))))


@cache
def program_digest() -> str:
    """The same for equal code on equal libraries, wherever and whenever they were installed. OSError as
    above.
    """
    return _digest((code_digest().encode(), sys.version.encode(), *_libraries(), *_zones()))


def _digest(contents: Iterable[bytes]) -> str:
    digest = sha256()
    for content in contents:
        digest.update(sha256(content).digest())
    return digest.hexdigest()


def _sources(place: Path) -> Iterator[bytes]:
    """All files, each below its name: a file that was changed in place counts, whatever its date says."""
    for entry in sorted(os.scandir(place), key=lambda each: each.name):
        if entry.is_dir():
            yield from _sources(Path(entry.path)) if entry.name not in _NOT_CODE else ()
        else:
            yield entry.name.encode()
            yield read_at_most(entry.path, _LARGEST) or b""


def _libraries() -> Iterator[bytes]:
    """Everything that is installed, with its version."""
    for place in sys.path:
        with suppress(OSError):
            names = (each.name for each in os.scandir(place or "."))
            yield "\n".join(sorted(each for each in names if each.endswith(_INSTALLED))).encode()


def _zones() -> Iterator[bytes]:
    """The version of the time zones of the system; that of `tzdata` is among the libraries."""
    for place in TZPATH:
        with suppress(OSError), Path(place, "tzdata.zi").open("rb") as file:
            yield file.read(_VERSION_OF_ZONES)
