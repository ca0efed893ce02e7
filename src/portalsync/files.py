"""Files of people: read within a limit, written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from portalsync.aside import beside, opened, put, settle, sync_files, usual
from portalsync.errors import OutputFailed, PortalsyncError, reason
from portalsync.lexicon import phrase

_KEPT_IN_MEMORY = 8 * 1024 * 1024
_PIECE = 16 * 1024
"""Nearly every file is smaller. A larger buffer costs more than it saves: it has to be made for each file."""


AS_IT_IS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""To open what is no link and no pipe: what became one since somebody looked leads nowhere, nor waits."""
TO_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Bytes as they are, and for this process alone. Not every system has, or needs, each of the flags."""


def read_at_most(path: Path | str, largest: int, flags: int = 0) -> bytes | None:
    """All of a file, or nothing if it has more bytes than that. OSError if it cannot be read. `flags` are
    those of `os.open`.
    """
    handle = os.open(path, TO_READ | flags)
    try:
        content = os.read(handle, _PIECE)
        if piece := os.read(handle, _PIECE):
            content = b"".join(_pieces(content, piece, handle, largest))
    finally:
        os.close(handle)
    return content if len(content) <= largest else None


def _pieces(first: bytes, piece: bytes, handle: int, largest: int) -> Iterator[bytes]:
    """The rest of a file too, up to where it is too large."""
    yield first
    size = len(first)
    while piece and size <= largest:
        yield piece
        size += len(piece)
        piece = os.read(handle, _PIECE)


def read_file(path: Path, largest: int) -> bytes:
    """The same for a file that somebody named. PortalsyncError if it is too large or cannot be read."""
    try:
        content = read_at_most(path, largest)
    except OSError as error:
        raise _unreadable(path, error) from error
    if content is None:
        raise PortalsyncError(
            phrase("errors.file.too-large.message", file=str(path), most=largest),
            phrase("errors.file.too-large.hint"),
        )
    return content


@contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """A file to be read piece by piece. PortalsyncError if it cannot be."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _unreadable(path, error) from error


class Scratch(tempfile.SpooledTemporaryFile[bytes]):
    """An empty file without a name, gone with the object; a small one never leaves memory."""

    def __init__(self) -> None:
        super().__init__(max_size=_KEPT_IN_MEMORY)

    def __del__(self) -> None:
        self.close()


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Replace a file at once, durably; a link stays one. `content` may come in pieces. OutputFailed leaves
    the old file as it was.
    """
    pieces = (content,) if isinstance(content, bytes) else content
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            with target.open("wb") as device:  # or a pipe: never to be replaced by a file
                device.writelines(pieces)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with _whole(target, pieces) as whole:
            put(whole, target)
    except OSError as error:
        raise OutputFailed(
            phrase("errors.file.not-written.message", file=str(path), reason=reason(error)),
            phrase("errors.file.not-written.hint"),
        ) from error


def write_files(contents: Mapping[Path, bytes]) -> None:
    """The same for several files, all of them or none. OutputFailed, or Ctrl-C, leaves them as they were."""
    replaced: dict[Path, bytes | None] = {}
    targets = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    folders = {target.parent for target in targets}
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        with _made_together(targets) as made:
            for target, whole in made.items():
                replaced[target] = target.read_bytes() if target.exists() else None
                whole.replace(target)
        for folder in folders:
            settle(folder)
    except BaseException as error:
        _put_back(replaced)
        if isinstance(error, OSError):
            raise OutputFailed(
                phrase("errors.file.none-replaced.message", reason=reason(error)),
                phrase("errors.file.none-replaced.hint"),
            ) from error
        raise


@contextmanager
def _made_together(contents: Mapping[Path, bytes]) -> Iterator[Mapping[Path, Path]]:
    """Files that are whole and on the disk, in one folder that goes at the end, by the places that they will
    have. None of them is open: a process may have few files open at once.
    """
    if not contents:
        yield {}
        return
    around = Path(os.path.commonpath([target.parent for target in contents]))
    with beside(around / "files", folder=True) as (folder, _):
        made = {target: folder / str(number) for number, target in enumerate(contents)}
        for target, path in made.items():
            path.write_bytes(contents[target])
            path.chmod(_rights(target))
        sync_files(made.values())
        yield made


def _rights(target: Path) -> int:
    """Those of the file that is replaced, or of any new one."""
    return target.stat().st_mode & 0o777 if target.exists() else usual(0o666)


def append_file(path: Path, text: str) -> None:
    """Add to a file that a workflow collects, such as its summary. OutputFailed if that cannot be."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        told = phrase("errors.file.not-extended.message", file=str(path), reason=reason(error))
        raise OutputFailed(told) from error


def _unreadable(path: Path, error: OSError) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.file.unreadable.message", file=str(path), reason=reason(error)),
        phrase("errors.file.unreadable.hint"),
    )


@contextmanager
def _whole(target: Path, content: Iterable[bytes]) -> Iterator[Path]:
    """A file next to its place, whole and on the disk, with the rights of the one that it will replace; only
    its writer can read it until then.
    """
    with beside(target) as (made, handle):
        with opened(made, handle) as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(_rights(target))
        yield made


def _put_back(contents: Mapping[Path, bytes | None]) -> None:
    """As it was; what was not there goes."""
    for target, content in contents.items():
        with suppress(OSError):
            if content is None:
                target.unlink()
                continue
            with _whole(target, (content,)) as whole:
                put(whole, target)
