"""Files -> a valid configuration, or everything that is wrong with it at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from portalsync.catalog.conform import Validator, faults, validator
from portalsync.catalog.files import KINDS
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import DEFAULTS, FIRM, GROUP
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import MOST_PERSONAS, PERSONA
from portalsync.catalog.kinds.image import data_uri
from portalsync.catalog.schema import schema_for
from portalsync.catalog.unset import is_unset
from portalsync.config.discover import ConfigFolder
from portalsync.config.environments import wrong_environments
from portalsync.config.explain_fault import explain
from portalsync.config.file import ConfigFile
from portalsync.config.migrations.step import outdated
from portalsync.config.renames import known_as, wrong_firm_renames
from portalsync.config.yaml import Parsed, parse
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.watch import Watch, unwatched
from portalsync.suggest import did_you_mean, one_of

_LAYERS = {kind.name for kind in KINDS if kind.is_layer}
_IDENTITY = {kind.name: kind.identity for kind in KINDS}


@dataclass(frozen=True)
class Document:
    """A file that its schema has accepted. `data` is its content."""

    kind: str
    id: str
    file: str
    parsed: Parsed
    data: Mapping[str, Any]


@dataclass(frozen=True)
class ValidConfig:
    """A configuration whose files are accepted one by one and refer to what is there."""

    network: Document
    defaults: Document | None
    groups: Mapping[str, Document]
    firms: Mapping[str, Document]
    personas: Mapping[str, Persona]
    persona_documents: Mapping[str, Document]
    facts: Mapping[str, Facts]
    assets: Mapping[str, str]
    """Pictures as data URIs, by their name in the config (`assets/logo.svg`)."""
    laid: dict[tuple[str, ...], object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `resolve.py` remembers of the layers that firms share, by the groups."""

    @cached_property
    def known_as(self) -> Mapping[str, str]:
        """The id that the portal has for a firm, by that of its file. The firms and facts here have the
        portal's.
        """
        return {document.id: firm for firm, document in self.firms.items()}

    def written_as(self, firm: str) -> str:
        """The id that files have for a firm of the portal."""
        return self.firms[firm].id if firm in self.firms else firm

    @cached_property
    def tags(self) -> frozenset[str]:
        """Those of sample clients, and of the clients of any firm whose facts there is a copy of."""
        of_clients = (tag for facts in self.facts.values() for tag in facts.tags)
        return frozenset((*of_clients, *(tag for each in self.personas.values() for tag in each.tags)))


def validate(folder: ConfigFolder, watch: Watch = unwatched) -> ValidConfig:
    """All files checked, all findings collected. InvalidConfig if there is one."""
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for file in watch(sorted(folder.files, key=lambda file: file.name)):
        try:
            documents.append(_check(file))
        except InvalidConfig as error:
            findings.extend(error.diagnostics)
    assets = {asset.name: data_uri(asset.name, asset.read()) for asset in folder.assets}
    groups = {file.stem for file in folder.files if file.kind == GROUP.name}
    findings.extend(_cross_check(documents, groups, assets))
    if findings:
        raise InvalidConfig(sorted(findings, key=Diagnostic.sort_key))
    return _assemble(documents, assets)


def validate_network(file: ConfigFile) -> Document:
    """The file that names the portals, checked alone. InvalidConfig with all that is wrong with it."""
    network = _check(file)
    if findings := [*wrong_environments(network.parsed)]:
        raise InvalidConfig(findings)
    return network


def _check(file: ConfigFile) -> Document:
    parsed = parse(file.read(), file.name)
    if old := outdated(parsed):
        raise InvalidConfig([old])
    found = explain(faults(_validator(file.kind), parsed.data), parsed)
    if found:
        raise InvalidConfig(found)
    assert isinstance(parsed.data, dict)  # noqa: S101 - every schema asks for a mapping
    return Document(file.kind, file.stem, file.name, parsed, parsed.data)


@cache
def _validator(kind: str) -> Validator:
    return validator(schema_for(kind))


