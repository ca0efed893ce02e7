"""Which files a config repository consists of; nothing outside its folder, nothing by accident."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.kinds.image import LARGEST_IMAGE
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import Diagnostic, Position, Severity, has_errors
from portalsync.errors import InvalidConfig, UnreadableInput, reason
from portalsync.files import read_at_most
from portalsync.lexicon import Phrase, Text, phrase

_ASSET_TYPES = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b""}


@dataclass(frozen=True, slots=True)
class _Naming:
    """How the files of a folder end, how people say it, and how those end that are only meant to be one."""

    suffixes: tuple[str, ...]
    ending: Text
    alike: re.Pattern[str]


_CONFIG = _Naming((".yaml",), ".yaml", re.compile(r"(\.(y[aml]*|json))?"))
_PICTURE = _Naming(
    tuple(_ASSET_TYPES),
    phrase("yaml.files.name.pictures"),
    re.compile(r"(\.(png|svgz?|jpe?g|gif|webp|avif|heic|bmp|tiff?|ico))?"),
)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One file as it was read. `name` is relative to the folder, with forward slashes."""

    name: str
    kind: str
    stem: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """Everything that was read. `warnings` name the files that lie in between and were not."""

    root: Path
    files: tuple[ConfigFile, ...]
    assets: tuple[ConfigFile, ...]
    warnings: tuple[Diagnostic, ...] = ()


def discover(root: Path) -> ConfigFolder:
    """Read the folder, all or nothing: one file that cannot be read stops it."""
    _check_root(root)
    faults: list[Diagnostic] = []
    files: list[ConfigFile] = []
    assets: list[ConfigFile] = []
    for name, kind in _names(root, faults):
        target = assets if kind == "asset" else files
        content = _read(root, name, LARGEST_IMAGE if kind == "asset" else MAX_BYTES, faults)
        if content is not None:
            target.append(ConfigFile(name, kind, Path(name).stem, content))
    faults.extend(fault for asset in assets for fault in _check_asset(asset))
    faults.sort(key=Diagnostic.sort_key)
    if has_errors(faults):
        raise InvalidConfig(faults)
    return ConfigFolder(root, tuple(files), tuple(assets), tuple(faults))


def discover_network(root: Path) -> ConfigFile:
    """The file that names the portals, whatever is to be said of the others."""
    _check_root(root)
    faults: list[Diagnostic] = []
    content = _read(root, NETWORK.file, MAX_BYTES, faults)
    if content is None:
        raise InvalidConfig(faults)
    return ConfigFile(NETWORK.file, NETWORK.name, Path(NETWORK.file).stem, content)


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


def _names(root: Path, faults: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield from ((name, kind.name) for name in _names_of(kind, root, faults))
    yield from ((name, "asset") for name in _named_well(root, "assets", _PICTURE, faults))


def _names_of(kind: FileKind, root: Path, faults: list[Diagnostic]) -> Iterator[str]:
    if not kind.file:
        yield from _named_well(root, kind.folder, _CONFIG, faults)
        return
    faults.extend(_misnamed(name, _CONFIG) for name in _almost(root, kind.file))
    if kind is NETWORK or os.path.lexists(root / kind.file):
        yield kind.file


def _almost(root: Path, file: str) -> Iterator[str]:
    """What was meant to be this file: without it, what it says would be let go."""
    try:
        paths = sorted(root.iterdir())
    except OSError as error:
        raise _unreadable(root, error) from error
    for path in paths:
        is_alike = path.stem.lower() == Path(file).stem and _CONFIG.alike.fullmatch(path.suffix.lower())
        if path.name != file and is_alike and not path.is_dir():
            yield path.name


def _entries(root: Path, folder: str, faults: list[Diagnostic]) -> list[str]:
    path = root / folder
    if not os.path.lexists(path):
        return []
    if not path.is_dir() or _leaves(root, path):
        message, hint = phrase("yaml.files.no-folder.message"), phrase("yaml.files.no-folder.hint")
        faults.append(_fault("not-a-folder", folder, message, hint))
        return []
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        message = phrase("yaml.files.unreadable.message_folder", reason=reason(error))
        faults.append(_fault("file-unreadable", folder, message, phrase("yaml.files.unreadable.hint")))
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(".")]


