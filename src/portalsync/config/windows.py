"""Warnings about names and paths that one system has and another cannot."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from portalsync.config.file import ConfigFile
from portalsync.config.yaml import Parsed
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import phrase
from portalsync.windows_names import fits_windows

_PATHS = ("database", "ca_file")
_DRIVE = re.compile("[A-Za-z]:")


def unfit_files(files: Iterable[ConfigFile]) -> Iterator[Diagnostic]:
    for file in files:
        name = file.name.rpartition("/")[2]
        if not fits_windows(name):
            yield _unfit(name, Position(file.name))


def unfit_paths(network: Parsed) -> Iterator[Diagnostic]:
    """Of the portals' databases and of certificates."""
    for at, path in _paths(network):
        position = network.value_position(at)
        if "\\" in path or _DRIVE.match(path):
            yield _of_windows_alone(path, position)
        elif name := next((each for each in path.split("/") if not fits_windows(each)), ""):
            yield _unfit(name, position)


def _paths(network: Parsed) -> Iterator[tuple[tuple[str, ...], str]]:
    data: Any = network.data
    environments = ((("environments", name), settings) for name, settings in data["environments"].items())
    for at, settings in chain(environments, [(("forge",), data.get("forge", {}))]):
        yield from (((*at, key), settings[key]) for key in _PATHS if key in settings)


def _unfit(name: str, position: Position) -> Diagnostic:
    return Diagnostic(
        "windows-name",
        phrase("findings.windows-name.message", name=name),
        position,
        Severity.WARNING,
        hint=phrase("findings.windows-name.hint"),
    )


def _of_windows_alone(path: str, position: Position) -> Diagnostic:
    plain = path.replace("\\", "/")
    nearest = plain.rpartition("/")[2] if plain[:1] == "/" or _DRIVE.match(plain) else plain
    return Diagnostic(
        "windows-path",
        phrase("findings.windows-path.message", path=path),
        position,
        Severity.WARNING,
        hint=phrase("findings.windows-path.hint", path=nearest),
    )
