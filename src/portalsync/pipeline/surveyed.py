"""What is kept of a configuration that is valid by itself: of each firm little, of what they share all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.guardrails import limits
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import Document, check_file
from portalsync.config.selection import Selection
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, folded
from portalsync.model.canonical import items_digest
from portalsync.model.guardrails import Limits
from portalsync.model.json_value import JSONObject
from portalsync.pipeline.firm_files import FirmFiles, Pictures, files_json, firm_files
from portalsync.pipeline.stream import Stream
from portalsync.pipeline.workers import HERE


@dataclass(frozen=True, slots=True)
class Firm:
    """What is kept of a firm. `digest` is that of what it is to have."""

    written_as: str
    groups: tuple[str, ...]
    digest: str
    has_facts: bool


@dataclass(frozen=True)
class Survey:
    """A configuration that is valid by itself, and of each firm, by the portal's id, what is kept of it.
    `shared` has no firms; `checks` are findings about those that were held against their facts.
    """

    folder: ConfigFolder
    shared: ValidConfig
    firms: Mapping[str, Firm]
    warnings: tuple[Diagnostic, ...] = ()
    checks: Mapping[str, Sequence[Diagnostic]] = field(default_factory=dict)
    samples: frozenset[str] = frozenset()
    """Firms whose files `init` made up."""
    tags: frozenset[str] = frozenset()
    """Those of the clients of all firms whose facts there is a copy of."""
    stream: Stream = Stream(HERE, b"", Pictures(()))  # noqa: RUF009 - frozen
    """Who works on the firms."""

    @property
    def network(self) -> Mapping[str, Any]:
        """What portalsync.yaml says."""
        return self.shared.network.data

    @property
    def name(self) -> str:
        return str(self.network["name"])

    @property
    def limits(self) -> Limits:
        """What the guardrails let pass, as portalsync.yaml has it."""
        return limits(self.network.get("guardrails", {}))

    @cached_property
    def digest(self) -> str:
        """Of all files."""
        return folder_digest(self.folder)

    @property
    def memberships(self) -> Mapping[str, Sequence[str]]:
        """Each firm with its groups."""
        return {id_: firm.groups for id_, firm in self.firms.items()}

    @property
    def wanted(self) -> Mapping[str, str]:
        """The digest that its files lead each firm to."""
        return {id_: firm.digest for id_, firm in self.firms.items()}

    @property
    def known_as(self) -> Mapping[str, str]:
        """The id that the portal has for a firm, by that of its file."""
        return {firm.written_as: id_ for id_, firm in self.firms.items()}

    def written_as(self, firm: str) -> str:
        """The id that files have for a firm of the portal."""
        return self.firms[firm].written_as if firm in self.firms else firm

    def chosen(self, selection: Selection, others: Iterable[str] = ()) -> frozenset[str]:
        """The selected firms among those of the files and `others`, each under the portal's id."""
        everyone = {**dict.fromkeys(others, ()), **self.memberships}
        return selection.under(self.known_as).among(everyone)

    def findings(self, chosen: Collection[str]) -> list[Diagnostic]:
        """All findings of the chosen firms, as far as they were checked, and of what they share."""
        wanted = frozenset(chosen)
        unasked = [firm.written_as for id_, firm in self.firms.items() if id_ not in wanted]
        others = {kind.file_of(firm) for kind in (FIRM, FACTS) for firm in unasked}
        warnings = (
            each
            for each in self.warnings
            if each.position.file not in others and not (each.firms and wanted.isdisjoint(each.firms))
        )
        checks = (each for firm in sorted(self.checks.keys() & wanted) for each in self.checks[firm])
        return folded([*warnings, *checks])

    @cached_property
    def files(self) -> Mapping[str, FirmFiles]:
        """The files of firms, by the id that files have for them."""
        return {each.id: each for each in firm_files(self.folder)}

    def body(self, firm: str) -> JSONObject:
        """The firm's files, as whoever works on it gets them."""
        return files_json(self.files[self.written_as(firm)], self.stream.pictures)

    def document(self, firm: str) -> Document:
        """The firm's own file, read again."""
        layer = self.files[self.written_as(firm)].layer
        assert layer is not None  # noqa: S101 - every firm here has one
        return check_file(layer)


def folder_digest(folder: ConfigFolder) -> str:
    files = sorted((*folder.files, *folder.assets), key=attrgetter("name"))
    return items_digest((file.name, f"sha256:{file.sha256.hex()}") for file in files)
