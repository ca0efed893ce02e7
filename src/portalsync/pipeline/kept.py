"""Results of firms' checks, kept from run to run: under the digest of all that they follow from, and for the
time in which nothing changes by itself.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from portalsync.cache import NOTHING_KEPT, Cache, Shelf
from portalsync.model.canonical import canonical
from portalsync.pipeline.code import program_digest
from portalsync.pipeline.firm_files import FirmFiles, Pictures

_NOT_SAID: Mapping[str, Any] = {
    **dict.fromkeys(("identities", "in_files", "tags", "groups", "jobs"), ()),
    "sample": False,
}
_OF_NO_INSTANT: Mapping[str, Any] = {"checks": (), "beyond": ()}
"""Where nobody asks what is so at an instant, nothing is said of that."""
_MISSING = b"\0" * 32
_READ = json.JSONDecoder().raw_decode
"""A third quicker than `json.loads`, which looks for encodings and blanks that a shelf does not have."""


class Kept:
    """What is kept of firms that share the same. `at` is the instant for which they are to be held against
    their facts, if they are.
    """

    def __init__(self, cache: Cache, shared: bytes, pictures: Pictures, at: datetime | None) -> None:
        self._shelf = _shelf(cache, shared)
        self._pictures = pictures
        self._at = at

    def result(self, files: FirmFiles) -> Mapping[str, Any] | None:
        """The firm's result as it would be now; None if nobody knows."""
        value = self._shelf.get(_key(files))
        if value is None:
            return None
        result = {**_NOT_SAID, **_READ(value.decode())[0]}
        if not self._has_picture(result) or not self._holds(result):
            return None
        return result if self._at else {**result, **_OF_NO_INSTANT}

    def keep(self, files: FirmFiles, result: Mapping[str, Any]) -> None:
        """Only what is right so far: what is wrong with a file is found out each time."""
        key = _key(files)
        if "digest" not in result or ("holds" not in result and self._shelf.get(key)):
            return
        said = {name: each for name, each in result.items() if each not in ([], False)}
        picture = result["picture_named"]
        self._shelf.put(key, canonical({**said, "picture_digest": self._pictures.digest(picture)}))

    def save(self) -> None:
        self._shelf.save()

    def _has_picture(self, result: Mapping[str, Any]) -> bool:
        return bool(result["picture_digest"] == self._pictures.digest(result["picture_named"]))

    def _holds(self, result: Mapping[str, Any]) -> bool:
        """From its first instant on, and not any more at its last."""
        if self._at is None:
            return True
        if "holds" not in result:
            return False
        since, until = result["holds"]
        begun = since is None or datetime.fromisoformat(since) <= self._at
        return begun and (until is None or self._at < datetime.fromisoformat(until))


def _shelf(cache: Cache, shared: bytes) -> Shelf:
    """Of all firms that share this and are checked by this code."""
    try:
        return cache.shelf(sha256(f"{program_digest()} ".encode() + shared).hexdigest())
    except OSError:
        return NOTHING_KEPT.shelf("")


def _key(files: FirmFiles) -> bytes:
    digests = (each.sha256 if each else _MISSING for each in (files.layer, files.facts))
    return sha256(b"".join((*digests, files.id.encode()))).hexdigest().encode()
