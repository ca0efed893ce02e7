"""The order of things; it composes the stages and does nothing else."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from portalsync.backend.protocol import Reader
from portalsync.backend.seed import Seed
from portalsync.catalog.schema import schema_digest
from portalsync.config.discover import ConfigFolder, discover
from portalsync.config.expectations import check_expectations, promises, unknown_names
from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.config.validate import ValidConfig, no_firms, validate
from portalsync.diagnostics import Diagnostic, has_errors
from portalsync.errors import BackendError, Blocked, FirmUnknown, InvalidConfig, PlanRefused
from portalsync.lexicon import counted, phrase
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.canonical import bytes_digest, digest
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.guardrails import Acknowledgement, Limits
from portalsync.model.json_value import JSON
from portalsync.model.page import Situation
from portalsync.model.plan import FirmPlan, Plan, applied
from portalsync.model.promise import Promise
from portalsync.model.settings import scope
from portalsync.model.watch import Watch, unwatched
from portalsync.planning.guardrails import guarded
from portalsync.planning.plan_firm import Portal, desired_digest, plan_firm, release_firm
from portalsync.preview.variants import FirmCase
from portalsync.wire import FirmSummary


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
    def limits(self) -> Limits:
        """What the guardrails let pass, as portalsync.yaml has it."""
        return Limits.from_json(self.config.network.data.get("guardrails", {}))


def load(root: Path, watch: Watch = unwatched) -> Loaded:
    """Files -> documents -> valid -> resolved. InvalidConfig with all findings if there is an error."""
    folder = discover(root)
    config = validate(folder, watch)
    return _loaded(folder, config, [*no_firms(config), *unknown_names(config)])


def load_firms(root: Path, firms: Container[str], watch: Watch = unwatched) -> Loaded:
    """The same, but only these firms are checked and resolved: the work of a review grows with what
    changes, not with the network. The digest still covers every file.
    """
    folder = discover(root)
    wanted = (file for file in folder.files if file.kind not in ("firm", "facts") or file.stem in firms)
    return _loaded(folder, validate(replace(folder, files=tuple(wanted)), watch), [])


def _loaded(folder: ConfigFolder, config: ValidConfig, findings: list[Diagnostic]) -> Loaded:
    desired: dict[str, Desired] = {}
    for firm in config.firms:
        desired[firm], found = resolve(config, firm)
        findings.extend(found)
    findings = list(dict.fromkeys(findings))
    if has_errors(findings):
        raise InvalidConfig(findings)
    return Loaded(config, desired, tuple(findings), _digest(folder))


def _digest(folder: ConfigFolder) -> str:
    return digest({file.name: bytes_digest(file.content) for file in (*folder.files, *folder.assets)})


def check_offline(loaded: Loaded, at: datetime, watch: Watch = unwatched) -> list[Diagnostic]:
    """Rules and promises against the facts that the repository holds; all findings."""
    findings = list(loaded.warnings)
    for firm, desired in watch(loaded.desired.items()):
        facts = loaded.config.facts.get(firm)
        if facts is None:
            continue
        findings.extend(check_rules(desired, {}, facts, at))
        findings.extend(check_expectations(loaded.config, situation(desired, {}, facts, at)))
    return sorted(dict.fromkeys(findings), key=Diagnostic.sort_key)


def situation(desired: Desired, live: dict[str, object], facts: Facts, at: datetime) -> Situation:
    """A firm as it will be once its desired settings are applied."""
    return Situation(desired.firm, scope(desired.in_force(live)), facts, at)  # type: ignore[arg-type]


def seed_of(config: ValidConfig) -> Seed:
    """What the embedded portal is filled with."""
    return Seed(
        firms={firm: facts.raw for firm, facts in config.facts.items()},
        personas={key: persona.raw for key, persona in config.personas.items()},
    )


def make_plan(  # noqa: PLR0913 - what a plan is made of
    loaded: Loaded,
    portal: Reader,
    environment: str,
    at: datetime,
    commit: str = "",
    *,
    acknowledged: Sequence[Acknowledgement] = (),
    watch: Watch = unwatched,
) -> Plan:
    """Desired x live -> plan. It only reads.

    What a guardrail objects to stands in the plan, with the acknowledgement that accepts it.
    """
    info = portal.portal()
    if info.schema != schema_digest():
        raise BackendError(
            phrase("findings.other-options.message"),
            phrase("findings.other-options.hint"),
        )
    live = {summary.id: summary for summary in portal.firms()}
    _check_firms(loaded, live)
    firms = [*_changed(loaded, portal, live, at, watch), *_released(loaded, portal, live)]
    touched = {firm.id for firm in firms}
    plan = Plan(
        environment=environment,
        portal=info.portal,
        schema=info.schema,
        config=loaded.digest,
        commit=commit,
        at=at.isoformat(),
        firms=tuple(sorted(firms, key=lambda firm: firm.id)),
        unchanged=tuple(sorted(loaded.desired.keys() - touched)),
        unmanaged=tuple(
            firm for firm, summary in live.items() if firm not in loaded.desired and not summary.managed
        ),
        clients=sum(firm.clients for firm in firms),
    )
    return guarded(plan, loaded.limits, acknowledged)


def _check_firms(loaded: Loaded, live: dict[str, FirmSummary]) -> None:
    missing = sorted(loaded.desired.keys() - live.keys())
    if missing:
        raise FirmUnknown(
            counted("findings.firms-unknown.message", len(missing), firms=", ".join(missing[:5])),
            phrase("findings.firms-unknown.hint"),
        )
    managed = [firm for firm, summary in live.items() if summary.managed]
    if managed and not loaded.desired:
        raise Blocked(
            counted("findings.all-released.message", len(managed)),
            phrase("findings.all-released.hint"),
        )


def _changed(
    loaded: Loaded, portal: Reader, live: dict[str, FirmSummary], at: datetime, watch: Watch
) -> Iterator[FirmPlan]:
    personas = tuple(loaded.config.personas.values())
    findings: list[Diagnostic] = []
    for firm, desired in watch(loaded.desired.items()):
        if live[firm].digest == desired_digest(desired):
            continue
        read = _read(portal, firm)
        findings.extend(check_rules(desired, read.live.settings, read.facts, at))
        yield plan_firm(desired, read, personas, at)
    if has_errors(findings):
        raise InvalidConfig(sorted(findings, key=Diagnostic.sort_key))


def _read(portal: Reader, firm: str) -> Portal:
    """Live, and what a plan last applied if somebody changed the firm since."""
    live = portal.state(firm)
    return Portal(live, portal.facts(firm), hand_edits(live, past_of(portal, live)))


def _released(loaded: Loaded, portal: Reader, live: dict[str, FirmSummary]) -> Iterator[FirmPlan]:
    for firm, summary in live.items():
        if summary.managed and firm not in loaded.desired:
            yield release_firm(portal.state(firm), portal.facts(firm))


def cases_as_desired(
    loaded: Loaded,
    portal: Reader | None,
    at: datetime,
    firms: Sequence[str] = (),
    watch: Watch = unwatched,
) -> Iterator[FirmCase]:
    """What a preview shows: each firm with its desired settings, over live ones or by themselves."""
    for firm, desired in watch(loaded.desired.items()):
        if firms and firm not in firms:
            continue
        if portal is None:
            facts, live = _copied_facts(loaded, firm), dict[str, JSON]()
        else:
            facts, live = portal.facts(firm), dict(portal.state(firm).settings)
        yield FirmCase(Situation(firm, scope(desired.in_force(live)), facts, at), desired=desired)


def cases_of_plan(
    loaded: Loaded, portal: Reader, plan: Plan, firms: Sequence[str] = (), watch: Watch = unwatched
) -> Iterator[FirmCase]:
    """What a review of a plan compares: the generation it was made for, and that with its changes."""
    if plan.config != loaded.digest:
        raise PlanRefused(
            phrase("findings.other-files.message"),
            phrase("findings.other-files.hint"),
        )
    at = datetime.fromisoformat(plan.at)
    for firm in watch(plan.firms):
        if not firm.changes or (firms and firm.id not in firms):
            continue
        facts = portal.facts(firm.id)
        before = portal.state(firm.id, firm.generation).settings
        yield FirmCase(
            after=Situation(firm.id, scope(applied(before, firm.changes)), facts, at),
            before=Situation(firm.id, scope(before), facts, at),
            desired=loaded.desired.get(firm.id),
            changed=frozenset(change.path.partition(".")[0] for change in firm.changes),
        )


def promises_of(loaded: Loaded, cases: Sequence[FirmCase]) -> list[Promise]:
    """The personas' promises about these firms, kept or broken."""
    return [promise for case in cases for promise in promises(loaded.config, case.after)]


def _copied_facts(loaded: Loaded, firm: str) -> Facts:
    """The repository's copy of a firm's facts. InvalidConfig if there is none."""
    facts = loaded.config.facts.get(firm)
    if facts is not None:
        return facts
    raise InvalidConfig([
        Diagnostic(
            "facts-missing",
            phrase("findings.facts-missing.message", firm=firm),
            loaded.config.firms[firm].parsed.key_location(("id",)),
            expected=f"facts/{firm}.yaml",
            hint=phrase("findings.facts-missing.hint"),
        )
    ])  # fmt: skip
