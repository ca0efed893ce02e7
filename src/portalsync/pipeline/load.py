"""Files -> a valid configuration, and what each firm is to have."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portalsync.backend.protocol import Seed
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.guardrails import limits
from portalsync.config.backends import unknown_backends
from portalsync.config.discover import ConfigFolder, discover
from portalsync.config.expectations import unknown_names
from portalsync.config.resolve import resolve
from portalsync.config.shared import in_firm
from portalsync.config.validate import ValidConfig, no_firms, validate
from portalsync.diagnostics import Diagnostic, folded, has_errors
from portalsync.errors import InvalidConfig, PlanRefused
from portalsync.lexicon import phrase
from portalsync.model.canonical import bytes_digest, digest
from portalsync.model.desired import Desired
from portalsync.model.guardrails import Limits
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch, unwatched

_OF_A_FIRM = {FIRM.name, FACTS.name}


@dataclass(frozen=True)
class Loaded:
    """A configuration that is valid by itself, and what each firm is to have."""

    config: ValidConfig
    desired: dict[str, Desired]
    warnings: tuple[Diagnostic, ...]
    digest: str

    @property
    def name(self) -> str:
        return str(self.config.network.data["name"])

    @property
    def memberships(self) -> dict[str, Sequence[str]]:
        """Each firm with its groups."""
        return {firm: document.data.get("groups", ()) for firm, document in self.config.firms.items()}

    @property
    def limits(self) -> Limits:
        """What the guardrails let pass, as portalsync.yaml has it."""
        return limits(self.config.network.data.get("guardrails", {}))


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
    wanted = (file for file in folder.files if file.kind not in _OF_A_FIRM or file.stem in firms)
    return _loaded(folder, validate(replace(folder, files=tuple(wanted)), watch), [])


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
    return digest({file.name: bytes_digest(file.content) for file in (*folder.files, *folder.assets)})


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
