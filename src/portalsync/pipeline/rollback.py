"""The plan of a rollback: firms go back to earlier generations, by a plan like any other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.config.expectations import broken_promises
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Diagnostic, Severity, has_errors
from portalsync.errors import AccessDenied, BackendError, BackendUnreachable
from portalsync.lexicon import phrase
from portalsync.living.back import Aim, as_if_wanted, course_back
from portalsync.living.history import generation_of
from portalsync.model.apart import apart_of
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.page import situation_of
from portalsync.model.path_patterns import NO_PATHS
from portalsync.model.plan import Plan
from portalsync.model.settings import differing
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.gathering import gathered, of_use
from portalsync.pipeline.load import config_of, desired_of
from portalsync.pipeline.plan import FirmResult
from portalsync.pipeline.read import read_now, with_hand_edits
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.course import Course, part_of
from portalsync.planning.guardrails import guarded
from portalsync.planning.sendable import is_sendable
from portalsync.portal.templates import templates_digest

FILES_UNDO = "files-undo-rollback"
"""The code of the warning that the next plan of the files takes a rollback back."""


@dataclass(frozen=True, slots=True)
class Backwards:
    """Which firms go back, of how many, and where to."""

    firms: Sequence[str]
    of: int
    aim: Aim


def plan_rollback(  # noqa: PLR0913, PLR0917 - what a plan is made of
    known: Survey,
    portal: Reader,
    environment: str,
    at: datetime,
    backwards: Backwards,
    commit: str = "",
    *,
    acknowledged: Sequence[Acknowledgement] = (),
    watch: Watch = unwatched,
) -> Plan:
    """Live x past -> plan. It only reads. A firm that would break a rule by going back stays as it is."""
    info = portal.portal()
    going = _Going(known, portal, at, backwards.aim)
    found = gathered(of_use(going.results(watch(sorted(backwards.firms)))), info)
    plan = found.plan(environment, known.digest, commit, at)
    return guarded(replace(plan, left_out=max(0, backwards.of - plan.considered)), known.limits, acknowledged)


@dataclass(frozen=True)
class _Going:
    known: Survey
    portal: Reader
    at: datetime
    aim: Aim

    def results(self, firms: Iterable[str]) -> Iterator[FirmResult]:
        """Of each firm that is concerned, in order."""
        for firm in firms:
            try:
                yield from self._of(firm)
            except (BackendUnreachable, AccessDenied):  # so it will be for every other firm
                raise
            except BackendError as error:
                why = Diagnostic("firm-not-read", error.diagnostic.message, hint=error.diagnostic.hint)
                yield FirmResult(firm, findings=[why], unread=error)

    def _of(self, firm: str) -> Iterator[FirmResult]:
        goal = self.aim(self.portal, firm)
        if isinstance(goal, Diagnostic):
            yield FirmResult(firm, findings=[goal])
        elif goal is not None:
            yield self._result(firm, goal)

    def _result(self, firm: str, generation: int) -> FirmResult:
        live, facts = read_now(self.portal, firm)
        past = generation_of(self.portal, live, generation)
        desired = desired_of(self.known, firm) if firm in self.known.firms else None
        ignored = desired.ignored if desired else NO_PATHS
        hand_edits = with_hand_edits(self.portal, (live, facts)).hand_edits
        course = course_back(live, past, ignored, hand_edits)
        if not course.changes and {*course.managed} == {*live.managed}:
            return FirmResult(firm)
        broken = [*check_rules(as_if_wanted(course), live.settings, facts, self.at)]
        if errors := [each for each in broken if has_errors([each])]:
            return FirmResult(firm, findings=errors)
        part = self._part(course, facts, generation)
        warnings = [*broken, *(_undoing(desired, course) if desired else ())]
        whole = replace(part, warnings=tuple(map(PlanFinding.of, warnings)))
        return _sendable(whole)

    def _part(self, course: Course, facts: Facts, generation: int) -> FirmPlan:
        personas = tuple(self.known.shared.personas.values())
        part = part_of(course, facts, personas, self.at, templates_digest())
        return replace(part, stays={}, back_to=generation, broken=tuple(self._broken(course, facts)))

    def _broken(self, course: Course, facts: Facts) -> Iterator[BrokenPromise]:
        """Promises to personas that are kept now, and are not afterwards."""
        firm, config = course.before.id, config_of(self.known, course.before.id)
        before = situation_of(firm, course.before.settings, facts, self.at)
        after = situation_of(firm, course.after, facts, self.at)
        for persona, finding in broken_promises(config, before, after):
            if not finding.before:
                yield BrokenPromise(persona, PlanFinding.of(finding))


def _sendable(part: FirmPlan) -> FirmResult:
    apart = apart_of(part)
    if not is_sendable(part, apart):
        hint = phrase("errors.portal.commit-too-large.hint")
        message = phrase("errors.portal.commit-too-large.message", firm=part.id)
        return FirmResult(part.id, findings=[Diagnostic("firm-too-large", message, hint=hint)])
    return FirmResult(part.id, apart, part.clients, frozenset(part.options))


def _undoing(desired: Desired, course: Course) -> Iterator[Diagnostic]:
    """Lines of files that say otherwise: the next plan of them would take the rollback back."""
    for path in differing(course.after, desired.in_force(course.after)):
        statement, claim = desired.values.get(path), desired.managed.covering(path)
        if statement is not None or claim is not None:
            position = statement.position if statement else desired.claims[claim or path].key
            yield Diagnostic(
                "files-undo-rollback",
                phrase("findings.files-undo-rollback.message", path=path),
                position,
                Severity.WARNING,
                hint=phrase("findings.files-undo-rollback.hint"),
                path=path,
            )
