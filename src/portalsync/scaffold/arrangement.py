"""New files beside those that somebody has already: what is added, what is appended to, and what stays."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate
from pathlib import Path

from portalsync.config.editors import associations
from portalsync.config.editors.jetbrains import with_mappings
from portalsync.config.editors.vs_code import with_associations
from portalsync.files import read_file
from portalsync.scaffold.repository import CONFIG, JETBRAINS, SCHEMAS, VS_CODE

_LARGEST = 1024 * 1024
_STAYS = {
    ".github/CODEOWNERS",
    ".github/dependabot.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
}
"""Where somebody has their own, everything works without ours."""


class _Fate(Enum):
    NEW = auto()
    ADDED_TO = auto()
    AS_WANTED = auto()
    KEPT = auto()
    IN_THE_WAY = auto()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`files` are to be written, all or none. Of what somebody had, some are `added_to` and are in `files` as
    they will be, some are `kept`; if anything is `in_the_way`, nothing can be written.
    """

    files: Mapping[str, bytes]
    added_to: tuple[str, ...] = field(default=())
    kept: tuple[str, ...] = field(default=())
    in_the_way: tuple[str, ...] = field(default=())


def arranged(files: Mapping[str, bytes], root: Path, within: str) -> Arrangement:
    """Files by their names below `root`; those of the configuration begin with `within`. OutputFailed or
    PortalsyncError if one that is there cannot be read.
    """
    fates = {name: _fate(root, name, content, within) for name, content in files.items()}

    def named(fate: _Fate) -> tuple[str, ...]:
        return tuple(name for name, (found, _) in fates.items() if found is fate)

    written = {name: made for name, (fate, made) in fates.items() if fate in (_Fate.NEW, _Fate.ADDED_TO)}
    return Arrangement(written, named(_Fate.ADDED_TO), named(_Fate.KEPT), named(_Fate.IN_THE_WAY))


def _fate(root: Path, name: str, content: bytes, within: str) -> tuple[_Fate, bytes]:
    if _is_blocked(root, name):
        return _Fate.IN_THE_WAY, b""
    path, usual = root / name, name.removeprefix(within)
    if not os.path.lexists(path):
        return _Fate.NEW, content
    there = read_file(path, _LARGEST)
    try:
        wanted = _MERGED[usual](there, content) if usual in _MERGED else content
    except (ValueError, RecursionError):
        return _Fate.KEPT, b""
    if wanted == there:
        return _Fate.AS_WANTED, b""
    if usual in _MERGED:
        return _Fate.ADDED_TO, wanted
    return (_Fate.KEPT if usual in _STAYS else _Fate.IN_THE_WAY), b""


def _is_blocked(root: Path, name: str) -> bool:
    """A link could lead anywhere, also out of the repository; in a clone, others have made it."""
    *folders, path = (root / part for part in accumulate(name.split("/"), "{}/{}".format))
    if any(each.is_symlink() or (os.path.lexists(each) and not each.is_dir()) for each in folders):
        return True
    return path.is_symlink() or (os.path.lexists(path) and not path.is_file())


def _with_lines(there: bytes, ours: bytes) -> bytes:
    """The lines that it lacks, below its own, with its line ends."""
    end = b"\r\n" if b"\r\n" in there else b"\n"
    own = {line.rstrip() for line in there.splitlines()}
    lacking = [line for line in ours.splitlines() if line and line not in own]
    if not any(not line.startswith(b"#") for line in lacking):
        return there
    before = there if there.endswith(b"\n") or not there else there + end
    return before + end + end.join(lacking) + end


def _in_vs_code(there: bytes, _ours: bytes) -> bytes:
    return with_associations(there.decode("utf-8-sig"), associations(SCHEMAS, CONFIG)).encode()


def _in_jetbrains(there: bytes, _ours: bytes) -> bytes:
    return with_mappings(there, associations(SCHEMAS, CONFIG))


_MERGED: Mapping[str, Callable[[bytes, bytes], bytes]] = {
    ".gitignore": _with_lines,
    VS_CODE: _in_vs_code,
    JETBRAINS: _in_jetbrains,
}
