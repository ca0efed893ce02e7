"""Results of firms -> a plan of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from portalsync.catalog.vocabulary import version, vocabulary
from portalsync.diagnostics import Diagnostic, folded
from portalsync.errors import BackendError
from portalsync.files import Scratch
from portalsync.lexicon import joined, phrase
from portalsync.model.finding import PlanFinding, Stopped
from portalsync.model.plan import Plan
from portalsync.pipeline.plan import FirmResult
from portalsync.planning.parts import GatheredParts
from portalsync.wire import PortalInfo


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts, the options that they touch, the clients of their firms; and the firms that have none,
    because they need none or are stopped.
    """

    info: PortalInfo
    parts: GatheredParts
    options: frozenset[str]
    clients: int
    unchanged: tuple[str, ...]
    stopped: tuple[Stopped, ...]

    def plan(self, environment: str, config: str, commit: str, at: datetime) -> Plan:
        """Of these firms alone, and before the guardrails judge it. `config` is the digest of all files."""
        return Plan(
            environment=environment,
            portal=self.info.portal,
            epoch=self.info.epoch_id,
            options={key: vocabulary()[key] for key in self.options},
            config=config,
            commit=commit,
            at=at.isoformat(),
            firms=self.parts,
            unchanged=self.unchanged,
            stopped=self.stopped,
            clients=self.clients,
        )


def gathered(results: Iterable[FirmResult], info: PortalInfo) -> Gathered:
    parts, unchanged, clients, options = GatheredParts(Scratch()), list[str](), 0, set[str]()
    findings: list[Diagnostic] = []
    for result in results:
        findings += [replace(each, firms=(result.firm,)) for each in result.findings]
        if result.part is None:
            unchanged += [] if result.findings else [result.firm]
        else:
            _check_options(result.options, info)
            options |= result.options
            parts.take(result.part)
            clients += result.clients
    stopped = tuple(Stopped(PlanFinding.of(each), each.firms) for each in folded(findings))
    return Gathered(info, parts, frozenset(options), clients, tuple(unchanged), stopped)


def _check_options(options: Iterable[str], info: PortalInfo) -> None:
    """BackendError if the portal knows an option in another version that is to be touched there."""
    sides = ((key, vocabulary()[key], info.options.get(key)) for key in sorted(options))
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


def of_use(results: Iterable[FirmResult]) -> Iterator[FirmResult]:
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
