"""Files -> a valid configuration, and what each firm is to have."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from portalsync.backend.protocol import Seed
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import PERSONA
from portalsync.catalog.guardrails import limits
from portalsync.config.backends import unknown_backends
from portalsync.config.discover import ConfigFolder, discover, discover_network
from portalsync.config.expectations import unknown_names
from portalsync.config.renames import known_as_unchecked
from portalsync.config.resolve import resolve
from portalsync.config.selection import Selection
from portalsync.config.shared import in_firm
from portalsync.config.validate import ValidConfig, no_firms, validate, validate_network
from portalsync.diagnostics import Diagnostic, folded, has_errors
from portalsync.errors import InvalidConfig, PlanRefused, UnreadableInput
from portalsync.lexicon import phrase
from portalsync.model.canonical import digest
from portalsync.model.desired import Desired
from portalsync.model.guardrails import Limits
from portalsync.model.json_value import JSON
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch, unwatched

_OF_A_PORTAL = {NETWORK.name, FACTS.name, PERSONA.name}
_OF_A_FIRM = {FIRM.name, FACTS.name}


@dataclass(frozen=True)
class Loaded:
    """A configuration that is valid by itself, and what each firm is to have."""

    config: ValidConfig
    desired: dict[str, Desired]
    warnings: tuple[Diagnostic, ...]
    digest: str

    @property
    def network(self) -> Mapping[str, Any]:
        """What portalsync.yaml says."""
        return self.config.network.data

    @property
    def name(self) -> str:
        return str(self.network["name"])

    @property
    def memberships(self) -> dict[str, Sequence[str]]:
        """Each firm with its groups."""
        return {firm: document.data.get("groups", ()) for firm, document in self.config.firms.items()}

    def chosen(self, selection: Selection, others: Iterable[str] = ()) -> frozenset[str]:
        """The selected firms among those of the files and `others`, each under the portal's id."""
        everyone = {**dict.fromkeys(others, ()), **self.memberships}
        return selection.under(self.config.known_as).among(everyone)

    @property
    def limits(self) -> Limits:
        """What the guardrails let pass, as portalsync.yaml has it."""
        return limits(self.network.get("guardrails", {}))


def load(root: Path, watch: Watch = unwatched) -> Loaded:
    """Files -> documents -> valid -> resolved. InvalidConfig with all findings if there is an error."""
    folder = discover(root)
    config = validate(folder, watch)
    return _loaded(folder, config, [*no_firms(config), *unknown_backends(config), *unknown_names(config)])


def load_firms(root: Path, firms: Container[str], watch: Watch = unwatched) -> Loaded:
    """The same, but only these firms are checked and resolved: the work of a review grows with what
    changes, not with the network. The digest still covers every file.
    """
    folder = discover(root)
    stems = {written for written, firm in _known_as(folder).items() if firm in firms}
    wanted = (
        file
        for file in folder.files
        if file.kind not in _OF_A_FIRM or file.stem in firms or file.stem in stems
    )
    return _loaded(folder, validate(replace(folder, files=tuple(wanted)), watch), [])


def _known_as(folder: ConfigFolder) -> Mapping[str, str]:
    """The id that the portal has for a firm, by that of its file, which nobody has checked yet."""
    return {file.stem: known_as_unchecked(file) for file in folder.files if file.kind == FIRM.name}


def _loaded(folder: ConfigFolder, config: ValidConfig, findings: list[Diagnostic]) -> Loaded:
    desired: dict[str, Desired] = {}
    findings.extend(folder.warnings)
    for firm in config.firms:
        desired[firm], found = resolve(config, firm)
        findings.extend(in_firm(firm, found))
    findings = folded(findings)
    if has_errors(findings):
        raise InvalidConfig(findings)
    return Loaded(config, desired, tuple(findings), _digest(folder))


def _digest(folder: ConfigFolder) -> str:
    return digest({file.name: f"sha256:{file.sha256.hex()}" for file in (*folder.files, *folder.assets)})


def check_same_files(plan: Plan, loaded: Loaded) -> None:
    """PlanRefused unless the plan was made from these files."""
    if plan.config != loaded.digest:
        raise PlanRefused(phrase("findings.other-files.message"), phrase("findings.other-files.hint"))


def seed_of(config: ValidConfig) -> Seed:
    """What the embedded portal is filled with."""
    return Seed(
        firms={firm: facts.raw for firm, facts in config.facts.items()},
        personas={key: persona.raw for key, persona in config.personas.items()},
    )


def load_network(root: Path) -> Mapping[str, Any]:
    """What portalsync.yaml says, read alone: whatever is wrong with another file is of no concern."""
    return validate_network(discover_network(root)).data


def is_made_of(plan: Plan, root: Path) -> bool:
    """Whether the files are those that the plan was made from. None of them is parsed."""
    try:
        return plan.config == _digest(discover(root))
    except (InvalidConfig, UnreadableInput):
        return False


def seed_in(root: Path) -> Seed:
    """What the embedded portal is filled with, of files that are read when it asks for them: facts and sample
    clients, and of firms only under which id it has them.
    """
    loaded = cache(lambda: _seed(discover(root)))
    return Seed(firms=_Later(lambda: loaded().firms), personas=_Later(lambda: loaded().personas))


def _seed(folder: ConfigFolder) -> Seed:
    files = tuple(file for file in folder.files if file.kind in _OF_A_PORTAL)
    seed = seed_of(validate(replace(folder, files=files, assets=())))
    known_as = _known_as(folder)
    firms = ((known_as.get(firm, firm), facts) for firm, facts in seed.firms.items())
    return replace(seed, firms={firm: {**facts, "firm": firm} for firm, facts in firms})


class _Later(Mapping[str, Mapping[str, JSON]]):
    """Documents that are read once somebody looks."""

    def __init__(self, read: Callable[[], Mapping[str, Mapping[str, JSON]]]) -> None:
        self._read = read

    @cached_property
    def _documents(self) -> Mapping[str, Mapping[str, JSON]]:
        return self._read()

    def __getitem__(self, key: str) -> Mapping[str, JSON]:
        return self._documents[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