def _cross_check(
    documents: list[Document], groups: set[str], assets: Mapping[str, str]
) -> Iterator[Diagnostic]:
    yield from _ids(documents)
    yield from _too_many_personas([each for each in documents if each.kind == PERSONA.name])
    yield from wrong_firm_renames({each.id: each.parsed for each in documents if each.kind == FIRM.name})
    for document in documents:
        if document.kind == FIRM.name:
            yield from _group_references(document, groups)
        if document.kind in _LAYERS:
            yield from _asset_reference(document, assets)
        if document.kind == NETWORK.name:
            yield from wrong_environments(document.parsed)


def _too_many_personas(personas: Sequence[Document]) -> Iterator[Diagnostic]:
    """Every page of every firm is looked at through each of them; told at the first that is too much."""
    for document in personas[MOST_PERSONAS : MOST_PERSONAS + 1]:
        yield Diagnostic(
            "personas-too-many",
            phrase("findings.personas-too-many.message", n=len(personas), most=MOST_PERSONAS),
            document.parsed.value_position(("id",)),
            expected=phrase("findings.personas-too-many.expected", most=MOST_PERSONAS),
            hint=phrase("findings.personas-too-many.hint"),
        )


def _ids(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """The id inside a file is the file's name; so no two firms can have one id unnoticed."""
    files = {(document.kind, document.id): document.file for document in documents}
    for document in documents:
        key = _IDENTITY[document.kind]
        stated = str(document.data.get(key, document.id))
        if stated == document.id:
            continue
        position = document.parsed.value_position((key,))
        owner = files.get((document.kind, stated))
        if owner:
            yield Diagnostic(
                "id-twice",
                phrase("findings.id-twice.message", id=stated, file=owner),
                position,
                expected=document.id,
                hint=phrase("findings.id-twice.hint"),
            )
        else:
            yield Diagnostic(
                "id-not-file",
                phrase("findings.id-not-file.message", id=stated),
                position,
                expected=document.id,
                hint=phrase("findings.id-not-file.hint", file=f"{stated}.yaml"),
            )


def _group_references(document: Document, groups: set[str]) -> Iterator[Diagnostic]:
    for index, group in enumerate(document.data.get("groups", ())):
        if group not in groups:
            file = GROUP.file_of(group)
            yield Diagnostic(
                "group-unknown",
                phrase("findings.group-unknown.message", group=group),
                document.parsed.value_position(("groups", index)),
                expected=one_of(sorted(groups)) if groups else phrase("findings.file", name=file),
                hint=did_you_mean(group, groups)
                or phrase("findings.group-unknown.hint", file=file, group=group),
            )


def _asset_reference(document: Document, assets: Mapping[str, str]) -> Iterator[Diagnostic]:
    logo = (document.data.get("profile") or {}).get("logo")
    if logo is not None and not is_unset(logo) and logo not in assets:
        yield Diagnostic(
            "asset-missing",
            phrase("findings.asset-missing.message", file=logo),
            document.parsed.value_position(("profile", "logo")),
            hint=did_you_mean(logo, assets) or phrase("findings.asset-missing.hint"),
        )


def no_firms(config: ValidConfig) -> Iterator[Diagnostic]:
    """A warning where there is no firm at all; planning would let go of every firm."""
    if not config.firms:
        yield Diagnostic(
            "no-firms",
            phrase("findings.no-firms.message"),
            Position("firms"),
            Severity.WARNING,
            hint=phrase("findings.no-firms.hint"),
        )


def _assemble(documents: list[Document], assets: Mapping[str, str]) -> ValidConfig:
    kinds: dict[str, dict[str, Document]] = {}
    for document in documents:
        kinds.setdefault(document.kind, {})[document.id] = document
    (network,) = kinds[NETWORK.name].values()
    firms = {known_as(each.id, each.data): each for each in kinds.get(FIRM.name, {}).values()}
    on_portal = {document.id: firm for firm, document in firms.items()}
    facts = {on_portal.get(key, key): each.data for key, each in kinds.get(FACTS.name, {}).items()}
    personas = kinds.get(PERSONA.name, {})
    return ValidConfig(
        network=network,
        defaults=next(iter(kinds.get(DEFAULTS.name, {}).values()), None),
        groups=kinds.get(GROUP.name, {}),
        firms=firms,
        personas={key: persona_from_json(document.data) for key, document in personas.items()},
        persona_documents=personas,
        facts={firm: facts_from_json({**data, "firm": firm}) for firm, data in facts.items()},
        assets=assets,
    )
