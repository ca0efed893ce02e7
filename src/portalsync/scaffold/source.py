"""Where an installed distribution came from, as a requirement by which others get the same one (PEP 610)."""

import json
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any
from urllib.parse import SplitResult, urlsplit

_VARIABLES = re.compile(r"\$\{\w+\}(:\$\{\w+\})?")


@dataclass(frozen=True, slots=True)
class Source:
    """`requirement` is empty if only this machine has it: a folder, a file, or nothing is known.
    `hashed` is what is appended so that an installer takes these bytes and no others. `from_index` says
    whether an index gave it, and so knows its hashes.
    """

    requirement: str = ""
    hashed: tuple[str, ...] = ()
    from_index: bool = False

    @property
    def can_be_held(self) -> bool:
        """Whether pip can hold it, and all that it needs, to hashes: it has none of a commit."""
        return self.from_index or bool(self.hashed)


def source_of(name: str) -> Source:
    """What its installer wrote down."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Source()
    return _read(found, found.read_text("direct_url.json"))


def _read(found: Distribution, written: str | None) -> Source:
    if written is None:
        return Source(f"{found.name}=={found.version}", from_index=True)
    try:
        return _direct(found.name, json.loads(written))
    except (ValueError, LookupError, TypeError, AttributeError):
        return Source()


def _direct(name: str, known: Any) -> Source:
    parts = urlsplit(known["url"])
    url = parts._replace(netloc=_without_secret(parts), fragment="").geturl()
    is_here = "dir_info" in known or parts.scheme in ("", "file")
    if (
        is_here or parts.query or url != "".join(url.split())
    ):  # a query may be a signature that lets people in
        return Source()
    inside = f"#subdirectory={known['subdirectory']}" if known.get("subdirectory") else ""
    if "vcs_info" in known:
        vcs = known["vcs_info"]
        return Source(f"{name} @ {vcs['vcs']}+{url}@{vcs['commit_id']}{inside}")
    digest = known["archive_info"].get("hashes", {}).get("sha256") or _older(known["archive_info"])
    return Source(f"{name} @ {url}{inside}", (f"sha256:{digest}",) if digest else ())


def _without_secret(parts: SplitResult) -> str:
    """Host and port, with the user of ssh and the name of a variable; any other user may be a token."""
    user, _, host = parts.netloc.rpartition("@")
    is_name = parts.scheme.endswith("ssh") and ":" not in user
    return parts.netloc if is_name or _VARIABLES.fullmatch(user) else host


def _older(archive: Any) -> str:
    """The digest as it was written before there could be several."""
    algorithm, _, digest = str(archive.get("hash", "")).partition("=")
    return digest if algorithm == "sha256" else ""
