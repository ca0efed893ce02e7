"""Agreeing to a plan before it is applied."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portalsync.apply.begun import Before, begun
from portalsync.backend.protocol import Reader
from portalsync.cli.ask import agreed
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.cli.plans import plan_result, read_saved_plan
from portalsync.cli.receipts import NotReviewed
from portalsync.cli.results import print_result, tell_result
from portalsync.errors import PlanRefused
from portalsync.lexicon import first_of, phrase
from portalsync.model.plan import Plan
from portalsync.model.substance import NOTHING_REVIEWED, beyond, is_rest, review_digest
from portalsync.planning.guardrails import check_guardrails
from portalsync.views.formats import RESULTS

_MOST_NAMED = 8
_NOBODY = phrase("help.usage.plan-or-yes")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan that may be applied to the chosen ones of its firms. Whoever names a saved one has agreed to it;
    one made just now, nobody has seen. `stopped` are firms that were chosen and have no part in it.
    """

    plan: Plan
    is_saved: bool
    chosen: frozenset[str]
    stopped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan that somebody agreed to apply to the chosen firms; `agree` makes it. `review` is the digest of
    the reviewed change, empty if none was asked for.
    """

    plan: Plan
    chosen: frozenset[str]
    stopped: tuple[str, ...]
    review: str


@dataclass(frozen=True)
class Reviewed:
    """The change that somebody agreed to: its digest, and the file of its plan, which may be gone."""

    digest: str
    file: Path | None

    @property
    def is_nothing(self) -> bool:
        return self.digest == NOTHING_REVIEWED

    def is_whole(self, plan: Plan) -> bool:
        """Whether a plan is this change, and not only the rest of it; firms that are stopped by now aside."""
        if review_digest(plan) == self.digest:
            return True
        return bool(plan.stopped) and self.plan is not None and is_rest(plan, self.plan)

    @cached_property
    def plan(self) -> Plan | None:
        """The reviewed plan, if it is there and is the one that was agreed to."""
        if self.file is None or not self.file.exists():
            return None
        plan = read_saved_plan(self.file)
        if review_digest(plan) != self.digest:
            tell(phrase("told.not-compared", file=str(self.file)))
            return None
        return plan


@dataclass(frozen=True, slots=True)
class Terms:
    """How to agree: to nothing but what was `reviewed`, without a question (`yes`), or when asked; in which
    language and format, and whether all is shown or a `summary`.
    """

    reviewed: Reviewed | None
    yes: bool
    form: str
    summary: bool


def made_whole(plan: Plan, reviewed: Reviewed, portal: Reader, make: Callable[[Reader], Plan]) -> Plan:
    """The plan, or what it is the rest of: an earlier apply of the reviewed change may have done a part of
    it, and `make` gives the plan for the portal as it was before.
    """
    if reviewed.is_nothing or reviewed.is_whole(plan):
        return plan
    firms = {firm.id for firm in portal.firms()} - _ids(plan)
    possible = firms if reviewed.plan is None else firms & _ids(reviewed.plan)
    before = begun(reviewed.digest, sorted(possible), portal)
    whole = make(Before(portal, before)) if before else plan
    return plan if plan.is_empty and not reviewed.is_whole(whole) else whole


def check_newest(plan: Plan, file: Path | None) -> None:
    """PlanRefused if newer files, which the plan in `file` is of, would not do all of this as well: what was
    taken back since it was reviewed is not brought back by who agrees late.
    """
    if file is None:
        return
    parts = beyond(plan, read_saved_plan(file, plan.environment)).firms
    firms = [each.id for each in parts if each.changes or each.adopts or each.releases]
    if firms:
        raise PlanRefused(
            phrase("errors.plan.taken-back.message", firms=first_of(firms, _MOST_NAMED)),
            phrase("errors.plan.taken-back.hint"),
        )


def _ids(plan: Plan) -> set[str]:
    return {each.id for each in plan.firms.digests}


def agree(proposal: Proposal, terms: Terms) -> Agreed | None:
    """None if who was asked said no. NotReviewed if it is not what was reviewed."""
    plan = proposal.plan
    if terms.reviewed is not None:
        _check_reviewed(plan, terms.reviewed)
    elif not proposal.is_saved and not plan.is_quiet:
        _show(plan, terms)
        check_guardrails(plan)  # nobody is asked about what cannot be applied
        if not (plan.is_empty or terms.yes or agreed(phrase("told.ask"), _NOBODY)):
            return None
    review = terms.reviewed.digest if terms.reviewed and not terms.reviewed.is_nothing else ""
    return Agreed(plan, proposal.chosen, proposal.stopped, review)


def promised(proposal: Proposal, terms: Terms) -> Plan:
    """The plan that people read when they agreed: the reviewed one, if it is at hand."""
    reviewed = terms.reviewed
    return (reviewed.plan if reviewed and not reviewed.is_nothing else None) or proposal.plan


def _check_reviewed(plan: Plan, reviewed: Reviewed) -> None:
    """NotReviewed unless the plan is empty or what was reviewed."""
    if plan.is_empty or reviewed.is_whole(plan):
        return
    kind = "not-reviewed" if reviewed.is_nothing else "other-change"
    raise NotReviewed(reviewed.digest, reviewed.plan, plan, kind)


def _show(plan: Plan, terms: Terms) -> None:
    result, form = plan_result(plan, spoken_lexicon(), summary=terms.summary), RESULTS[terms.form]
    if form.is_for_terminals:
        print_result(result, form)
    else:
        tell_result(result)
