"""What firms' work is done on, as bytes: what all of them share, and the files of each."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.kinds.image import data_uri
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import Document, by_name, check_file
from portalsync.config.file import ConfigFile, HeldFile
from portalsync.config.validate import ValidConfig, assembled, group_names, picture_of
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON, JSONObject

OF_A_FIRM = {FIRM.name, FACTS.name}
_PICTURE = re.compile(rb"assets/[a-z0-9-]+\.(?:png|svg)")


@dataclass(frozen=True, slots=True)
class FirmFiles:
    """A firm's own files, and its id in them: its layer and the copy of its facts; one may be missing."""

    id: str
    layer: ConfigFile | None = None
    facts: ConfigFile | None = None

    def __iter__(self) -> Iterator[ConfigFile]:
        return (each for each in (self.layer, self.facts) if each is not None)


def firm_files(folder: ConfigFolder) -> list[FirmFiles]:
    """Of each firm, in the order of the names of their files."""
    layers, facts = (
        {each.stem: each for each in folder.files if each.kind == kind} for kind in (FIRM.name, FACTS.name)
    )
    firms = sorted(layers.keys() | facts.keys(), key=FIRM.file_of)
    return [FirmFiles(firm, layers.get(firm), facts.get(firm)) for firm in firms]


def shared_files(folder: ConfigFolder) -> list[ConfigFile]:
    """The files that are no firm's own."""
    return by_name(each for each in folder.files if each.kind not in OF_A_FIRM)


class Pictures(Mapping[str, str]):
    """The pictures of a folder as data URIs, read when they are asked for."""

    def __init__(self, assets: Iterable[ConfigFile]) -> None:
        self._files = {asset.name: asset for asset in assets}

    def named_in(self, contents: Iterable[bytes]) -> dict[str, str]:
        """Those that a text seems to name. One that is spelt in another way is asked for."""
        named = {name.decode() for content in contents for name in _PICTURE.findall(content)}
        return {name: self[name] for name in sorted(named & self._files.keys())}

    def digest(self, name: str | None) -> str | None:
        """Of the file; None if there is none, or no name."""
        return self._files[name].sha256.hex() if name in self._files else None

    def __getitem__(self, name: str) -> str:
        return data_uri(name, self._files[name].read())

    def __contains__(self, name: object) -> bool:
        return name in self._files  # without a look into it

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all firms share, as whoever works on a firm gets it. `config` has no firms; None if what is shared
    is not valid.
    """

    config: ValidConfig | None
    groups: frozenset[str]


def shared_bytes(
    folder: ConfigFolder, pictures: Pictures, documents: Iterable[Document], *, valid: bool
) -> bytes:
    """What is shared, for `shared_of`; `documents` are those of its files that could be read."""
    named = {picture_of(document) for document in documents} & pictures.keys() if valid else ()
    return canonical({
        "files": [_file_json(file, file.read()) for file in shared_files(folder)] if valid else [],
        "pictures": {name: pictures[name] for name in named if name},
        "groups": [*sorted(group_names(folder))],
    })  # fmt: skip


@lru_cache(maxsize=2)
def shared_of(content: bytes) -> Shared:
    """Parsed once a process."""
    body = json.loads(content)
    documents = [check_file(_file(each)) for each in body["files"]]
    config = assembled(documents, body["pictures"]) if documents else None
    return Shared(config, frozenset(body["groups"]))


def files_json(files: FirmFiles, pictures: Pictures) -> JSONObject:
    """A firm's files as they are now, for `files_of`, and the pictures that they seem to name."""
    contents = {file.kind: file.read() for file in files}
    return {
        "id": files.id,
        "files": [_file_json(file, contents[file.kind]) for file in files],
        "pictures": {**pictures.named_in(contents.values())},
    }


def files_of(body: Mapping[str, Any]) -> list[ConfigFile]:
    return [*map(_file, body["files"])]


def _file_json(file: ConfigFile, content: bytes) -> JSON:
    return [file.name, file.kind, content.decode("utf-8", "surrogateescape")]


def _file(body: tuple[str, str, str]) -> ConfigFile:
    name, kind, text = body
    content = text.encode("utf-8", "surrogateescape")
    return HeldFile("", name, kind, b"", content=content)
