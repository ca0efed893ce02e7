"""Agreeing to a plan before it is applied."""

from dataclasses import dataclass
from pathlib import Path

from portalsync.cli.ask import agreed_at_terminal
from portalsync.cli.output import tell
from portalsync.cli.plans import plan_result, read_saved_plan
from portalsync.cli.results import print_result, tell_result
from portalsync.errors import PlanRefused
from portalsync.lexicon import lexicon_of, phrase
from portalsync.model.plan import Plan
from portalsync.model.substance import NOTHING_REVIEWED, review_digest
from portalsync.planning.guardrails import check_guardrails
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.deviation import deviation_json, word_deviation

_NOBODY = phrase("help.usage.nobody-agrees.hint")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan that may be applied to the chosen ones of its firms. Whoever names a saved one has agreed to it;
    one made just now, nobody has seen.
    """

    plan: Plan
    is_saved: bool
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A plan that somebody agreed to apply to the chosen firms; `agree` makes it."""

    plan: Plan
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Terms:
    """How to agree: to nothing but what was reviewed (`expect`, its digest; the plan in `reviewed`), without
    a question (`yes`), or when asked; in which language and format, and whether all is shown or a `summary`.
    """

    expect: str | None
    reviewed: Path | None
    yes: bool
    lang: str
    form: str
    summary: bool


def agree(proposal: Proposal, terms: Terms) -> Agreed | None:
    """None if who was asked said no. PlanRefused if it is not what was reviewed."""
    plan = proposal.plan
    if terms.expect is not None:
        _check_reviewed(plan, terms.expect, terms)
    elif not proposal.is_saved and not plan.is_quiet:
        _show(plan, terms)
        check_guardrails(plan)  # nobody is asked about what cannot be applied
        if not (plan.is_empty or terms.yes or agreed_at_terminal(phrase("told.ask"), _NOBODY)):
            return None
    return Agreed(plan, proposal.chosen)


def _check_reviewed(plan: Plan, expect: str, terms: Terms) -> None:
    """PlanRefused, with the difference shown, unless the plan is empty or what was reviewed."""
    if plan.is_empty or review_digest(plan) == expect:
        return
    reviewed = _reviewed(terms.reviewed, expect)
    deviation = Result(
        lambda: word_deviation(expect, reviewed, plan, lexicon_of(terms.lang)),
        lambda: (deviation_json(expect, reviewed, plan),),
    )
    print_result(deviation, RESULTS[terms.form])
    if expect == NOTHING_REVIEWED:
        raise PlanRefused(phrase("errors.plan.not-reviewed.message"), phrase("errors.plan.not-reviewed.hint"))
    raise PlanRefused(phrase("errors.plan.other-change.message"), phrase("errors.plan.other-change.hint"))


def _reviewed(file: Path | None, expect: str) -> Plan | None:
    """The reviewed plan, if it is there and is the one that was agreed to."""
    if file is None or not file.exists():
        return None
    plan = read_saved_plan(file)
    if review_digest(plan) != expect:
        tell(phrase("told.not-compared", file=str(file)))
        return None
    return plan


def _show(plan: Plan, terms: Terms) -> None:
    result, form = plan_result(plan, lexicon_of(terms.lang), summary=terms.summary), RESULTS[terms.form]
    if form.is_for_terminals:
        print_result(result, form)
    else:
        tell_result(result)
