"""Folders of people: filled or replaced whole, or not at all; what others put there stays."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from portalsync.aside import FEW, beside, settle, swap, sweep, sync, sync_all, usual
from portalsync.errors import OutputFailed, reason
from portalsync.files import read_at_most, write_file
from portalsync.lexicon import phrase

_ALL = "all"
"""The place beside which everything waits that is to fill a folder."""
_LARGEST_MARKER = 64 * 1024 * 1024

Files: TypeAlias = Iterable[tuple[str, bytes]]
"""Relative name and content of each, which may be made only when its turn comes."""


@dataclass(frozen=True)
class OwnFolder:
    """A folder that a command makes, and makes anew at its next run. `marker` is a file in it that says who
    made it and what: the name of each file that is the command's own, a line each below the first. The words
    are `errors.folder.no-<kind>` and `errors.folder.<kind>-not-written`.
    """

    kind: str
    made_by: str

    @property
    def marker(self) -> str:
        return f".portalsync-{self.kind}"

    def write(self, target: Path, names: Collection[str], files: Files, later: Iterable[str] = ()) -> None:
        """Replace what the command made in `target` earlier by these files, which have these names; every
        other file there is kept. `later` are names of its own that it will make there itself. A folder that
        is another's, or has a file of another's in the way, is left alone: OutputFailed.
        """
        folder = Path(os.path.realpath(target))
        marker = (self.marker, "\n".join((self.made_by, *names, *later, "")).encode())
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            sweep(folder)
            others = self._others(folder, target)
            self._check_free(target, (self.marker, *names), others)
        except OSError as error:
            told = phrase("errors.folder.unwritable.message", folder=str(target), reason=reason(error))
            raise OutputFailed(told) from error
        try:
            replace_folder(folder, chain((marker,), files), others)
        except OSError as error:
            raise OutputFailed(
                phrase(f"errors.folder.{self.kind}-not-written.message", reason=reason(error)),
                phrase(f"errors.folder.{self.kind}-not-written.hint"),
            ) from error

    def _others(self, folder: Path, target: Path) -> frozenset[str]:
        """What is in the folder and the command did not make: files, links, empty folders."""
        if not folder.exists():
            return frozenset()
        there = frozenset(_below(folder)) if folder.is_dir() else frozenset((folder.name,))
        if there and self.marker not in there:
            raise OutputFailed(
                phrase(f"errors.folder.no-{self.kind}.message", folder=str(target)),
                phrase(f"errors.folder.no-{self.kind}.hint"),
            )
        return there - self._made(folder / self.marker) if there else there

    def _made(self, marker: Path) -> frozenset[str]:
        content = read_at_most(marker, _LARGEST_MARKER) or b""
        return frozenset((self.marker, *content.decode("utf-8", "replace").split("\n")[1:]))

    def _check_free(self, target: Path, names: Iterable[str], others: frozenset[str]) -> None:
        if in_the_way := sorted(others.intersection(names)):
            raise OutputFailed(
                phrase("errors.folder.in-the-way.message", file=str(target / in_the_way[0])),
                phrase("errors.folder.in-the-way.hint"),
            )


def replace_folder(folder: Path, files: Files, kept: Iterable[str] = ()) -> None:
    """Replace a folder at once by one with these files, and with what is `kept` of the old one: files, links,
    empty folders. An OSError leaves the old one as it was. Killed, it leaves the old one or the new one.
    """
    with beside(folder, folder=True) as (fresh, _):
        for name in kept:
            _keep(folder / name, fresh / name)
        _write_below(fresh, files)
        fresh.chmod(folder.stat().st_mode & 0o777 if folder.exists() else usual(0o777))
        swap(fresh, folder)


def fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files (relative name: content) into a folder, where those that it has are replaced; or, with the
    OSError, none.
    """
    with beside(folder / _ALL, folder=True) as (aside, _):
        _write_below(aside, files.items())
        moves = [*_moves(aside, folder)]
        replaced = {target: target.read_bytes() for _, target in moves if target.exists()}
        try:
            for entry, target in moves:
                if target in replaced:
                    entry.chmod(target.stat().st_mode & 0o777)
                entry.rename(target)
        except BaseException:
            _move_back(moves, replaced)
            raise
    for parent in {target.parent for _, target in moves}:
        settle(parent)


def _moves(aside: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Whole folders where there is none yet; else what is in them."""
    for entry in sorted(aside.iterdir()):
        target = folder / entry.name
        if entry.is_dir() and target.is_dir():
            yield from _moves(entry, target)
        else:
            yield entry, target


def _move_back(moves: Iterable[tuple[Path, Path]], replaced: Mapping[Path, bytes]) -> None:
    for entry, target in moves:
        if target in replaced:
            write_file(target, replaced[target])
        elif not os.path.lexists(entry):
            target.rename(entry)


def sweep_within(folder: Path) -> None:
    """What a killed run left that was to fill the folder goes."""
    sweep(folder / _ALL)


def _below(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, onerror=_stop):
        path = Path(parent)
        links = [name for name in folders if (path / name).is_symlink()]
        for name in (*names, *links):
            yield (path / name).relative_to(folder).as_posix()
        if not (folders or names) and path != folder:
            yield path.relative_to(folder).as_posix()


def _stop(error: OSError) -> None:
    raise error


def _write_below(folder: Path, files: Files) -> None:
    """On the disk when it is done: all are written first, so that the system can put them there together."""
    written, parents = [], set[Path]()
    for name, content in files:
        path = folder / name
        if path.parent not in parents:
            path.parent.mkdir(parents=True, exist_ok=True)
            parents.add(path.parent)
        path.write_bytes(content)
        written.append(path)
    if len(written) <= FEW or not sync_all(folder):
        _sync_each(folder, written)


def _sync_each(folder: Path, files: Iterable[Path]) -> None:
    for path in files:
        sync(path)
    for parent, _, _ in os.walk(folder, topdown=False):
        sync(Path(parent))


def _keep(old: Path, new: Path) -> None:
    """The same file under a second path; nothing is copied, so that nothing can be lost."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif old.is_dir():
        new.mkdir()
    else:
        new.hardlink_to(old)
