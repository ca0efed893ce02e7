"""The run over all firms, and the plan that comes of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.catalog.schema import schema_digest
from portalsync.config.selection import EVERYONE, Selection
from portalsync.diagnostics import Diagnostic, has_errors
from portalsync.errors import BackendError, Blocked, FirmUnknown, InvalidConfig
from portalsync.files import Scratch
from portalsync.lexicon import counted, phrase
from portalsync.model.codec import encode
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.load import Loaded
from portalsync.pipeline.plan import FirmResult, planned, released
from portalsync.planning.guardrails import guarded
from portalsync.planning.parts import GatheredParts
from portalsync.wire import FirmSummary, PortalInfo


def make_plan(  # noqa: PLR0913 - what a plan is made of
    loaded: Loaded,
    portal: Reader,
    environment: str,
    at: datetime,
    commit: str = "",
    *,
    acknowledged: Sequence[Acknowledgement] = (),
    selection: Selection = EVERYONE,
    watch: Watch = unwatched,
) -> Plan:
    """Desired x live -> plan. It only reads. InvalidConfig with the findings of all firms if one is an error.

    Firms that are not selected stay as they are, here and there; the guardrails hold what changes against the
    number of all firms. What a guardrail objects to stands in the plan, with the acknowledgement that
    accepts it.
    """
    info = _known(portal.portal())
    live = {summary.id: summary for summary in portal.firms()}
    everyone = _memberships(loaded, live)
    chosen = selection.among(everyone)
    _check_firms(loaded, live, chosen)
    firms, unchanged, clients = _gathered(run(loaded, portal, live, at, chosen, watch))
    plan = Plan(
        environment=environment,
        portal=info.portal,
        schema=info.schema,
        config=loaded.digest,
        commit=commit,
        at=at.isoformat(),
        firms=firms,
        unchanged=unchanged,
        unmanaged=tuple(firm for firm in live if firm not in everyone) if selection.is_everyone else (),
        clients=clients,
        left_out=len(everyone) - len(chosen),
    )
    return guarded(plan, loaded.limits, acknowledged)


def run(  # noqa: PLR0913, PLR0917 - what a plan is made of
    loaded: Loaded,
    portal: Reader,
    live: Mapping[str, FirmSummary],
    at: datetime,
    chosen: Iterable[str],
    watch: Watch = unwatched,
) -> Iterator[FirmResult]:
    """The chosen firms, sorted by id, each read when its turn comes."""
    personas = tuple(loaded.config.personas.values())
    for firm in watch(sorted(chosen)):
        desired = loaded.desired.get(firm)
        if desired is None:
            yield released(firm, portal)
        else:
            yield planned(desired, live[firm], portal, personas, at)


def _gathered(results: Iterable[FirmResult]) -> tuple[GatheredParts, tuple[str, ...], int]:
    """The parts, the firms that have none, and how many clients the firms with a part have."""
    parts, unchanged, clients = GatheredParts(Scratch()), list[str](), 0
    findings: list[Diagnostic] = []
    for result in results:
        findings.extend(result.findings)
        if result.part is None:
            unchanged.append(result.firm)
        else:
            parts.add(encode(result.part))
            clients += result.part.clients
    _check_findings(findings)
    return parts, tuple(unchanged), clients


def _known(info: PortalInfo) -> PortalInfo:
    """The portal, if it knows the same options."""
    if info.schema != schema_digest():
        raise BackendError(
            phrase("findings.other-options.message"),
            phrase("findings.other-options.hint"),
        )
    return info


def _check_findings(findings: Sequence[Diagnostic]) -> None:
    if has_errors(findings):
        raise InvalidConfig(sorted(findings, key=Diagnostic.sort_key))


def _memberships(loaded: Loaded, live: Mapping[str, FirmSummary]) -> Mapping[str, Collection[str]]:
    """Every firm that the files name or portalsync manages, with its groups."""
    managed = {firm: () for firm, summary in live.items() if summary.managed}
    return {**managed, **loaded.memberships}


def _check_firms(loaded: Loaded, live: Mapping[str, FirmSummary], chosen: Collection[str]) -> None:
    missing = sorted((loaded.desired.keys() & chosen) - live.keys())
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
