"""Files -> a survey, and from there one firm with all that it is to have; what a portal is filled with."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from portalsync.backend.protocol import Seed
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import PERSONA
from portalsync.config.discover import ConfigFolder, discover, discover_network
from portalsync.config.document import check_file
from portalsync.config.file import ConfigFile
from portalsync.config.renames import known_as_unchecked
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig, picture_of, validate_network
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig, PlanRefused, UnreadableInput
from portalsync.lexicon import phrase
from portalsync.living.own_file import OwnFile
from portalsync.living.pull import Pictures
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON
from portalsync.model.persona import Persona
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.check import one_firm
from portalsync.pipeline.code import code_digest
from portalsync.pipeline.firm_files import OF_A_FIRM, shared_of
from portalsync.pipeline.survey import survey
from portalsync.pipeline.surveyed import Survey, folder_digest

T = TypeVar("T")
_OF_A_PORTAL = {NETWORK.name, PERSONA.name}


def load(root: Path, watch: Watch = unwatched) -> Survey:
    """Files -> documents -> valid -> resolved. InvalidConfig with all findings if there is an error."""
    return survey(discover(root), watch=watch)


def load_firms(root: Path, firms: Container[str], watch: Watch = unwatched) -> Survey:
    """The same, but only these firms are checked and resolved: the work of a review grows with what
    changes, not with the network. The digest still covers every file.
    """
    folder = discover(root)
    stems = {written for written, firm in known_as(folder).items() if firm in firms}
    wanted = (
        file
        for file in folder.files
        if file.kind not in OF_A_FIRM or file.stem in firms or file.stem in stems
    )
    some = survey(replace(folder, files=tuple(wanted)), watch=watch, whole=False)
    return replace(some, folder=folder)


def config_of(known: Survey, firm: str) -> ValidConfig:
    """What firms share and this one firm, parsed once more; without it where no file is about it."""
    shared = shared_of(known.stream.shared).config
    assert shared is not None  # noqa: S101 - a survey is of what is valid
    if firm not in known.firms:
        return shared
    own = {file.kind: check_file(file) for file in known.files[known.written_as(firm)]}
    picture = picture_of(own[FIRM.name])
    return one_firm(shared, own, {picture: known.stream.pictures[picture]} if picture else {})


def desired_of(known: Survey, firm: str) -> Desired:
    """What the files say that this firm is to have."""
    return resolve(config_of(known, firm), firm)[0]


def facts_missing(known: Survey, firm: str) -> InvalidConfig:
    """There is no copy of the firm's facts, and nobody asks the portal."""
    return InvalidConfig([
        Diagnostic(
            "facts-missing",
            phrase("findings.facts-missing.message", firm=firm),
            known.document(firm).parsed.key_position(("id",)),
            expected=FACTS.file_of(known.written_as(firm)),
            hint=phrase("findings.facts-missing.hint"),
        )
    ])  # fmt: skip


def own_file(known: Survey, firm: str, facts: Facts) -> OwnFile:
    """The firm's own file, to be edited."""
    layer = known.files[known.written_as(firm)].layer
    assert layer is not None  # noqa: S101 - every firm here has one
    config, stem, all_pictures = config_of(known, firm), known.written_as(firm), known.stream.pictures
    alike = {name: all_pictures[name] for name in all_pictures if name.startswith(f"assets/{stem}")}
    return OwnFile(config, firm, layer.read(), facts, Pictures(stem, {**config.assets, **alike}))


def known_as(folder: ConfigFolder) -> Mapping[str, str]:
    """The id that the portal has for a firm, by that of its file, which nobody has checked yet."""
    return {file.stem: known_as_unchecked(file) for file in folder.files if file.kind == FIRM.name}


def check_same_files(plan: Plan, known: Survey) -> None:
    """PlanRefused unless the plan was made from these files."""
    if plan.config != known.digest:
        raise PlanRefused(phrase("findings.other-files.message"), phrase("findings.other-files.hint"))


def seed_of(known: Survey) -> Seed:
    """What the embedded portal is filled with; a firm's facts are read when it asks for them."""
    return _seed(known.folder, known.known_as, known.shared.personas)


def load_network(root: Path) -> Mapping[str, Any]:
    """What portalsync.yaml says, read alone: whatever is wrong with another file is of no concern."""
    return validate_network(discover_network(root)).data


def is_made_of(plan: Plan, root: Path) -> bool:
    """Whether the files are those that the plan was made from. None of them is parsed."""
    try:
        return plan.config == folder_digest(discover(root))
    except (InvalidConfig, UnreadableInput):
        return False


def seed_in(root: Path) -> Seed:
    """What the embedded portal is filled with, of files that are read when it asks for them: facts and sample
    clients, and of firms only under which id it has them.
    """
    loaded = cache(lambda: _seed_of_files(discover(root)))
    return Seed(
        firms=_Later(lambda: loaded().firms),
        personas=_Later(lambda: loaded().personas),
        digests=_Later(lambda: loaded().digests),
    )


def _seed_of_files(folder: ConfigFolder) -> Seed:
    files = tuple(file for file in folder.files if file.kind in _OF_A_PORTAL)
    personas = survey(replace(folder, files=files, assets=(), warnings=()), whole=False).shared.personas
    return _seed(folder, known_as(folder), personas)


def _seed(folder: ConfigFolder, known_as: Mapping[str, str], personas: Mapping[str, Persona]) -> Seed:
    """Facts by the firm's id on the portal. What a file says follows from its bytes and who reads them."""
    facts = {known_as.get(file.stem, file.stem): file for file in folder.files if file.kind == FACTS.name}
    documents = {key: persona.raw for key, persona in personas.items()}
    return Seed(_FactsInFiles(facts), documents, digests=_DigestsOfFiles(facts, code_digest()[:12]))


class _OfFiles(Mapping[str, T]):
    """What is made of the files of firms when somebody asks for it."""

    def __init__(self, files: Mapping[str, ConfigFile]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class _FactsInFiles(_OfFiles[Mapping[str, JSON]]):
    """The copies of facts."""

    def __getitem__(self, firm: str) -> Mapping[str, JSON]:
        return {**check_file(self._files[firm]).data, "firm": firm}


class _DigestsOfFiles(_OfFiles[str]):
    """By whose code they are read, and the digests of the files."""

    def __init__(self, files: Mapping[str, ConfigFile], code: str) -> None:
        super().__init__(files)
        self._code = code

    def __getitem__(self, firm: str) -> str:
        return f"{self._code} {self._files[firm].sha256.hex()}"


class _Later(Mapping[str, T]):
    """What is read once somebody looks."""

    def __init__(self, read: Callable[[], Mapping[str, T]]) -> None:
        self._read = read

    @cached_property
    def _documents(self) -> Mapping[str, T]:
        return self._read()

    def __getitem__(self, key: str) -> T:
        return self._documents[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
