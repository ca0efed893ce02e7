"""Verdicts of guardrails -> items: what blocks, in which firms, and what to type if it is meant."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Foreign, Text, counted, joined, phrase, quoted
from portalsync.model.guardrails import Limits, Verdict
from portalsync.model.plan import FirmPlan, Plan
from portalsync.views.report import Item, Tone

_SHOWN_FIRMS = 8
_SHOWN_HOSTS = 5


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
        f"guardrails.found.{verdict.rule}",
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
    shown = joined(Foreign(firm.name) for firm in firms[:_SHOWN_FIRMS])
    rest = len(firms) - _SHOWN_FIRMS
    return (shown, counted("plan.more_firms", rest)) if rest > 0 else shown


def _loosened(plan: Plan) -> Iterator[Item]:
    """A pull request could loosen the limits itself: whoever reads its plan has to see it."""
    parts = [*_looser(plan.limits)]
    if parts:
        yield Item(Tone.NOTE, phrase("guardrails.loosened", what=joined(parts, "; ")))
    passed = sorted({host for firm in plan.firms for host in firm.new_hosts} & {*plan.limits.known_hosts})
    if passed:
        hosts = joined(Foreign(host) for host in passed[:_SHOWN_HOSTS])
        rest = len(passed) - _SHOWN_HOSTS
        more = (", ", counted("guardrails.more_hosts", rest)) if rest > 0 else ()
        yield Item(Tone.NOTE, phrase("guardrails.passed", hosts=(hosts, more)))


def _looser(limits: Limits) -> Iterator[Text]:
    for name, value, default in limits.looser():
        yield phrase(f"guardrails.looser.{name}", n=value, default=default)
    if limits.known_hosts:
        yield counted("guardrails.known_hosts", len(limits.known_hosts))
