"""What is made beside its place and goes there at once: a later run knows it by its name, and by its lock
whether its maker still lives.
"""

import ctypes
import errno
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import IO, Any

_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
_RENAME_EXCHANGE, _HERE = 2, -100
_OLD = "old"
_NOT_LINUX = (AttributeError, OSError, TypeError)
"""What asking for a function of Linux ends with elsewhere."""
_LEFT_FOR_SURE = 24 * 60 * 60
"""Seconds after which nobody is still making something, where no lock tells. See decision 0104."""
FEW = 256
"""So many files are put on the disk one by one; more go together, which is quicker."""
_NAMES = [str(number) for number in range(8)]
"""So many programs may be at one place at once."""


def _there(name: str) -> Any:
    """A module, if the system has it."""
    try:
        return import_module(name)
    except ImportError:
        return None


_LOCKS = _there("fcntl")
"""Without it, as on Windows, open files can be neither locked so nor moved, and folders not be opened."""


@contextmanager
def beside(place: Path, *, folder: bool = False) -> Iterator[tuple[Path, int | None]]:
    """A new file or folder next to a place, for nobody else to read, with its open handle where that may be
    moved; gone at the end unless it went there. What killed runs left of theirs is swept first. OSError if
    none can be there.
    """
    sweep(place)
    made, handle = _made(place, folder=folder)
    try:
        yield made, handle
    finally:
        _remove(made)
        if handle is not None:
            os.close(handle)


def opened(made: Path, handle: int | None) -> IO[bytes]:
    """The file that `beside` made, to be written; its own handle stays open."""
    return made.open("r+b") if handle is None else os.fdopen(os.dup(handle), "wb")


def sweep(place: Path) -> None:
    """What killed runs left beside a place goes; a folder that one of them had moved away comes back."""
    for name in (_OLD, *_NAMES):
        with suppress(OSError):
            _sweep(_aside(place, name), place if name == _OLD else None)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Of all who ask for the folder, one after the other; where nothing can be locked, nobody waits."""
    if _LOCKS is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _locked(handle)
        yield
    finally:
        os.close(handle)


def usual(mode: int) -> int:
    """The rights of something new, as this process is asked to give them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mode & ~mask


def put(made: Path, place: Path) -> None:
    """A file goes to its place, in one step that lasts."""
    made.replace(place)
    settle(place.parent)


def swap(made: Path, place: Path) -> None:
    """A folder takes the place of another, in one step that lasts; the old one is where it was made then.
    Where the system cannot exchange two names, there is a moment without a folder: a run that is killed in it
    leaves it to the next one, which puts the old folder back. An OSError leaves all as it was.
    """
    if not place.exists():
        made.rename(place)
    elif not _exchange(made, place):
        _swap_in_two(made, place)
    settle(place.parent)


def sync(path: Path) -> None:
    """A file or folder is on the disk, as it is now; a folder only where it can be opened."""
    if _LOCKS is None and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if _LOCKS else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(folder: Path) -> bool:
    """Whether the system could put all that was written where the folder is on the disk together, as Linux
    can: whoever else writes there is waited for too.
    """
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except _NOT_LINUX:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)
    return True


def sync_files(files: Collection[Path]) -> None:
    """Files are on the disk: few of them one by one; more together, which is quicker, if all are on one."""
    disks = {path.parent.stat().st_dev: path.parent for path in files if len(files) > FEW}
    if len(disks) != 1 or not sync_all(*disks.values()):
        for path in files:
            sync(path)


def settle(folder: Path) -> None:
    """So is what was renamed in it. What was done is done, also where a folder cannot be synced."""
    with suppress(OSError):
        sync(folder)


def _aside(place: Path, name: str) -> Path:
    """No longer than a name may be, however long the place's own is."""
    return place.with_name(f".portalsync-{sha256(os.fsencode(place.name)).hexdigest()[:8]}-{name}")


def _made(place: Path, *, folder: bool) -> tuple[Path, int | None]:
    """Locked while it has its name: before it was, a run that sweeps could have taken it for a leftover."""
    for made in (_aside(place, name) for name in _NAMES):
        with suppress(FileExistsError):
            if _LOCKS is None:
                made.mkdir() if folder else made.touch(exist_ok=False)
                return made, None
            handle = (
                _made_folder(made) if folder else os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            )
            _locked(handle)
            if _is_still(made, handle):
                return made, handle
            os.close(handle)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(place))


def _made_folder(path: Path) -> int:
    path.mkdir(0o700)
    return os.open(path, os.O_RDONLY)


def _is_still(made: Path, handle: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(made.lstat(), os.fstat(handle))
    return False


def _sweep(left: Path, back_to: Path | None) -> None:
    """Only what is this user's own, and locked by nobody."""
    if _LOCKS is None:
        if time.time() - left.lstat().st_mtime > _LEFT_FOR_SURE:
            _take_back(left, back_to)
        return
    handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if os.fstat(handle).st_uid != os.geteuid() or not _locked(handle, _LOCKS.LOCK_NB):
            return
        _take_back(left, back_to)
    finally:
        os.close(handle)


def _take_back(left: Path, back_to: Path | None) -> None:
    if back_to is None or os.path.lexists(back_to):
        _remove(left)
    else:
        left.rename(back_to)


def _locked(handle: int, how: int = 0) -> bool:
    """Whether nobody else has it. Where nothing can be locked, nobody has."""
    try:
        _LOCKS.flock(handle, _LOCKS.LOCK_EX | how)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def _exchange(made: Path, place: Path) -> bool:
    """Whether the system could swap the two names, as Linux does on most of its file systems."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except _NOT_LINUX:
        return False
    if not renameat2(_HERE, os.fsencode(made), _HERE, os.fsencode(place), _RENAME_EXCHANGE):
        return True
    if (number := ctypes.get_errno()) in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(place))


def _swap_in_two(made: Path, place: Path) -> None:
    if _LOCKS is None:
        _swap_by(made, place)
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        _locked(handle)
        _swap_by(made, place)
    finally:
        os.close(handle)


def _swap_by(made: Path, place: Path) -> None:
    old = _aside(place, _OLD)
    place.rename(old)
    try:
        made.rename(place)
    except BaseException:
        old.rename(place)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
