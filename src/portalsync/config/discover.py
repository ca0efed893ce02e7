"""Which files a config repository consists of; nothing outside its folder, nothing by accident."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portalsync.diagnostics import Diagnostic, Location
from portalsync.errors import InvalidConfig, UnreadableInput

NETWORK_FILE = "portalsync.yaml"
FOLDERS = {"groups": "group", "firms": "firm", "personas": "persona", "facts": "facts"}
LARGEST = 1024 * 1024
_LARGEST_ASSET = 64 * 1024
_ASSET_TYPES = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b""}


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One file as it was read. `name` is relative to the folder, with forward slashes."""

    name: str
    kind: str
    stem: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """Everything that was read. `shown` is how people call the folder in messages."""

    root: Path
    files: tuple[ConfigFile, ...]
    assets: tuple[ConfigFile, ...]


def discover(root: Path) -> ConfigFolder:
    """Read the folder, all or nothing: one file that cannot be read stops it."""
    _check_root(root)
    faults: list[Diagnostic] = []
    files: list[ConfigFile] = []
    assets: list[ConfigFile] = []
    for name, kind in _names(root, faults):
        target = assets if kind == "asset" else files
        content = _read(root, name, _LARGEST_ASSET if kind == "asset" else LARGEST, faults)
        if content is not None:
            target.append(ConfigFile(name, kind, Path(name).stem, content))
    faults.extend(fault for asset in assets for fault in _check_asset(asset))
    if faults:
        raise InvalidConfig(sorted(faults, key=Diagnostic.sort_key))
    return ConfigFolder(root, tuple(files), tuple(assets))


def _check_root(root: Path) -> None:
    if not root.exists():
        raise UnreadableInput(
            f"there is no folder {root}", "Name the folder with --config, or go where it is."
        )
    if not root.is_dir():
        raise UnreadableInput(
            f"{root} is a file, not a folder", "Name the folder that holds portalsync.yaml."
        )
    if not os.access(root, os.R_OK | os.X_OK):
        raise UnreadableInput(f"the folder {root} may not be read", "Check its permissions.")
    if not (root / NETWORK_FILE).exists():
        raise UnreadableInput(
            f"there is no {NETWORK_FILE} in {root}", "Name the folder that holds it with --config."
        )


def _names(root: Path, faults: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    yield NETWORK_FILE, "network"
    if os.path.lexists(root / "defaults.yaml"):
        yield "defaults.yaml", "defaults"
    for folder, kind in FOLDERS.items():
        for name in _entries(root, folder, faults):
            if _is_named_well(name, (".yaml",), "an id and .yaml", faults):
                yield name, kind
    for name in _entries(root, "assets", faults):
        if _is_named_well(name, tuple(_ASSET_TYPES), "an id and .png or .svg", faults):
            yield name, "asset"


def _entries(root: Path, folder: str, faults: list[Diagnostic]) -> list[str]:
    path = root / folder
    if not os.path.lexists(path):
        return []
    if not path.is_dir() or _leaves(root, path):
        faults.append(_fault("not-a-folder", folder, f"{folder} must be a folder inside {root}."))
        return []
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        faults.append(_fault("file-unreadable", folder, f"The folder cannot be read: {error.strerror}."))
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(".")]


def _is_named_well(name: str, suffixes: tuple[str, ...], form: str, faults: list[Diagnostic]) -> bool:
    stem, suffix = Path(name).stem, Path(name).suffix
    fits = stem.replace("-", "").isalnum() and stem.isascii() and stem == stem.lower()
    if suffix in suffixes and fits and stem[0] != "-" and stem[-1] != "-":
        return True
    shown = name.encode("utf-8", "backslashreplace").decode()
    hint = "Rename it, or move it out of the folder."
    faults.append(
        Diagnostic(
            "file-name",
            "A file in this folder is not named as portalsync expects.",
            Location(shown),
            expected=form,
            hint=hint,
        )
    )
    return False


def _leaves(root: Path, path: Path) -> bool:
    """Whether following links from `path` ends outside the folder."""
    return not path.resolve().is_relative_to(root.resolve())


def _read(root: Path, name: str, largest: int, faults: list[Diagnostic]) -> bytes | None:
    path = root / name
    try:
        if _leaves(root, path):
            faults.append(_fault("file-outside", name, "This link leads out of the configuration's folder."))
            return None
        if not path.is_file():
            faults.append(_fault("not-a-file", name, "There must be a file here, and this is none."))
            return None
        if path.stat().st_size > largest:
            message = f"The file has {path.stat().st_size:,} bytes; at most {largest:,} are read."
            faults.append(_fault("file-size", name, message))
            return None
        return path.read_bytes()
    except OSError as error:
        faults.append(_fault("file-unreadable", name, f"The file cannot be read: {error.strerror}."))
        return None


def _check_asset(asset: ConfigFile) -> Iterator[Diagnostic]:
    suffix = Path(asset.name).suffix
    is_svg = suffix == ".svg" and b"<svg" in asset.content[:1000]
    if not is_svg and not (_ASSET_TYPES[suffix] and asset.content.startswith(_ASSET_TYPES[suffix])):
        yield _fault(
            "asset-type", asset.name, f"The file is not the {suffix[1:].upper()} picture its name says."
        )


def _fault(code: str, name: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, Location(name))
