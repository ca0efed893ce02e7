"""Files of people: read within a limit, written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from portalsync.errors import OutputFailed, PortalsyncError, reason
from portalsync.lexicon import phrase

_KEPT_IN_MEMORY = 8 * 1024 * 1024


def read_at_most(path: Path, largest: int) -> bytes | None:
    """All of a file, or nothing if it has more bytes than that. OSError if it cannot be read."""
    with path.open("rb") as file:
        content = file.read(largest + 1)
    return content if len(content) <= largest else None


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
        with _beside(target, pieces) as whole:
            whole.replace(target)
    except OSError as error:
        raise OutputFailed(
            phrase("errors.file.not-written.message", file=str(path), reason=reason(error)),
            phrase("errors.file.not-written.hint"),
        ) from error


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """The same for files that are there, all of them or none. OutputFailed, or Ctrl-C, leaves them as they
    were.
    """
    replaced: dict[Path, bytes] = {}
    try:
        with ExitStack() as stack:
            targets = {Path(os.path.realpath(path)): content for path, content in contents.items()}
            new = [
                (target, stack.enter_context(_beside(target, (each,)))) for target, each in targets.items()
            ]
            for target, whole in new:
                replaced[target] = target.read_bytes()
                whole.replace(target)
    except BaseException as error:
        _put_back(replaced)
        if isinstance(error, OSError):
            raise OutputFailed(
                phrase("errors.file.none-replaced.message", reason=reason(error)),
                phrase("errors.file.none-replaced.hint"),
            ) from error
        raise


def append_file(path: Path, text: str) -> None:
    """Add to a file that a workflow collects, such as its summary. OutputFailed if that cannot be."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        told = phrase("errors.file.not-extended.message", file=str(path), reason=reason(error))
        raise OutputFailed(told) from error


def fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files (relative name: content) into a folder that has none of them, or, with the OSError, none."""
    aside = Path(tempfile.mkdtemp(prefix=".portalsync-", dir=folder))
    moved: list[Path] = []
    try:
        _write_below(aside, files)
        for entry in sorted(aside.iterdir()):
            moved.append(folder / entry.name)
            entry.rename(moved[-1])
        aside.rmdir()
    except BaseException:
        for path in (*moved, aside):
            _remove(path)
        raise


def folder_beside(folder: Path) -> Path:
    """A new folder next to a place, for `replace_folder`. OSError if none can be there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))


def replace_folder(folder: Path, fresh: Path, files: Mapping[str, bytes], kept: Iterable[str] = ()) -> None:
    """Replace a folder at once by a fresh one with these files, and with what is `kept` of the old one:
    files, links, empty folders. An OSError leaves the old one as it was; the fresh one is gone in every case.
    """
    try:
        fresh.chmod(0o755)
        _write_below(fresh, files)
        for name in kept:
            _keep(folder / name, fresh / name)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _unreadable(path: Path, error: OSError) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.file.unreadable.message", file=str(path), reason=reason(error)),
        phrase("errors.file.unreadable.hint"),
    )


@contextmanager
def _beside(target: Path, content: Iterable[bytes]) -> Iterator[Path]:
    """A file next to its place, whole and on the disk, with the rights of the one that it will replace.
    Unless it was moved there, it is gone at the end.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        yield made
    finally:
        with suppress(OSError):
            made.unlink()


def _put_back(contents: Mapping[Path, bytes]) -> None:
    for target, content in contents.items():
        with suppress(OSError), _beside(target, (content,)) as whole:
            whole.replace(target)


def _write_below(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _keep(old: Path, new: Path) -> None:
    """The same file under a second path; nothing is copied, so that nothing can be lost."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif old.is_dir():
        new.mkdir()
    else:
        new.hardlink_to(old)


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        folder.replace(old)  # an empty folder may be replaced by a folder
    except BaseException:
        old.rmdir()
        raise
    try:
        fresh.rename(folder)
    except BaseException:
        old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
