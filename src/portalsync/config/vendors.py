"""The maps of vendors' settings: those of a configuration, and those that portalsync brings."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from portalsync.catalog.files.vendors import VENDOR
from portalsync.catalog.vendor import Vendor
from portalsync.config.document import check_file
from portalsync.config.file import ConfigFile, content_in
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.model.codec import decode
from portalsync.resources import folder


def known_vendors(root: Path) -> list[str]:
    """The names under which there is a map, sorted."""
    return sorted({path.stem for place in _places(root) for path in (place / VENDOR.folder).glob("*.yaml")})


def read_vendor(root: Path, name: str) -> Vendor | None:
    """The map of this name: the configuration's own, else portalsync's; None if neither has one.
    InvalidConfig with what is wrong with it.
    """
    file = VENDOR.file_of(name)
    place = next((each for each in _places(root) if os.path.lexists(each / file)), None)
    if place is None:
        return None
    within = os.path.realpath(place).rstrip("/")
    content = content_in(within, file, MAX_BYTES)
    document = check_file(ConfigFile(within, file, VENDOR.name, sha256(content).digest()))
    return decode(Vendor, dict(document.data), tolerant=True)


def _places(root: Path) -> Iterator[Path]:
    yield root
    yield folder(VENDOR.folder).parent
