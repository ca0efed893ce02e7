"""Which files a config repository consists of; nothing outside its folder, nothing by accident."""

import os
import re
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
    try:
        root.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableInput(
            f"there is no folder {root}", "Name the folder with --config, or go where it is."
        ) from None
    except OSError as error:
        raise UnreadableInput(
            f"the folder {root} cannot be read: {error.strerror}", "Check its name and permissions."
        ) from None
    if not root.is_dir():
        raise UnreadableInput(
            f"{root} is a file, not a folder", f"Name the folder that holds {NETWORK_FILE}."
        )
    if not os.access(root, os.R_OK | os.X_OK):
        raise UnreadableInput(f"the folder {root} may not be read", "Check its permissions.")
    if not os.path.lexists(root / NETWORK_FILE):
        raise UnreadableInput(
            f"there is no {NETWORK_FILE} in {root}", "Name the folder that holds it with --config."
        )


def _names(root: Path, faults: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    yield NETWORK_FILE, "network"
    if os.path.lexists(root / "defaults.yaml"):
        yield "defaults.yaml", "defaults"
    for folder, kind in FOLDERS.items():
        for name in _entries(root, folder, faults):
            if _is_named_well(name, (".yaml",), ".yaml", faults):
                yield name, kind
    for name in _entries(root, "assets", faults):
        if _is_named_well(name, tuple(_ASSET_TYPES), ".png or .svg", faults):
            yield name, "asset"


def _entries(root: Path, folder: str, faults: list[Diagnostic]) -> list[str]:
    path = root / folder
    if not os.path.lexists(path):
        return []
    if not path.is_dir() or _leaves(root, path):
        hint = "Put the folder itself here, no file and no link that leads out of the configuration."
        faults.append(_fault("not-a-folder", folder, "There must be a folder here, and this is none.", hint))
        return []
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}."
        faults.append(_fault("file-unreadable", folder, message, "Check its permissions."))
        return []
    return [f"{folder}/{name}" for name in names if not name.startswith(".")]


def _is_named_well(name: str, suffixes: tuple[str, ...], form: str, faults: list[Diagnostic]) -> bool:
    stem, suffix = Path(name).stem, Path(name).suffix
    fits = stem.replace("-", "").isalnum() and stem.isascii() and stem == stem.lower()
    if suffix in suffixes and fits and stem[0] != "-" and stem[-1] != "-":
        return True
    shown = name.encode("utf-8", "backslashreplace").decode()
    plain = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")
    known = {".yml": ".yaml"}.get(suffix, suffix)
    new = f" to {plain}{known}" if plain and known in suffixes else ""
    faults.append(
        Diagnostic(
            "file-name",
            "The file has a name that cannot be used here.",
            Location(shown),
            expected=f"lower-case letters, digits and hyphens, then {form}",
            hint=f"Rename it{new}, or move it out of the folder.",
        )
    )
    return False


def _leaves(root: Path, path: Path) -> bool:
    """Whether following links from `path` ends outside the folder."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _read(root: Path, name: str, largest: int, faults: list[Diagnostic]) -> bytes | None:
    path = root / name
    try:
        if _leaves(root, path):
            message = "This link leads out of the configuration's folder."
            faults.append(_fault("file-outside", name, message, "Put the file itself here."))
            return None
        if not path.is_file():
            message = "There must be a file here, and this is none."
            faults.append(_fault("not-a-file", name, message, "Move it out of the folder."))
            return None
        size = path.stat().st_size
        if size > largest:
            message = f"The file has {size:,} bytes; at most {largest:,} are read."
            faults.append(_fault("file-size", name, message, "Check that it belongs here."))
            return None
        return path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        faults.append(_fault("file-unreadable", name, message, "Check its permissions."))
        return None


def _check_asset(asset: ConfigFile) -> Iterator[Diagnostic]:
    suffix = Path(asset.name).suffix
    is_svg = suffix == ".svg" and b"<svg" in asset.content[:1000]
    if not is_svg and not (_ASSET_TYPES[suffix] and asset.content.startswith(_ASSET_TYPES[suffix])):
        kind = suffix[1:].upper()
        hint = "Save the picture again as SVG or PNG, under the name that fits."
        yield _fault("asset-type", asset.name, f"The file is not the {kind} picture its name says.", hint)


def _fault(code: str, name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, Location(name), hint=hint)
