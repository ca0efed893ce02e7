"""Which files a config repository consists of; nothing outside its folder, nothing by accident."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.kinds.image import LARGEST_IMAGE
from portalsync.config.file import ConfigFile, content_in, leaves
from portalsync.config.file_names import Naming, misnamed, other_case, passed_over
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import Diagnostic, Position, has_errors
from portalsync.errors import InvalidConfig, UnreadableInput, reason
from portalsync.lexicon import phrase

_ASSET_TYPES = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b""}


_CONFIG = Naming((".yaml",), ".yaml", re.compile(r"(\.(y[aml]*|json))?"))
_PICTURE = Naming(
    tuple(_ASSET_TYPES),
    phrase("yaml.files.name.pictures"),
    re.compile(r"(\.(png|svgz?|jpe?g|gif|webp|avif|heic|bmp|tiff?|ico))?"),
)


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """Everything that was read. `warnings` name the files that lie in between and were not."""

    root: Path
    files: tuple[ConfigFile, ...]
    assets: tuple[ConfigFile, ...]
    warnings: tuple[Diagnostic, ...] = ()


def discover(root: Path) -> ConfigFolder:
    """Read the folder, all or nothing: one file that cannot be read stops it. What is held of a file is the
    digest of its content.
    """
    _check_root(root)
    found = _Found(root, os.path.realpath(root).rstrip("/"))
    for kind in KINDS:
        found.files_of(kind)
    found.assets_of("assets")
    faults = sorted(found.faults, key=Diagnostic.sort_key)
    if has_errors(faults):
        raise InvalidConfig(faults)
    return ConfigFolder(root, tuple(found.files), tuple(found.assets), tuple(faults))


def discover_network(root: Path) -> ConfigFile:
    """The file that names the portals, whatever is to be said of the others."""
    _check_root(root)
    folder = os.path.realpath(root).rstrip("/")
    content = content_in(folder, NETWORK.file, MAX_BYTES)
    return ConfigFile(folder, NETWORK.file, NETWORK.name, sha256(content).digest())


def _check_root(root: Path) -> None:
    folder = str(root)
    try:
        root.stat()
    except (FileNotFoundError, NotADirectoryError):
        hint = phrase("yaml.files.root.missing.hint")
        raise UnreadableInput(phrase("yaml.files.root.missing.message", folder=folder), hint) from None
    except OSError as error:
        raise _unreadable(root, error) from None
    if not root.is_dir():
        hint = phrase("yaml.files.root.file.hint", network=NETWORK.file)
        raise UnreadableInput(phrase("yaml.files.root.file.message", folder=folder), hint)
    if not os.access(root, os.R_OK | os.X_OK):
        hint = phrase("yaml.files.root.forbidden.hint")
        raise UnreadableInput(phrase("yaml.files.root.forbidden.message", folder=folder), hint)
    if not os.path.lexists(root / NETWORK.file):
        message = phrase("yaml.files.root.no-network.message", folder=folder, network=NETWORK.file)
        raise UnreadableInput(message, phrase("yaml.files.root.no-network.hint"))


def _unreadable(root: Path, error: OSError) -> UnreadableInput:
    message = phrase("yaml.files.root.unreadable.message", folder=str(root), reason=reason(error))
    return UnreadableInput(message, phrase("yaml.files.root.unreadable.hint"))


@dataclass(frozen=True)
class _Found:
    """What was read so far of a folder, which people call `root`, and which has no links in `folder`."""

    root: Path
    folder: str
    files: list[ConfigFile] = field(default_factory=list)
    assets: list[ConfigFile] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def files_of(self, kind: FileKind) -> None:
        if not kind.file:
            for name, is_plain in self._named_well(kind.folder, _CONFIG):
                self._file(name, kind, is_plain=is_plain)
            return
        self.faults.extend(misnamed(self.root, name, _CONFIG) for name in self._almost(kind.file))
        if kind is NETWORK or os.path.lexists(self.root / kind.file):
            self._file(kind.file, kind)

    def assets_of(self, folder: str) -> None:
        for name, is_plain in self._named_well(folder, _PICTURE):
            content = self._content(name, LARGEST_IMAGE, is_plain=is_plain)
            if content is not None:
                self.faults.extend(check_picture(name, content))
                self.assets.append(ConfigFile(self.folder, name, "asset", sha256(content).digest()))

    def _file(self, name: str, kind: FileKind, *, is_plain: bool = False) -> None:
        content = self._content(name, MAX_BYTES, is_plain=is_plain)
        if content is not None:
            self.files.append(ConfigFile(self.folder, name, kind.name, sha256(content).digest()))

    def _content(self, name: str, largest: int, *, is_plain: bool) -> bytes | None:
        try:
            return content_in(self.folder, name, largest, is_plain=is_plain)
        except InvalidConfig as error:
            self.faults.extend(error.diagnostics)
            return None

    def _almost(self, file: str) -> Iterator[str]:
        """What was meant to be this file: without it, what it says would be let go."""
        for name in self._beside:
            path = Path(name)
            is_alike = path.stem.lower() == Path(file).stem and _CONFIG.alike.fullmatch(path.suffix.lower())
            if name != file and is_alike and not (self.root / name).is_dir():
                yield name

    @cached_property
    def _beside(self) -> list[str]:
        try:
            return sorted(path.name for path in self.root.iterdir())
        except OSError as error:
            raise _unreadable(self.root, error) from error

    def _named_well(self, folder: str, naming: Naming) -> Iterator[tuple[str, bool]]:
        """What is read of a folder, and whether it is a file and no link. A file that nobody would take for
        configuration is passed over; one that was meant to be some is an error: without it, its firm would
        be let go.
        """
        for entry in self._entries(folder):
            name = f"{folder}/{entry.name}"
            if naming.right.fullmatch(entry.name):
                yield name, _is_plain(entry)
            elif naming.alike.fullmatch(Path(name).suffix.strip().lower()) or (self.root / name).is_dir():
                self.faults.append(misnamed(self.root, name, naming))
            else:
                self.faults.append(passed_over(name, naming))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        path = self.root / folder
        self.faults.extend(
            other_case(name, folder)
            for name in self._beside
            if name != folder == name.lower() and (self.root / name).is_dir()
        )
        if not os.path.lexists(path):
            return []
        if not path.is_dir() or leaves(self.folder, folder):
            message, hint = phrase("yaml.files.no-folder.message"), phrase("yaml.files.no-folder.hint")
            self.faults.append(Diagnostic("not-a-folder", message, Position(folder), hint=hint))
            return []
        try:
            with os.scandir(path) as entries:
                return sorted((each for each in entries if each.name[0] != "."), key=attrgetter("name"))
        except OSError as error:
            message = phrase("yaml.files.unreadable.message_folder", reason=reason(error))
            hint = phrase("yaml.files.unreadable.hint")
            self.faults.append(Diagnostic("file-unreadable", message, Position(folder), hint=hint))
            return []


def _is_plain(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def check_picture(name: str, content: bytes) -> Iterator[Diagnostic]:
    """What is wrong with a file that is to be a picture."""
    suffix = Path(name).suffix
    is_svg = suffix == ".svg" and b"<svg" in content[:1000]
    if not is_svg and not (_ASSET_TYPES[suffix] and content.startswith(_ASSET_TYPES[suffix])):
        message = phrase("yaml.files.picture.message", form=suffix[1:].upper())
        hint = phrase("yaml.files.picture.hint")
        yield Diagnostic("asset-type", message, Position(name), hint=hint)
