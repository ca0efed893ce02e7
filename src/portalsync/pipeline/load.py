"""Files -> a valid configuration, and what each firm is to have."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portalsync.backend.protocol import Seed
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.guardrails import limits
from portalsync.config.backends import unknown_backends
from portalsync.config.discover import ConfigFile, ConfigFolder, discover
from portalsync.config.expectations import unknown_names
from portalsync.config.resolve import resolve
from portalsync.config.selection import Selection
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
_SAID = re.compile(rb"^[\"']?previously[\"']?[ ]*:[ ]*[\"']?(?P<id>[a-z0-9-]+)", re.MULTILINE)
"""At the beginning of a line: in an entry of a list it is further in."""


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

    def chosen(self, selection: Selection, others: Iterable[str] = ()) -> frozenset[str]:
        """The selected firms among those of the files and `others`, each under the portal's id."""
        everyone = {**dict.fromkeys(others, ()), **self.memberships}
        return selection.under(self.config.known_as).among(everyone)

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
    stems = {file.stem for file in folder.files if file.kind == FIRM.name and _former(file) in firms}
    wanted = (
        file
        for file in folder.files
        if file.kind not in _OF_A_FIRM or file.stem in firms or file.stem in stems
    )
    return _loaded(folder, validate(replace(folder, files=tuple(wanted)), watch), [])


def _former(file: ConfigFile) -> str | None:
    """Which other id the portal may have for a firm, as its file says, which nobody has read yet."""
    said = _SAID.search(file.content)
    return said["id"].decode() if said else None


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
