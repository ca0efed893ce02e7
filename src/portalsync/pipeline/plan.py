"""One firm's way to its part of a plan: read, check, plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.config.rules import check_rules
from portalsync.config.shared import in_firm
from portalsync.config.tags import unknown_tags
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, has_errors
from portalsync.model.desired import Desired
from portalsync.model.plan import FirmPlan
from portalsync.pipeline.read import read_firm
from portalsync.planning.plan_firm import desired_digest, plan_firm, release_firm
from portalsync.planning.renames import unknown_entries
from portalsync.planning.sendable import check_sendable
from portalsync.planning.spelt import as_spelt_on_portal
from portalsync.portal.templates import templates_digest
from portalsync.wire import FirmSummary


@dataclass(frozen=True, slots=True)
class FirmResult:
    """What became of one firm. `part` is None where there is nothing to do, or an error among `findings`."""

    firm: str
    part: FirmPlan | None = None
    findings: Sequence[Diagnostic] = ()


def planned(
    config: ValidConfig, desired: Desired, summary: FirmSummary, portal: Reader, at: datetime
) -> FirmResult:
    """A firm that the files name. Nothing is read where it has what they say."""
    if summary.digest == desired_digest(desired):
        return FirmResult(desired.firm)
    read = read_firm(portal, desired.firm)
    desired = as_spelt_on_portal(desired, read.live.settings)
    if summary.digest == desired_digest(desired):
        return FirmResult(desired.firm)
    rules = check_rules(desired, read.live.settings, read.facts, at)
    findings = tuple(
        in_firm(
            desired.firm,
            (*rules, *unknown_tags(config, desired, read.facts), *unknown_entries(desired, read.live)),
        )
    )
    if has_errors(findings):
        return FirmResult(desired.firm, None, findings)
    part = plan_firm(desired, read, tuple(config.personas.values()), at, templates_digest())
    return FirmResult(desired.firm, check_sendable(part), findings)


def released(firm: str, portal: Reader) -> FirmResult:
    """A firm that no file names any more."""
    return FirmResult(firm, release_firm(portal.state(firm), portal.facts(firm)))
