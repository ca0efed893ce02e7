"""Files of a configuration: known by the digest of what they hold, and read again when they are worked on."""

import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import InvalidConfig, reason
from portalsync.files import AS_IT_IS, read_at_most
from portalsync.lexicon import Phrase, phrase


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One file as it was read. `folder` is the configuration's, an absolute path without links and without a
    slash at its end; `name` is relative to it, with forward slashes.
    """

    folder: str
    name: str
    kind: str
    sha256: bytes

    @property
    def stem(self) -> str:
        return self.name.rpartition("/")[2].partition(".")[0]

    def read(self) -> bytes:
        """What it held when it became known. InvalidConfig if it does not any more."""
        content = self._as_it_lies()
        if sha256(content).digest() == self.sha256:
            return content
        # Where it now leads, nobody has looked: whatever is wrong there has a better name.
        content = content_in(self.folder, self.name, MAX_BYTES)
        if sha256(content).digest() != self.sha256:
            message, hint = phrase("yaml.files.changed.message"), phrase("yaml.files.changed.hint")
            raise InvalidConfig([_fault("file-changed", self.name, message, hint)])
        return content

    def _as_it_lies(self) -> bytes:
        """What is there without a look at links on the way; empty if it cannot be had so."""
        try:
            return read_at_most(f"{self.folder}/{self.name}", MAX_BYTES, AS_IT_IS) or b""
        except OSError:
            return b""


@dataclass(frozen=True, slots=True)
class HeldFile(ConfigFile):
    """One whose content came with it."""

    content: bytes = field(kw_only=True)

    def read(self) -> bytes:
        return self.content


def content_in(folder: str, name: str, largest: int, *, is_plain: bool = False) -> bytes:
    """What a file of the folder holds, which is a path without links. InvalidConfig if it is none, lies
    elsewhere, is too large or cannot be read. One that `is_plain` is known to be no link.
    """
    path = f"{folder}/{name}"
    try:
        if not is_plain:
            path = _resolved(folder, name)
        content = read_at_most(path, largest, AS_IT_IS)
    except OSError as error:
        message = phrase("yaml.files.unreadable.message", reason=reason(error))
        hint = phrase("yaml.files.unreadable.hint")
        raise InvalidConfig([_fault("file-unreadable", name, message, hint)]) from error
    if content is None:
        message = phrase("yaml.files.size.message", bytes=Path(path).stat().st_size, most=largest)
        raise InvalidConfig([_fault("file-size", name, message, phrase("yaml.files.size.hint"))])
    return content


def leaves(folder: str, name: str) -> bool:
    """Whether following links from there ends outside the folder."""
    return not Path(os.path.realpath(f"{folder}/{name}")).is_relative_to(folder or "/")


def _resolved(folder: str, name: str) -> str:
    path = os.path.realpath(f"{folder}/{name}")
    if leaves(folder, name):
        message, hint = phrase("yaml.files.outside.message"), phrase("yaml.files.outside.hint")
        raise InvalidConfig([_fault("file-outside", name, message, hint)])
    if not Path(path).is_file():
        message, hint = phrase("yaml.files.no-file.message"), phrase("yaml.files.no-file.hint")
        raise InvalidConfig([_fault("not-a-file", name, message, hint)])
    return path


def _fault(code: str, name: str, message: Phrase, hint: Phrase) -> Diagnostic:
    return Diagnostic(code, message, Position(name), hint=hint)
