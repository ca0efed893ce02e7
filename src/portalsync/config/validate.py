"""What files say of each other, and what is wrong with that; together a valid configuration."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import DEFAULTS, FIRM, GROUP
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import MOST_PERSONAS, PERSONA
from portalsync.catalog.unset import is_unset
from portalsync.config.bodies import wrong_bodies
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import Document, check_file
from portalsync.config.doubtful import doubtful_texts
from portalsync.config.environments import wrong_environments
from portalsync.config.file import ConfigFile
from portalsync.config.ignored import wrong_ignored
from portalsync.config.renames import known_as
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.remembered import Memory
from portalsync.suggest import did_you_mean, one_of

_LAYERS = {kind.name for kind in KINDS if kind.is_layer}


def _memory() -> Memory[tuple[str, ...], object]:
    """Each list of groups counts, and each sample client."""
    return Memory(200)


@dataclass(frozen=True)
class ValidConfig:
    """A configuration whose files are accepted one by one and refer to what is there. Its firms and facts
    have the id that the portal has for the firm.
    """

    network: Document
    defaults: Document | None
    groups: Mapping[str, Document]
    firms: Mapping[str, Document]
    personas: Mapping[str, Persona]
    persona_documents: Mapping[str, Document]
    facts: Mapping[str, Facts]
    assets: Mapping[str, str]
    """Pictures as data URIs, by their name in the config (`assets/logo.svg`)."""
    other_tags: frozenset[str] = frozenset()
    """Tags that clients of firms have which are not among these."""
    remembered: Memory[tuple[str, ...], object] = field(default_factory=_memory, repr=False, compare=False)
    """What was made once of what firms share: of layers by `resolve.py`, of promises by `expectations.py`."""

    def written_as(self, firm: str) -> str:
        """The id that files have for a firm of the portal."""
        return self.firms[firm].id if firm in self.firms else firm

    @cached_property
    def tags(self) -> frozenset[str]:
        """Those of sample clients, and of the clients of any firm whose facts there is a copy of."""
        of_clients = (tag for facts in self.facts.values() for tag in facts.tags)
        of_samples = (tag for each in self.personas.values() for tag in each.tags)
        return frozenset((*of_clients, *of_samples, *self.other_tags))


def group_names(folder: ConfigFolder) -> frozenset[str]:
    """The groups that there is a file of, accepted or not."""
    return frozenset(file.stem for file in folder.files if file.kind == GROUP.name)


def validate_network(file: ConfigFile) -> Document:
    """The file that names the portals, checked alone. InvalidConfig with all that is wrong with it."""
    network = check_file(file)
    if findings := [*wrong_environments(network.parsed)]:
        raise InvalidConfig(findings)
    return network


def findings_in(document: Document, groups: Collection[str]) -> Iterator[Diagnostic]:
    """What a file says of others that are not there, or of itself that cannot be; and texts that clients
    would read otherwise than they are meant.
    """
    yield from wrong_ignored(document)
    yield from wrong_bodies(document)
    yield from doubtful_texts(document)
    if document.kind == FIRM.name:
        yield from _group_references(document, groups)
    if document.kind == NETWORK.name:
        yield from wrong_environments(document.parsed)


def too_many_personas(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """Every page of every firm is looked at through each of them; told at the first that is too much."""
    personas = [each for each in documents if each.kind == PERSONA.name]
    for document in personas[MOST_PERSONAS : MOST_PERSONAS + 1]:
        yield Diagnostic(
            "personas-too-many",
            phrase("findings.personas-too-many.message", n=len(personas), most=MOST_PERSONAS),
            document.parsed.value_position(("id",)),
            expected=phrase("findings.personas-too-many.expected", most=MOST_PERSONAS),
            hint=phrase("findings.personas-too-many.hint"),
        )


def _group_references(document: Document, groups: Collection[str]) -> Iterator[Diagnostic]:
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


def picture_of(document: Document) -> str | None:
    """The picture that a layer names."""
    logo = (document.data.get("profile") or {}).get("logo") if document.kind in _LAYERS else None
    return None if logo is None or is_unset(logo) else str(logo)


def missing_picture(document: Document, assets: Collection[str]) -> Iterator[Diagnostic]:
    """That there is no such picture."""
    logo = picture_of(document)
    if logo is not None and logo not in assets:
        yield Diagnostic(
            "asset-missing",
            phrase("findings.asset-missing.message", file=logo),
            document.parsed.value_position(("profile", "logo")),
            hint=did_you_mean(logo, assets) or phrase("findings.asset-missing.hint"),
        )


def no_firms(firms: Collection[str]) -> Iterator[Diagnostic]:
    """A warning where there is no firm at all; planning would let go of every firm."""
    if not firms:
        yield Diagnostic(
            "no-firms",
            phrase("findings.no-firms.message"),
            Position("firms"),
            Severity.WARNING,
            hint=phrase("findings.no-firms.hint"),
        )


def assembled(documents: Iterable[Document], assets: Mapping[str, str]) -> ValidConfig:
    """What documents say together that nothing is wrong with; of the firms, those that are among them."""
    kinds: dict[str, dict[str, Document]] = {}
    for document in documents:
        kinds.setdefault(document.kind, {})[document.id] = document
    (network,) = kinds[NETWORK.name].values()
    personas = kinds.get(PERSONA.name, {})
    shared = ValidConfig(
        network=network,
        defaults=next(iter(kinds.get(DEFAULTS.name, {}).values()), None),
        groups=kinds.get(GROUP.name, {}),
        firms={},
        personas={key: persona_from_json(document.data) for key, document in personas.items()},
        persona_documents=personas,
        facts={},
        assets=assets,
    )
    return with_firms(shared, kinds.get(FIRM.name, {}), kinds.get(FACTS.name, {}))


def with_firms(
    shared: ValidConfig, firms: Mapping[str, Document], facts: Mapping[str, Document]
) -> ValidConfig:
    """What firms share, and these of them; each by the id of its file."""
    known = {known_as(key, each.data): each for key, each in firms.items()}
    on_portal = {document.id: firm for firm, document in known.items()}
    named = {on_portal.get(key, key): each.data for key, each in facts.items()}
    return replace(
        shared,
        firms=known,
        facts={firm: facts_from_json({**data, "firm": firm}) for firm, data in named.items()},
    )
