"""Results that are kept from run to run, in files that may go, or be damaged, at any time: a shortcut, and
never more. It has no idea what it keeps.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from portalsync.aside import beside
from portalsync.errors import reason
from portalsync.files import AS_IT_IS, read_at_most
from portalsync.lexicon import Text, phrase

Listener: TypeAlias = Callable[[Path, Text], None]
"""Hears of a folder in which nothing is kept, and why."""

MOST_BYTES = 256 * 1024 * 1024
LARGEST_SHELF = 64 * 1024 * 1024
"""All shelves together, and one of them; what was used least recently goes first."""

_HEAD = b"portalsync cache 2\n"
_KEY, _LAST = 64, 65
"""How long a key is, and the last line: a hex digest and a line end."""
_SUFFIX = ".shelf"
_ASIDE = ".portalsync-"


def _nobody_hears(_folder: Path, _why: Text) -> None:
    """Nobody asked for anything to be kept there."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of shelves, or none: then nothing is kept, and all is as it would be otherwise."""

    folder: Path | None = None
    listener: Listener = _nobody_hears

    @classmethod
    def at(cls, folder: Path, listener: Listener = _nobody_hears) -> "Cache":
        """In a folder that only this user can write to, made if need be; in none if that cannot be."""
        why = _unusable(folder)
        if why:
            listener(folder, why)
            return cls()
        return cls(folder, listener)

    def shelf(self, name: str) -> "Shelf":
        """What is kept under a name, which is for all to agree on whose results can stand for one another."""
        return Shelf(self.folder and self.folder / f"{name}{_SUFFIX}", self.listener)


def _unusable(folder: Path) -> Text:
    """Why nothing is kept in it; empty where it can be. Who else can write there could lie to us."""
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError as error:
        return reason(error)
    if state.st_uid != os.geteuid():
        return phrase("errors.cache.foreign")
    return phrase("errors.cache.open") if state.st_mode & 0o022 else ""


NOTHING_KEPT = Cache()


class Shelf:
    """Values by key, read at once. A key is the hex SHA-256 of all that its value follows from; a value has
    no line end. What others write to the shelf meanwhile may be lost, and that is all that may.
    """

    def __init__(self, path: Path | None, listener: Listener = _nobody_hears) -> None:
        self._path, self._listener = path, listener
        self._values = dict(_entries(path)) if path else {}
        self._used = dict[bytes, bytes]()
        self._is_new = False

    def get(self, key: bytes) -> bytes | None:
        value = self._values.get(key)
        if value is not None:
            self._used[key] = value
        return value

    def put(self, key: bytes, value: bytes) -> None:
        if len(key) != _KEY or b"\n" in value:
            raise ValueError(key)
        self._used[key] = value
        self._is_new = True

    def save(self) -> None:
        """Whole, or as it was; where it cannot be written, nothing is kept."""
        if self._path is None or not self._used:
            return
        with suppress(OSError):
            if not self._is_new:
                os.utime(self._path)
            elif self._is_written(self._path):
                _tidy(self._path.parent)

    def _is_written(self, path: Path) -> bool:
        try:
            _write(path, _bounded([*self._lines()]))
        except OSError as error:
            self._listener(path.parent, reason(error))
            return False
        return True

    def _lines(self) -> Iterator[bytes]:
        """Those of this run last."""
        unused = (pair for pair in self._values.items() if pair[0] not in self._used)
        return (b"%b %b\n" % pair for pair in (*unused, *self._used.items()))


def _entries(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """What a shelf holds; nothing if it is not byte for byte what was written."""
    try:
        content = read_at_most(path, LARGEST_SHELF, AS_IT_IS) or b""
    except OSError:
        return
    end = len(content) - _LAST
    whole = _last_line(path, sha256(memoryview(content)[: max(end, 0)]).hexdigest())
    if content.startswith(_HEAD) and content.endswith(whole):
        start = len(_HEAD)
        while start < end:  # the lines are never in memory a second time, all of them
            stop = content.index(b"\n", start)
            yield content[start : start + _KEY], content[start + _KEY + 1 : stop]
            start = stop + 1


def _last_line(path: Path, digest: str) -> bytes:
    """What proves a shelf: made of the digest of all lines above, and of its name, so that none passes for
    another one.
    """
    return sha256(f"{path.name} {digest}".encode()).hexdigest().encode() + b"\n"


def _bounded(lines: Sequence[bytes]) -> Sequence[bytes]:
    """The last of them, as many as a shelf may hold."""
    sizes = accumulate(map(len, reversed(lines)), initial=len(_HEAD) + _LAST)
    fitting = sum(1 for size in sizes if size <= LARGEST_SHELF) - 1
    return lines[len(lines) - fitting :]


def _write(path: Path, lines: Iterable[bytes]) -> None:
    """No more is asked of the disk: what is not whole after a crash is not believed."""
    digest = sha256(_HEAD)
    with beside(path) as (made, handle):
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(_HEAD)
            for line in lines:
                digest.update(line)
                file.write(line)
            file.write(_last_line(path, digest.hexdigest()))
        made.replace(path)


def _tidy(folder: Path) -> None:
    """What was used least recently goes until the rest is small enough; nothing of others is touched."""
    with os.scandir(folder) as entries:
        own = [each for each in entries if each.name.endswith(_SUFFIX) or each.name.startswith(_ASIDE)]
    room = MOST_BYTES
    for entry in sorted(own, key=lambda each: -each.stat(follow_symlinks=False).st_mtime_ns):
        room -= entry.stat(follow_symlinks=False).st_size
        if room < 0:
            Path(entry.path).unlink()
