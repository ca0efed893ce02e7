"""Verdicts of guardrails -> items: what blocks, in which firms, and what to type if it is meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.guardrails import GUARDRAILS, LIMITS
from portalsync.catalog.limit import Known
from portalsync.lexicon import Foreign, Text, counted, joined, phrase, quoted
from portalsync.model.guardrails import Limits, Verdict
from portalsync.model.news import NewsFirm
from portalsync.model.plan import FirmPlan, Plan
from portalsync.views.report import Item, Tone
from portalsync.views.wording.firms import first_names

_SHOWN_NAMES = 5


@dataclass
class GuardrailDesk:
    """Takes the parts of a plan, each once: what the configuration lets pass in them."""

    limits: Limits
    passed: dict[str, set[str]] = field(default_factory=dict)

    def take(self, part: FirmPlan) -> None:
        for guardrail in GUARDRAILS:
            self.passed.setdefault(guardrail.rule, set()).update(guardrail.passed(part, self.limits))


def guardrail_items(plan: Plan, desk: GuardrailDesk, firms: Iterable[NewsFirm]) -> Iterator[Item]:
    """The outcome in one line, then each objection, then whether the configuration lets more pass."""
    names = {firm.id: firm.name for firm in firms}
    blocking = plan.blocking
    if blocking:
        yield Item(Tone.BAD, counted("guardrails.blocked", len(blocking)))
    elif plan.guardrails:
        yield Item(Tone.NOTE, counted("guardrails.accepted", len(plan.guardrails)))
    else:
        yield Item(Tone.GOOD, phrase("guardrails.clear"))
    for verdict in sorted(plan.guardrails, key=lambda each: not each.blocks):
        concerned = [names[firm] for firm in verdict.firms]
        yield Item(Tone.BAD if verdict.blocks else Tone.NOTE, _objection(verdict, concerned))
    yield from _loosened(desk)


def _objection(verdict: Verdict, firms: Sequence[str]) -> Text:
    objection = phrase(
        f"guardrails.rules.{verdict.rule}.objection",
        subject=quoted(verdict.subject),
        found=verdict.found,
        limit=verdict.limit,
        firms=first_names(firms),
    )
    if verdict.blocks:
        typed = Foreign(f"--ack {verdict.acknowledgement}")
        return (objection, " ", phrase("guardrails.accept", typed=typed))
    given = Foreign(verdict.acknowledged)
    return (objection, " ", phrase("guardrails.accepted_by", given=given))


def _loosened(desk: GuardrailDesk) -> Iterator[Item]:
    """A pull request could loosen the limits itself: whoever reads its plan has to see it."""
    numbers_first = sorted(LIMITS, key=lambda limit: isinstance(limit, Known))
    parts = [looser for limit in numbers_first if (looser := limit.loosened(desk.limits))]
    if parts:
        yield Item(Tone.NOTE, phrase("guardrails.loosened", what=joined(parts, "; ")))
    for rule, passed in desk.passed.items():
        if passed:
            names = _listed(sorted(passed))
            yield Item(Tone.NOTE, phrase(f"guardrails.rules.{rule}.passed", names=names))


def _listed(names: Sequence[str]) -> Text:
    shown = joined(Foreign(name) for name in names[:_SHOWN_NAMES])
    rest = len(names) - _SHOWN_NAMES
    return (shown, ", ", counted("guardrails.more_names", rest)) if rest > 0 else shown
