"""Verdicts of guardrails -> items: what blocks, in which firms, and what to type if it is meant."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Lexicon
from portalsync.model.guardrails import Limits, Verdict
from portalsync.model.plan import FirmPlan, Plan
from portalsync.views.report import Item, Tone, Value, Words, join, say

_SHOWN_FIRMS = 8
_SHOWN_HOSTS = 5


def guardrail_items(plan: Plan, lexicon: Lexicon) -> Iterator[Item]:
    """The outcome in one line, then each objection, then whether the configuration lets more pass."""
    names = {firm.id: firm for firm in plan.firms}
    blocking = plan.blocking
    if blocking:
        yield Item(Tone.BAD, (lexicon.count("guardrails.blocked", len(blocking)),))
    elif plan.guardrails:
        yield Item(Tone.NOTE, (lexicon.count("guardrails.accepted", len(plan.guardrails)),))
    else:
        yield Item(Tone.GOOD, (lexicon("guardrails.clear"),))
    for verdict in sorted(plan.guardrails, key=lambda each: not each.blocks):
        firms = [names[firm] for firm in verdict.firms]
        yield Item(Tone.BAD if verdict.blocks else Tone.NOTE, _objection(verdict, firms, lexicon))
    yield from _loosened(plan, lexicon)


def _objection(verdict: Verdict, firms: Sequence[FirmPlan], lexicon: Lexicon) -> Words:
    found = say(
        lexicon,
        f"guardrails.found.{verdict.rule}",
        subject=Value(verdict.subject),
        found=lexicon.number(verdict.found),
        limit=lexicon.number(verdict.limit),
        firms=_names(firms, lexicon),
    )
    if verdict.blocks:
        typed = Value(f"--ack {verdict.acknowledgement}", quoted=False)
        return (*found, " ", *say(lexicon, "guardrails.accept", typed=typed))
    given = Value(verdict.acknowledged, quoted=False)
    return (*found, " ", *say(lexicon, "guardrails.accepted_by", given=given))


def _names(firms: Sequence[FirmPlan], lexicon: Lexicon) -> Words:
    shown = join([Value(firm.name, quoted=False) for firm in firms[:_SHOWN_FIRMS]])
    rest = len(firms) - _SHOWN_FIRMS
    return (*shown, lexicon.count("plan.more_firms", rest)) if rest > 0 else shown


def _loosened(plan: Plan, lexicon: Lexicon) -> Iterator[Item]:
    """A pull request could loosen the limits itself: whoever reads its plan has to see it."""
    parts = [*_looser(plan.limits, lexicon)]
    if parts:
        yield Item(Tone.NOTE, say(lexicon, "guardrails.loosened", what="; ".join(parts)))
    passed = sorted({host for firm in plan.firms for host in firm.new_hosts} & {*plan.limits.known_hosts})
    if passed:
        hosts = join([Value(host, quoted=False) for host in passed[:_SHOWN_HOSTS]])
        rest = len(passed) - _SHOWN_HOSTS
        more: Words = (", ", lexicon.count("guardrails.more_hosts", rest)) if rest > 0 else ()
        yield Item(Tone.NOTE, say(lexicon, "guardrails.passed", hosts=(*hosts, *more)))


def _looser(limits: Limits, lexicon: Lexicon) -> Iterator[str]:
    for name, value, default in limits.looser():
        yield lexicon(f"guardrails.looser.{name}", n=lexicon.number(value), default=lexicon.number(default))
    if limits.known_hosts:
        yield lexicon.count("guardrails.known_hosts", len(limits.known_hosts))
