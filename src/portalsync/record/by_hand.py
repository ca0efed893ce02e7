"""`backend: manual`: a portal without an API. What it has is what people recorded; facts are those of the
files, whom nobody else could ask.
"""

import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from portalsync.aside import alone_in
from portalsync.backend.protocol import Seed
from portalsync.backend.reading import facts_of
from portalsync.catalog.files import KINDS
from portalsync.catalog.files.document import API_VERSION
from portalsync.catalog.files.network import MANUAL, RECORD, USUAL_RECORD
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.stored import stored_field
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Conditional
from portalsync.config.discover import discover_network
from portalsync.config.validate import validate_network
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.errors import BackendError, CommitRefused, FirmUnknown, OutputFailed, PortalsyncError, reason
from portalsync.files import AS_IT_IS, read_at_most, write_file
from portalsync.json_bodies import WireError
from portalsync.lexicon import phrase
from portalsync.model.codec import encode
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.record.firm_record import FirmRecord
from portalsync.record.links import check_no_link
from portalsync.record.pictures import place_of
from portalsync.record.record_file import record_of, written
from portalsync.wire import FirmState, FirmSummary, HistoryEntry, PortalInfo

_FILE = re.compile(rf"({IDENTIFIER_PATTERN.strip('^$')})\.yaml")


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> "ByHand":
    """The entry point `manual`: `settings["record"]` names the folder of the records, relative to `root`."""
    folder = folder_of(settings, root)
    name = folder.relative_to(os.path.realpath(root)).as_posix()
    network = validate_network(discover_network(root)).data
    _check_alone(folder, network["environments"], root)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:portalsync:record:{name}:{network['name']}")
    return ByHand(folder, name, str(identity), seed or Seed())


def _check_alone(folder: Path, environments: Mapping[str, Mapping[str, str]], root: Path) -> None:
    """Two portals that are recorded in one folder would be taken for one."""
    by_hand = {name: each for name, each in environments.items() if each["backend"] == MANUAL}
    there = [name for name, each in by_hand.items() if folder_of(each, root) == folder]
    if len(there) > 1:
        raise PortalsyncError(
            phrase("errors.record.shared.message", environments=", ".join(there)),
            phrase("errors.record.shared.hint"),
        )


def folder_of(settings: Mapping[str, str], root: Path) -> Path:
    """Where the records are: inside the configuration, links followed, and none of its own folders."""
    name = settings.get(RECORD, USUAL_RECORD)
    folder = Path(os.path.realpath(root / name))
    inside = folder.is_relative_to(os.path.realpath(root)) and folder != Path(os.path.realpath(root))
    own = {"assets", *(kind.folder for kind in KINDS)}
    if not inside or folder.relative_to(os.path.realpath(root)).parts[0] in own:
        raise PortalsyncError(
            phrase("errors.record.folder.message", folder=name),
            phrase("errors.record.folder.hint", usual=USUAL_RECORD),
        )
    return folder


