"""All firms of a folder, checked as a stream: of each, little is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from sys import intern
from typing import Any

from portalsync.cache import NOTHING_KEPT, Cache
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.config.backends import unknown_backends
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import Document, accepted, check_file
from portalsync.config.environments import idle_settings
from portalsync.config.expectations import unknown_names
from portalsync.config.identities import Identity, identities, ids_of, wrong_identities
from portalsync.config.sample_jobs import unknown_jobs
from portalsync.config.selection import EVERYONE, Selection
from portalsync.config.validate import (
    ValidConfig,
    assembled,
    findings_in,
    group_names,
    missing_picture,
    no_firms,
    too_many_personas,
)
from portalsync.config.vendors import unknown_vendors
from portalsync.config.windows import unfit_files, unfit_paths
from portalsync.diagnostics import Diagnostic, folded, has_errors
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSONObject
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.check import check_firms
from portalsync.pipeline.findings import finding_of, identity_of
from portalsync.pipeline.firm_files import (
    FirmFiles,
    Pictures,
    files_json,
    firm_files,
    shared_bytes,
    shared_files,
)
from portalsync.pipeline.kept import Kept
from portalsync.pipeline.stream import Stream
from portalsync.pipeline.surveyed import Firm, Survey
from portalsync.pipeline.workers import HERE, Workers

_CHUNK = 50
"""Firms that are sent to be checked at once."""
_NONE = frozenset[str]()


@dataclass(frozen=True)
class Question:
    """What is asked of firms besides their files: the instant for which they are held against the copies of
    their facts, if they are; and which firms that is about.
    """

    at: datetime | None = None
    selection: Selection = EVERYONE

    def to_json(self) -> JSONObject:
        if self.at is None:
            return {}
        firms, groups = [*self.selection.firms], [*self.selection.groups]
        return {"at": self.at.isoformat(), "firms": [*firms], "groups": [*groups]}


NOTHING_MORE = Question()


def survey(  # noqa: PLR0913 - what a survey is made of
    folder: ConfigFolder,
    workers: Workers = HERE,
    question: Question = NOTHING_MORE,
    watch: Watch = unwatched,
    *,
    cache: Cache = NOTHING_KEPT,
    whole: bool = True,
) -> Survey:
    """Files -> documents -> valid -> resolved, and held against the facts where that is asked. InvalidConfig
    with all findings of the stage at which there is an error. `cache` may know what came of some firms;
    `whole` says that these are all.
    """
    run = _Surveying(folder, workers, question, cache)
    run.check_shared()
    run.check(watch)
    return run.result(whole=whole)


class _Surveying:
    """One survey: what is known of the firms so far."""

    def __init__(self, folder: ConfigFolder, workers: Workers, question: Question, cache: Cache) -> None:
        self._folder, self._workers, self._question, self._cache = folder, workers, question, cache
        self._pictures = Pictures(folder.assets)
        self._documents: list[Document] = []
        self._known: dict[str, dict[str, None]] = {FIRM.name: {}, FACTS.name: {}}
        self._identities: list[Identity] = []
        self._in_files: list[Diagnostic] = []
        self._in_layers: list[Diagnostic] = []
        self._firms: dict[str, Firm] = {}
        self._checks: dict[str, Sequence[Diagnostic]] = {}
        self._samples: set[str] = set()
        self._tags: set[str] = set()
        self._jobs: set[int] = set()
        self._beyond: dict[str, frozenset[str]] = {}
        self._groups: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._alike: dict[Diagnostic, Diagnostic] = {}

    def check_shared(self) -> None:
        """What all firms share."""
        documents, self._in_files = accepted(shared_files(self._folder))
        groups = group_names(self._folder)
        self._in_files += too_many_personas(documents)
        for document in documents:
            self._in_files += findings_in(document, groups)
            self._in_files += missing_picture(document, self._pictures)
            self._identities += identities(document)
        self._known.update(ids_of(documents))
        self._documents = documents
        shared = shared_bytes(self._folder, self._pictures, documents, valid=not has_errors(self._in_files))
        self._stream = Stream(self._workers, shared, self._pictures)

    def check(self, watch: Watch) -> None:
        """All firms; and once more those of whose tags it takes all firms to know that nobody has them."""
        files, asked = firm_files(self._folder), self._question.to_json()
        kept = Kept(self._cache, self._stream.shared, self._pictures, self._question.at)
        to_check = self._take_kept(files, kept)
        for each, result in zip(watch(to_check), self._results(to_check, asked), strict=True):
            self._take(each, result)
            kept.keep(each, result)
        kept.save()
        unknown = [each for each in files if not self._beyond.get(each.id, _NONE) <= self._tags]
        asked = {**asked, "tags": [*sorted(self._tags)]}
        for result in self._results(unknown, asked):
            self._take_checks(result)

    def _take_kept(self, files: Iterable[FirmFiles], kept: Kept) -> list[FirmFiles]:
        """Results that are known. The firms of which none is."""
        unknown: list[FirmFiles] = []
        for each in files:
            result = kept.result(each)
            if result is None:
                unknown.append(each)
            else:
                self._take(each, result)
        return unknown

    def _results(self, files: Iterable[FirmFiles], asked: JSONObject) -> Iterator[Mapping[str, Any]]:
        """The result of each firm, in order."""
        firms = (files_json(each, self._pictures) for each in files)
        return self._stream.results(check_firms, asked, firms, _CHUNK)

    def _take(self, files: FirmFiles, result: Mapping[str, Any]) -> None:
        for kind in result["accepted"]:
            self._known[kind][files.id] = None
        self._identities += map(identity_of, result["identities"])
        self._tags.update(result["tags"])
        self._in_files += map(finding_of, result["in_files"])
        self._in_layers += self._findings(result.get("in_layers", ()))
        if "picture" in result and files.layer:
            self._in_files += missing_picture(check_file(files.layer), self._pictures)
        if "digest" in result:
            self._jobs.update(result["jobs"])
            self._keep(files, result)
            self._take_checks(result)

    def _keep(self, files: FirmFiles, result: Mapping[str, Any]) -> None:
        groups = tuple(result["groups"])
        # Most have one id, and on the portal the same digest: such are kept once, here and there.
        written_as, firm, digest = map(intern, (files.id, result["firm"], result["digest"]))
        groups = self._groups.setdefault(groups, groups)  # many firms are in the same ones
        self._firms[firm] = Firm(written_as, groups, digest, files.facts is not None)
        if result["sample"]:
            self._samples.add(firm)
        if beyond := result.get("beyond"):
            self._beyond[files.id] = frozenset(beyond)

    def _take_checks(self, result: Mapping[str, Any]) -> None:
        if found := result.get("checks"):
            self._checks[result["firm"]] = [*self._findings(found)]

    def _findings(self, bodies: Iterable[Mapping[str, Any]]) -> Iterator[Diagnostic]:
        """What is found in very many firms, at a line that they share, is worded once for all of them."""
        for each in map(finding_of, bodies):
            alike = replace(each, firms=())
            yield replace(self._alike.setdefault(alike, alike), firms=each.firms)

    def _about_all(self, config: ValidConfig, written: Sequence[str]) -> Iterator[Diagnostic]:
        network = config.network.parsed
        yield from no_firms(written)
        yield from unknown_backends(config)
        yield from unknown_vendors(config.network, self._folder.files)
        yield from unknown_names(config, written)
        yield from unknown_jobs(config, self._jobs)
        yield from idle_settings(network)
        yield from unfit_paths(network)
        yield from unfit_files(chain(self._folder.files, self._folder.assets))

    def result(self, *, whole: bool) -> Survey:
        """InvalidConfig if there is an error."""
        identities = sorted(self._identities, key=lambda each: FIRM.file_of(each.id))
        self._in_files += wrong_identities(self._known, identities)
        if has_errors(self._in_files):
            raise InvalidConfig(sorted(self._in_files, key=Diagnostic.sort_key))
        config = assembled(self._documents, {})
        written = sorted(self._known[FIRM.name], key=FIRM.file_of)
        about_all = self._about_all(config, written) if whole else ()
        warnings = folded([*about_all, *self._folder.warnings, *self._in_files, *self._in_layers])
        if has_errors(warnings):
            raise InvalidConfig(warnings)
        return Survey(
            self._folder,
            config,
            dict(sorted(self._firms.items(), key=lambda each: FIRM.file_of(each[1].written_as))),
            tuple(warnings),
            self._checks,
            frozenset(self._samples),
            frozenset(self._tags),
            self._stream,
        )
