"""The run over all firms, and the plan that comes of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.catalog.vocabulary import version, vocabulary
from portalsync.config.selection import EVERYONE, Selection
from portalsync.diagnostics import Diagnostic, folded
from portalsync.errors import (
    AccessDenied,
    BackendError,
    BackendUnreachable,
    Blocked,
    FirmUnknown,
    InvalidConfig,
)
from portalsync.files import Scratch
from portalsync.lexicon import counted, joined, phrase
from portalsync.model.codec import encode
from portalsync.model.finding import PlanFinding, Stopped
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import FirmPlan, Plan
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.load import Loaded
from portalsync.pipeline.plan import FirmResult, not_read, planned, released
from portalsync.pipeline.samples import check_samples
from portalsync.pipeline.unknown_firms import hint_of, message_of, unknown_there
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
    """Desired x live -> plan. It only reads. What is wrong with a firm stops that firm alone: it stands in
    the plan in place of a part.

    Firms that are not selected stay as they are, here and there; the guardrails hold what changes against the
    number of all firms. What a guardrail objects to stands in the plan, with the acknowledgement that
    accepts it.
    """
    info = portal.portal()
    live = {summary.id: summary for summary in portal.firms()}
    everyone = _memberships(loaded, live)
    chosen = loaded.chosen(selection, everyone)
    check_samples(loaded, environment, chosen)
    _check_firms(loaded, live, chosen)
    gathered = _gathered(_of_use(run(loaded, portal, live, at, chosen, watch)), info)
    plan = Plan(
        environment=environment,
        portal=info.portal,
        epoch=info.epoch_id,
        options={key: vocabulary()[key] for key in gathered.options},
        config=loaded.digest,
        commit=commit,
        at=at.isoformat(),
        firms=gathered.parts,
        unchanged=gathered.unchanged,
        unmanaged=tuple(firm for firm in live if firm not in everyone) if selection.is_everyone else (),
        stopped=gathered.stopped,
        clients=gathered.clients,
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
    for firm in watch(sorted(chosen)):
        if firm in live:
            yield _result(loaded, live[firm], portal, at)
        else:
            yield FirmResult(firm, None, [unknown_there(loaded, live, firm)])


def _result(loaded: Loaded, live: FirmSummary, portal: Reader, at: datetime) -> FirmResult:
    desired = loaded.desired.get(live.id)
    try:
        if desired is None:
            return released(live.id, portal)
        return planned(loaded.config, desired, live, portal, at)
    except (BackendUnreachable, AccessDenied):  # so it will be for every other firm
        raise
    except BackendError as error:
        return not_read(loaded.config, live.id, error)


def _of_use(results: Iterable[FirmResult]) -> Iterator[FirmResult]:
    """The same. BackendError at the end if the portal says of no firm what can be used: then it is the
    portal, not a firm.
    """
    number, unread = 0, list[BackendError]()
    for result in results:
        number += 1
        unread += [result.unread] if result.unread else []
        yield result
    if number and len(unread) == number:
        raise unread[0]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The parts, the options that they touch, the clients of their firms; and the firms that have none,
    because they need none or are stopped.
    """

    parts: GatheredParts
    options: frozenset[str]
    clients: int
    unchanged: tuple[str, ...]
    stopped: tuple[Stopped, ...]


def _gathered(results: Iterable[FirmResult], info: PortalInfo) -> _Gathered:
    parts, unchanged, clients, options = GatheredParts(Scratch()), list[str](), 0, set[str]()
    findings: list[Diagnostic] = []
    for result in results:
        findings += [replace(each, firms=(result.firm,)) for each in result.findings]
        if result.part is None:
            unchanged += [] if result.findings else [result.firm]
        else:
            _check_options(result.part, info)
            options |= result.part.options
            parts.add(encode(result.part))
            clients += result.part.clients
    stopped = tuple(Stopped(PlanFinding.of(each), each.firms) for each in folded(findings))
    return _Gathered(parts, frozenset(options), clients, tuple(unchanged), stopped)


def _check_options(part: FirmPlan, info: PortalInfo) -> None:
    """BackendError if the portal knows an option in another version that is to be touched there."""
    sides = ((key, vocabulary()[key], info.options.get(key)) for key in sorted(part.options))
    other = [
        phrase("findings.other-options.option", option=key, here=version(here), portal=version(portal))
        for key, here, portal in sides
        if here != portal
    ]
    if other:
        raise BackendError(
            phrase("findings.other-options.message", options=joined(other, "; ")),
            phrase("findings.other-options.hint"),
        )


def _memberships(loaded: Loaded, live: Mapping[str, FirmSummary]) -> Mapping[str, Collection[str]]:
    """Every firm that the files name or portalsync manages, with its groups."""
    managed = {firm: () for firm, summary in live.items() if summary.managed}
    return {**managed, **loaded.memberships}


def _check_firms(loaded: Loaded, live: Mapping[str, FirmSummary], chosen: Collection[str]) -> None:
    named = loaded.desired.keys() & chosen
    missing = sorted(named - live.keys())
    if missing and not named & live.keys():  # it is another portal
        found = [unknown_there(loaded, live, firm) for firm in missing]
        if any(each.code != "firm-unknown" for each in found):
            raise InvalidConfig(found)
        raise FirmUnknown(message_of(missing), hint_of(loaded, live, missing[0]))
    managed = [firm for firm, summary in live.items() if summary.managed]
    if managed and not loaded.desired:
        raise Blocked(
            counted("findings.all-released.message", len(managed)),
            phrase("findings.all-released.hint"),
        )