class ByHand:
    """Reads what is recorded, each firm anew whenever it is asked for. Only `keep` writes: nothing is on the
    portal before somebody says that they put it there.
    """

    def __init__(self, folder: Path, name: str, identity: str, seed: Seed) -> None:
        """`name` is what people call the folder, seen from the configuration."""
        self.folder, self.name = folder, name
        self._identity, self._seed = identity, seed

    def portal(self) -> PortalInfo:
        return PortalInfo(self._identity, vocabulary())

    def firms(self) -> Iterator[FirmSummary]:
        return (self.record(firm).summary() for firm in sorted({*self._seed.firms, *self.recorded()}))

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        wanted = {*firms}
        return [each for each in self.firms() if each.id in wanted]

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        try:
            state = self._known(firm).state(generation)
        except KeyError as error:
            message = phrase("errors.record.no-generation.message", firm=firm, generation=str(generation))
            raise BackendError(message, phrase("errors.record.no-generation.hint")) from error
        known = {path: value for path, value in state.settings.items() if stored_field(path) is not None}
        return replace(state, settings=known)

    def facts(self, firm: str) -> Facts:
        document = self._seed.firms.get(firm)
        if document is None:
            raise BackendError(
                phrase("errors.record.no-facts.message", firm=firm),
                phrase("errors.record.no-facts.hint", firm=firm),
            )
        try:
            return facts_of({"apiVersion": API_VERSION, "kind": "Facts", **document})
        except WireError as error:
            message = phrase("errors.seed.invalid-at.message", kind="facts", id=firm, place=error.where)
            raise PortalsyncError(message, phrase("errors.seed.invalid-at.hint")) from error

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        known = sorted({*firms} & {*self._seed.firms})
        return [(self.state(firm), self.facts(firm)) for firm in known]

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        return self._known(firm).entries

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        return [entry for entry in self.history(firm) if entry.generation < before]

    def audit(self, firm: str) -> Iterator[JSONObject]:
        return map(encode, self._known(firm).trail)

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> NoReturn:
        del persona, locale, file, at
        raise BackendError(
            phrase("errors.record.no-pages.message", firm=firm), phrase("errors.record.no-pages.hint")
        )

    def close(self) -> None:
        """Nothing is held open."""

    def commit(self, commits: Sequence[Conditional]) -> NoReturn:
        """Nobody has clicked anything yet."""
        del commits
        raise CommitRefused(phrase("errors.record.by-hand.message"), phrase("errors.record.by-hand.hint"))

    def record(self, firm: str) -> FirmRecord:
        """What is recorded of a firm; of one without a file, nothing yet."""
        file = self._file(firm)
        check_no_link(file)
        try:
            content = read_at_most(file, MAX_BYTES, AS_IT_IS)
        except FileNotFoundError:
            return FirmRecord(firm)
        except OSError as error:
            told = phrase("errors.file.unreadable.message", file=str(file), reason=reason(error))
            raise BackendError(told, phrase("errors.file.unreadable.hint")) from error
        if content is None:
            told = phrase("errors.file.too-large.message", file=str(file), most=MAX_BYTES)
            raise BackendError(told, phrase("errors.file.too-large.hint"))
        return record_of(content, self._named(firm), firm, self.folder)

    def keep(self, record: FirmRecord, before: FirmRecord) -> None:
        """The record in its file, in place of the one `before`. CommitRefused if that is no longer there:
        somebody else recorded something meanwhile.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with alone_in(self.folder):
                self._replace(record, before)
        except OSError as error:
            told = phrase("errors.file.not-written.message", file=str(self.folder), reason=reason(error))
            raise OutputFailed(told, phrase("errors.file.not-written.hint")) from error

    def _replace(self, record: FirmRecord, before: FirmRecord) -> None:
        if self.record(record.firm) != before:
            raise CommitRefused(
                phrase("errors.record.moved.message", firm=record.firm), phrase("errors.record.moved.hint")
            )
        file, (content, pictures) = self._file(record.firm), written(record)
        for name, picture in pictures.items():
            if not place_of(name, self.folder).exists():
                write_file(place_of(name, self.folder), picture)
        # What could not be read again is not written.
        record_of(content, self._named(record.firm), record.firm, self.folder)
        write_file(file, content)

    def _known(self, firm: str) -> FirmRecord:
        if firm not in self._seed.firms and firm not in self.recorded():
            where = str(self.folder)
            raise FirmUnknown(
                phrase("errors.portal.firm-unknown.message", portal=where),
                phrase("errors.portal.firm-unknown.hint"),
            )
        return self.record(firm)

    def recorded(self) -> set[str]:
        """Firms of which there is a file."""
        try:
            names = [*self.folder.iterdir()] if self.folder.exists() else []
        except OSError as error:
            told = phrase("errors.file.unreadable.message", file=str(self.folder), reason=reason(error))
            raise BackendError(told, phrase("errors.file.unreadable.hint")) from error
        return {match[1] for path in names if (match := _FILE.fullmatch(path.name))}

    def _named(self, firm: str) -> str:
        """What people call its file, seen from the configuration."""
        return f"{self.name}/{firm}.yaml"

    def _file(self, firm: str) -> Path:
        return self.folder / f"{firm}.yaml"
