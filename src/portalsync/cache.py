"""Results that are kept from run to run, in files that may go, or be damaged, at any time: a shortcut, and
never more. It has no idea what it keeps.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import IO, TypeAlias
from weakref import finalize
from zlib import crc32

from portalsync.aside import beside, opened
from portalsync.errors import reason
from portalsync.files import AS_IT_IS, TO_READ
from portalsync.lexicon import Text, phrase

Listener: TypeAlias = Callable[[Path, Text], None]
"""Hears of a folder in which nothing is kept, and why."""

MOST_BYTES = 256 * 1024 * 1024
LARGEST_SHELF = 64 * 1024 * 1024
"""All shelves together, and one of them; what was used least recently goes first."""

_HEAD = b"portalsync cache 2\n"
_KEY, _LAST = 64, 65
"""How long a key is, and the last line: a hex digest and a line end."""
_BUFFER = 64 * 1024
_CHECKSUMS = 1 << 32
"""So many there are. A place and a checksum in one number take less than half of what a pair takes."""
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
    if not hasattr(os, "geteuid"):
        return ""  # as on Windows, where the folders of a user are the user's by default
    if state.st_uid != os.geteuid():
        return phrase("errors.cache.foreign")
    return phrase("errors.cache.open") if state.st_mode & 0o022 else ""


NOTHING_KEPT = Cache()


class Shelf:
    """Values by key, in a file in which they stay until somebody asks. A key is the hex SHA-256 of all that
    its value follows from; a value has no line end. What others write to the shelf meanwhile may be lost, and
    that is all that may.
    """

    def __init__(self, path: Path | None, listener: Listener = _nobody_hears) -> None:
        self._path, self._listener = path, listener
        self._lines = _lines_of(path) if path else None
        self._known: dict[bytes, int | bytes] = {**self._lines.places()} if self._lines else {}
        """Where their lines are, or the values themselves; those of this run last."""
        self._is_used = self._is_new = False

    def get(self, key: bytes) -> bytes | None:
        known = self._known.pop(key, None)
        if known is None:
            return None
        value = self._value(key, known)
        if value is not None:
            self._known[key] = known
            self._is_used = True
        return value

    def put(self, key: bytes, value: bytes) -> None:
        if len(key) != _KEY or b"\n" in value:
            raise ValueError(key)
        self._known.pop(key, None)
        self._known[key] = value
        self._is_used = self._is_new = True

    def save(self) -> None:
        """Whole, or as it was; where it cannot be written, nothing is kept."""
        if self._path is None or not self._is_used:
            return
        with suppress(OSError):
            if not self._is_new:
                os.utime(self._path)
            elif self._is_written(self._path):
                _tidy(self._path.parent)

    def _is_written(self, path: Path) -> bool:
        try:
            _write(path, _bounded([*self._written()]))
        except OSError as error:
            self._listener(path.parent, reason(error))
            return False
        return True

    def _written(self) -> Iterator[bytes]:
        for key, known in self._known.items():
            value = self._value(key, known)
            if value is not None:
                yield b"%b %b\n" % (key, value)

    def _value(self, key: bytes, known: int | bytes) -> bytes | None:
        if isinstance(known, bytes):
            return known
        return self._lines.value(key, known) if self._lines else None


def _lines_of(path: Path) -> "_Lines | None":
    try:
        return _Lines(open(path, "rb", _BUFFER, opener=_opened_as_it_is), path)
    except OSError:
        return None


def _opened_as_it_is(path: str, flags: int) -> int:
    return os.open(path, flags | TO_READ | AS_IT_IS)


class _Lines:
    """Those of a shelf's file. It is held open: nothing happens to it when another one takes its place."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path
        # Not `__del__`: where both go at once, as parts of a cycle, the file may be the first to go.
        finalize(self, file.close)

    def places(self) -> Mapping[bytes, int]:
        """Where the line of each key is, and its checksum; nothing if the file is not byte for byte what was
        written.
        """
        try:
            end = os.fstat(self._file.fileno()).st_size - _LAST
            is_one = 0 < end <= LARGEST_SHELF and self._file.readline(len(_HEAD)) == _HEAD
            return self._proved(end) if is_one else {}
        except OSError:
            return {}

    def _proved(self, end: int) -> Mapping[bytes, int]:
        places, digest, at = dict[bytes, int](), sha256(_HEAD), len(_HEAD)
        while at < end and (line := self._file.readline()):
            digest.update(line)
            places[line[:_KEY]] = at * _CHECKSUMS + crc32(line)
            at += len(line)
        whole = _last_line(self._path, digest.hexdigest())
        return places if at == end and self._file.read(_LAST + 1) == whole else {}

    def value(self, key: bytes, place: int) -> bytes | None:
        """None if it is not there any more as it was."""
        start, checksum = divmod(place, _CHECKSUMS)
        try:
            self._file.seek(start)
            line = self._file.readline()
        except OSError:
            return None
        return line[_KEY + 1 : -1] if crc32(line) == checksum and line.startswith(key) else None


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
        with opened(made, handle) as file:
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
