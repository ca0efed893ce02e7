"""What files and folders of a configuration are called, and what to do about other names."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.suggest import plain_id


@dataclass(frozen=True)
class Naming:
    """How the files of a folder end, how people say it, and how those end that are only meant to be one."""

    suffixes: tuple[str, ...]
    ending: Text
    alike: re.Pattern[str]

    @cached_property
    def right(self) -> re.Pattern[str]:
        """A whole name that is an id and its suffix."""
        return re.compile(f"[a-z0-9]([a-z0-9-]*[a-z0-9])?({'|'.join(map(re.escape, self.suffixes))})")


def misnamed(root: Path, name: str, naming: Naming) -> Diagnostic:
    return Diagnostic(
        "file-name",
        phrase("yaml.files.name.message"),
        _file(name),
        expected=phrase("yaml.files.name.expected", ending=naming.ending),
        hint=_new_name(root, Path(name), naming.suffixes),
    )


def passed_over(name: str, naming: Naming) -> Diagnostic:
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


def _new_name(root: Path, path: Path, suffixes: tuple[str, ...]) -> Phrase:
    """What to do about a name; with the nearest one that fits, if there is any and no file has it."""
    plain = plain_id(path.stem)
    suffix = path.suffix.lower()
    known = {".yml": ".yaml"}.get(suffix, suffix)
    if plain and known in suffixes and not _is_another(root / path.with_name(plain + known), root / path):
        return phrase("yaml.files.name.hint_to", name=plain + known)
    return phrase("yaml.files.name.hint")


def _is_another(path: Path, than: Path) -> bool:
    """Whether there is such a file, and not only because the system takes both names for one."""
    return os.path.lexists(path) and not (path.exists() and path.samefile(than))


def other_case(name: str, folder: str) -> Diagnostic:
    """Some systems take both for one folder; here what lies in it would be let go."""
    hint = phrase("yaml.files.other-case.hint", folder=folder)
    return Diagnostic("folder-name", phrase("yaml.files.other-case.message"), Position(name), hint=hint)