def _named_well(root: Path, folder: str, naming: _Naming, faults: list[Diagnostic]) -> Iterator[str]:
    """What is read of a folder. A file that nobody would take for configuration is passed over; one that was
    meant to be some is an error: without it, its firm would be let go.
    """
    for name in _entries(root, folder, faults):
        stem, suffix = Path(name).stem, Path(name).suffix
        fits = stem.replace("-", "").isalnum() and stem.isascii() and stem == stem.lower()
        if suffix in naming.suffixes and fits and stem[0] != "-" and stem[-1] != "-":
            yield name
        elif naming.alike.fullmatch(suffix.strip().lower()) or (root / name).is_dir():
            faults.append(_misnamed(name, naming))
        else:
            faults.append(_passed_over(name, naming))


def _misnamed(name: str, naming: _Naming) -> Diagnostic:
    return Diagnostic(
        "file-name",
        phrase("yaml.files.name.message"),
        _file(name),
        expected=phrase("yaml.files.name.expected", ending=naming.ending),
        hint=_new_name(Path(name), naming.suffixes),
    )


def _passed_over(name: str, naming: _Naming) -> Diagnostic:
    return Diagnostic(
        "file-ignored",
        phrase("yaml.files.ignored.message", ending=naming.ending),
        _file(name),
        Severity.WARNING,
        hint=phrase("yaml.files.ignored.hint"),
    )


def _file(name: str) -> Position:
    """A file whose name may hold bytes that are no text."""
    return Position(name.encode("utf-8", "backslashreplace").decode())


def _new_name(path: Path, suffixes: tuple[str, ...]) -> Phrase:
    """What to do about a name; with the nearest one that fits, if there is any."""
    plain = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    suffix = path.suffix.lower()
    known = {".yml": ".yaml"}.get(suffix, suffix)
    if plain and known in suffixes:
        return phrase("yaml.files.name.hint_to", name=plain + known)
    return phrase("yaml.files.name.hint")


def _leaves(root: Path, path: Path) -> bool:
    """Whether following links from `path` ends outside the folder."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _read(root: Path, name: str, largest: int, faults: list[Diagnostic]) -> bytes | None:
    path = root / name
    try:
        if _leaves(root, path):
            message, hint = phrase("yaml.files.outside.message"), phrase("yaml.files.outside.hint")
            faults.append(_fault("file-outside", name, message, hint))
            return None
        if not path.is_file():
            message, hint = phrase("yaml.files.no-file.message"), phrase("yaml.files.no-file.hint")
            faults.append(_fault("not-a-file", name, message, hint))
            return None
        content = read_at_most(path, largest)
        if content is None:
            message = phrase("yaml.files.size.message", bytes=path.stat().st_size, most=largest)
            faults.append(_fault("file-size", name, message, phrase("yaml.files.size.hint")))
    except OSError as error:
        message = phrase("yaml.files.unreadable.message", reason=reason(error))
        faults.append(_fault("file-unreadable", name, message, phrase("yaml.files.unreadable.hint")))
        return None
    return content


def _check_asset(asset: ConfigFile) -> Iterator[Diagnostic]:
    suffix = Path(asset.name).suffix
    is_svg = suffix == ".svg" and b"<svg" in asset.content[:1000]
    if not is_svg and not (_ASSET_TYPES[suffix] and asset.content.startswith(_ASSET_TYPES[suffix])):
        message = phrase("yaml.files.picture.message", form=suffix[1:].upper())
        yield _fault("asset-type", asset.name, message, phrase("yaml.files.picture.hint"))


def _fault(code: str, name: str, message: Phrase, hint: Phrase) -> Diagnostic:
    return Diagnostic(code, message, Position(name), hint=hint)
