"""The line by which editors find the schema of a file: put on top or corrected; all else stays as it was."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from portalsync.catalog.files import KINDS
from portalsync.config.edit.draft import Draft, TextEdit, insertion
from portalsync.config.file import ConfigFile
from portalsync.config.yaml.text import read_text
from portalsync.errors import InvalidConfig

MODELINE = re.compile(r"#\s+(?:yaml-language-server\s*:|\$schema:).*")
"""As VS Code and its like write it, or as JetBrains does."""
_SCHEMA_FILES = {kind.name: kind.schema_file for kind in KINDS}
_SCHEMA = re.compile(r"\$schema(?:=|:\s*)(\S+)")
_ABOVE_CONTENT = re.compile(r"\s*(#.*)?|---|%.*")
_ADDRESS = re.compile(r"\w[\w+.-]*:")
_ENDS_A_NAME = re.compile(r"[\s#]")


@dataclass(frozen=True, slots=True)
class Modelines:
    """What becomes of the files; those that have the right modeline already are in neither."""

    changed: Mapping[str, bytes]
    kept: Mapping[str, str]
    """What the modelines say that lead elsewhere, by file."""


class Schemas:
    """A folder of our schemas, as the files of a configuration name it."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay: editors do not resolve them
        self._root = Path(os.path.abspath(root))  # noqa: PTH100 - the same

    @property
    def can_be_named(self) -> bool:
        """Editors end a name at a blank or a `#`, and the door for YAML refuses what nobody can see."""
        way = os.path.relpath(self._folder, self._root)
        try:
            read_text(way.encode(), way)
        except (InvalidConfig, UnicodeEncodeError):
            return False
        return not _ENDS_A_NAME.search(way)

    def modeline(self, file: ConfigFile) -> str:
        way = Path(os.path.relpath(self._folder / _SCHEMA_FILES[file.kind], self._home(file)))
        return f"# yaml-language-server: $schema={way.as_posix()}"

    def stand_at(self, target: str, file: ConfigFile) -> bool:
        """Whether this leads to the schema of the file, however it is written."""
        return self._place(target, file) == self._folder / _SCHEMA_FILES[file.kind]

    def are_missed(self, target: str, file: ConfigFile) -> bool:
        """Whether what does not lead there leads to another schema of ours, or to one that is not there."""
        place = self._place(target.replace("\\", "/"), file)
        if place is None or place.name not in _SCHEMA_FILES.values():
            return False
        return place.parent == self._folder or not place.exists()

    def _place(self, target: str, file: ConfigFile) -> Path | None:
        name = target.partition("#")[0]
        if not name or _ADDRESS.match(name):
            return None
        return Path(os.path.normpath(self._home(file) / name))

    def _home(self, file: ConfigFile) -> Path:
        return (self._root / file.name).parent


def modelines(files: Iterable[ConfigFile], schemas: Schemas) -> Modelines:
    """Each file with the modeline that leads to its schema. InvalidConfig if one of them is no text."""
    changed: dict[str, bytes] = {}
    kept: dict[str, str] = {}
    refusals: list[InvalidConfig] = []
    for file in files:
        try:
            content = file.read()
            number, said = _modeline(content, file.name)
        except InvalidConfig as refusal:
            refusals.append(refusal)
            continue
        target = "".join(_SCHEMA.findall(said)[:1])
        if number is not None and schemas.stand_at(target, file):
            continue
        if number is None or schemas.are_missed(target, file):
            changed[file.name] = _with_modeline(content, file.name, number, schemas.modeline(file))
        else:
            kept[file.name] = said
    if refusals:
        raise InvalidConfig([finding for refusal in refusals for finding in refusal.diagnostics])
    return Modelines(changed, kept)


def _modeline(content: bytes, name: str) -> tuple[int | None, str]:
    """In which line it stands, and what it says; editors take the first one above the content."""
    lines = read_text(content, name).lines
    above = takewhile(lambda numbered: _ABOVE_CONTENT.fullmatch(numbered[1]), enumerate(lines))
    return next(((number, line) for number, line in above if MODELINE.fullmatch(line)), (None, ""))


def _with_modeline(content: bytes, name: str, number: int | None, modeline: str) -> bytes:
    """With this line in place of that one, or on top."""
    draft = Draft(content, name)
    if number is None:
        return draft.edited([insertion(draft.line_start(0), modeline + draft.line_break(0))])
    return draft.edited([TextEdit(draft.line_start(number), draft.line_end(number), modeline)])
