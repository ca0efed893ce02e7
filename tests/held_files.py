"""Files of a configuration that lie nowhere."""

from hashlib import sha256

from portalsync.config.file import HeldFile


def held_file(name: str, kind: str, content: bytes) -> HeldFile:
    return HeldFile("", name, kind, sha256(content).digest(), content=content)
