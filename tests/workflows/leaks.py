"""Whether a secret is anywhere in what a round left: files, also what is packed in them, logs, GitHub."""

import base64
import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_GZIP_IN_BASE64 = re.compile(rb"H4sI[A-Za-z0-9+/]{8,}={0,2}")
"""How a review file holds its pages."""


def leaks(secrets: Iterable[str], folder: Path, texts: Iterable[str]) -> list[str]:
    """Where one of the secrets is found."""
    wanted = [secret.encode() for secret in secrets]
    return [
        where
        for where, content in _everything(folder, texts)
        if any(secret in part for part in _laid_open(content) for secret in wanted)
    ]


def _everything(folder: Path, texts: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        yield path.name, path.name.encode()
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()
    for text in texts:
        yield text[:200], text.encode()


def _laid_open(content: bytes) -> Iterator[bytes]:
    yield content
    for packed in _GZIP_IN_BASE64.findall(content):
        yield gzip.decompress(base64.b64decode(packed))
