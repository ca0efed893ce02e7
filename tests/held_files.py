"""Files of a configuration that lie nowhere."""

from dataclasses import dataclass, field
from hashlib import sha256

from portalsync.config.file import ConfigFile


@dataclass(frozen=True, slots=True)
class HeldFile(ConfigFile):
    content: bytes = field(kw_only=True)

    def read(self) -> bytes:
        return self.content


def held_file(name: str, kind: str, content: bytes) -> HeldFile:
    return HeldFile("", name, kind, sha256(content).digest(), content=content)
