"""The maps of vendors' settings: those of a configuration, and those that portalsync brings."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from portalsync.catalog.files.vendors import VENDOR
from portalsync.catalog.vendor import Vendor
from portalsync.config.document import Document, check_file
from portalsync.config.file import ConfigFile, content_in
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import phrase
from portalsync.model.codec import decode
from portalsync.resources import folder
from portalsync.suggest import did_you_mean, one_of

_OURS = folder(VENDOR.folder).parent


def known_vendors(root: Path) -> list[str]:
    """The names under which there is a map, sorted."""
    return sorted({name for place in _places(root) for name in _names(place)})


def unknown_vendors(network: Document, files: Iterable[ConfigFile]) -> Iterator[Diagnostic]:
    """A warning for each that an environment names, and of which neither `files` nor portalsync has a map."""
    environments = network.data["environments"]
    named = {name: each["vendor"] for name, each in environments.items() if "vendor" in each}
    known = sorted(
        {*_names(_OURS), *(file.stem for file in files if file.kind == VENDOR.name)} if named else ()
    )
    for environment, vendor in named.items():
        if vendor not in known:
            yield Diagnostic(
                "vendor-unknown",
                phrase("findings.vendor-unknown.message", name=vendor),
                network.parsed.value_position(("environments", environment, "vendor")),
                Severity.WARNING,
                expected=one_of(known),
                hint=did_you_mean(vendor, known)
                or phrase("findings.vendor-unknown.hint", file=VENDOR.file_of(vendor)),
            )


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
    yield _OURS


def _names(place: Path) -> Iterator[str]:
    return (path.stem for path in (place / VENDOR.folder).glob("*.yaml"))
