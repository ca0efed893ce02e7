"""One firm's way to its part of a plan: read, check, plan. What is wrong with it stops no other firm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.config.expectations import broken_promises
from portalsync.config.rules import check_rules
from portalsync.config.shared import in_firm
from portalsync.config.tags import unknown_tags
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import NOWHERE, Diagnostic, has_errors
from portalsync.errors import BackendError
from portalsync.lexicon import Text, phrase
from portalsync.model.desired import Desired
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.page import situation_of
from portalsync.model.plan import FirmPlan
from portalsync.pipeline.read import read_firm
from portalsync.planning.plan_firm import Portal, desired_digest, plan_firm, release_firm
from portalsync.planning.renames import unknown_entries
from portalsync.planning.sendable import is_sendable
from portalsync.planning.spelt import as_spelt_on_portal
from portalsync.portal.templates import templates_digest
from portalsync.wire import FirmSummary


@dataclass(frozen=True, slots=True)
class FirmResult:
    """What became of one firm. `part` is None where there is nothing to do, or where `findings`, all of them
    errors, stop the firm.
    """

    firm: str
    part: FirmPlan | None = None
    findings: Sequence[Diagnostic] = ()
    unread: BackendError | None = None
    """Why nothing can be known of it, if that is so."""


def planned(
    config: ValidConfig, desired: Desired, summary: FirmSummary, portal: Reader, at: datetime
) -> FirmResult:
    """A firm that the files name. Nothing is read where it has what they say."""
    if summary.digest == desired_digest(desired):
        return FirmResult(desired.firm)
    read = read_firm(portal, desired.firm)
    spelt = as_spelt_on_portal(desired, read.live.settings)
    if summary.digest == desired_digest(spelt):
        return FirmResult(desired.firm)
    return _compared(config, spelt, read, at)


def released(firm: str, portal: Reader) -> FirmResult:
    """A firm that no file names any more."""
    return FirmResult(firm, release_firm(portal.state(firm), portal.facts(firm)))


def _compared(config: ValidConfig, desired: Desired, read: Portal, at: datetime) -> FirmResult:
    rules = check_rules(desired, read.live.settings, read.facts, at)
    tags = unknown_tags(config, desired, read.live.settings, read.facts)
    entries = unknown_entries(desired, read.live)
    findings = [*in_firm(desired.firm, (*rules, *tags, *entries))]
    if has_errors(findings):
        return FirmResult(desired.firm, None, [each for each in findings if has_errors([each])])
    part = plan_firm(desired, read, tuple(config.personas.values()), at, templates_digest())
    if not is_sendable(part):
        message = phrase("errors.portal.commit-too-large.message", firm=desired.firm)
        hint = phrase("errors.portal.commit-too-large.hint")
        return _stopped(config, desired.firm, "firm-too-large", message, hint)
    promises = _promises(config, desired, read, at) if part.changes else []
    new = (BrokenPromise(persona, PlanFinding.of(each)) for persona, each in promises if not each.before)
    old = (each for _, each in promises if each.before)
    warnings = tuple(map(PlanFinding.of, (*findings, *old)))
    return FirmResult(desired.firm, replace(part, warnings=warnings, broken=tuple(new)))


def _promises(
    config: ValidConfig, desired: Desired, read: Portal, at: datetime
) -> list[tuple[str, Diagnostic]]:
    """What the firm's clients were promised and will not find. Before portalsync managed the firm, nothing
    was promised to them.
    """
    live = read.live
    before = situation_of(desired.firm, live.settings, read.facts, at) if live.managed else None
    after = situation_of(desired.firm, desired.in_force(live.settings), read.facts, at)
    return [*broken_promises(config, before, after)]


def not_read(config: ValidConfig, firm: str, error: BackendError) -> FirmResult:
    """A firm about which the portal answers what nobody can use."""
    told = error.diagnostic
    result = _stopped(config, firm, "firm-not-read", told.message, told.hint)
    return replace(result, unread=error)


def _stopped(config: ValidConfig, firm: str, code: str, message: Text, hint: Text) -> FirmResult:
    """By what is wrong with the firm as a whole, told at the id in its file, if there still is one."""
    document = config.firms.get(firm)
    position = document.parsed.key_position(("id",)) if document else NOWHERE
    return FirmResult(firm, None, [Diagnostic(code, message, position, hint=hint)])
