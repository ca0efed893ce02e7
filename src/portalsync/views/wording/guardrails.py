"""Verdicts of guardrails -> items: what blocks, in which firms, and what to type if it is meant."""

from collections.abc import Iterator, Sequence

from portalsync.catalog.guardrails import GUARDRAILS, LIMITS
from portalsync.catalog.limit import Known
from portalsync.lexicon import Foreign, Text, counted, joined, phrase, quoted
from portalsync.model.guardrails import Verdict
from portalsync.model.plan import FirmPlan, Plan
from portalsync.views.report import SHOWN_FIRMS, Item, Tone

_SHOWN_NAMES = 5


def guardrail_items(plan: Plan) -> Iterator[Item]:
    """The outcome in one line, then each objection, then whether the configuration lets more pass."""
    names = {firm.id: firm for firm in plan.firms}
    blocking = plan.blocking
    if blocking:
        yield Item(Tone.BAD, counted("guardrails.blocked", len(blocking)))
    elif plan.guardrails:
        yield Item(Tone.NOTE, counted("guardrails.accepted", len(plan.guardrails)))
    else:
        yield Item(Tone.GOOD, phrase("guardrails.clear"))
    for verdict in sorted(plan.guardrails, key=lambda each: not each.blocks):
        firms = [names[firm] for firm in verdict.firms]
        yield Item(Tone.BAD if verdict.blocks else Tone.NOTE, _objection(verdict, firms))
    yield from _loosened(plan)


def _objection(verdict: Verdict, firms: Sequence[FirmPlan]) -> Text:
    objection = phrase(
        f"guardrails.rules.{verdict.rule}.objection",
        subject=quoted(verdict.subject),
        found=verdict.found,
        limit=verdict.limit,
        firms=_names(firms),
    )
    if verdict.blocks:
        typed = Foreign(f"--ack {verdict.acknowledgement}")
        return (objection, " ", phrase("guardrails.accept", typed=typed))
    given = Foreign(verdict.acknowledged)
    return (objection, " ", phrase("guardrails.accepted_by", given=given))


def _names(firms: Sequence[FirmPlan]) -> Text:
    shown = joined(Foreign(firm.name) for firm in firms[:SHOWN_FIRMS])
    rest = len(firms) - SHOWN_FIRMS
    return (shown, counted("plan.more_firms", rest)) if rest > 0 else shown


def _loosened(plan: Plan) -> Iterator[Item]:
    """A pull request could loosen the limits itself: whoever reads its plan has to see it."""
    numbers_first = sorted(LIMITS, key=lambda limit: isinstance(limit, Known))
    parts = [looser for limit in numbers_first if (looser := limit.loosened(plan.limits))]
    if parts:
        yield Item(Tone.NOTE, phrase("guardrails.loosened", what=joined(parts, "; ")))
    for guardrail in GUARDRAILS:
        passed = sorted({name for firm in plan.firms for name in guardrail.passed(firm, plan.limits)})
        if passed:
            yield Item(Tone.NOTE, phrase(f"guardrails.rules.{guardrail.rule}.passed", names=_listed(passed)))


def _listed(names: Sequence[str]) -> Text:
    shown = joined(Foreign(name) for name in names[:_SHOWN_NAMES])
    rest = len(names) - _SHOWN_NAMES
    return (shown, ", ", counted("guardrails.more_names", rest)) if rest > 0 else shown
