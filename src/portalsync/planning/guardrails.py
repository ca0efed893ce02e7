"""What the guardrails say about a plan. It rests on what the plan itself says of each firm, so that whoever
reads a saved plan can judge it again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portalsync.addresses import LONGEST_HOST
from portalsync.catalog.guardrails import GUARDRAILS, RULES
from portalsync.errors import Blocked
from portalsync.lexicon import Phrase, Text, counted, first_of, how_many, joined, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Acknowledgement, Limits, Verdict
from portalsync.model.plan import Plan

_MOST_TOLD = 10


class NoAcknowledgement(ValueError):
    """A text that accepts nothing."""

    def __init__(self, hint: Phrase) -> None:
        super().__init__(hint)
        self.hint = hint


def acknowledgement(text: str) -> Acknowledgement:
    """`RULE:SUBJECT` as it is typed. NoAcknowledgement with what is expected."""
    rule, _, subject = text.partition(":")
    guardrail = RULES.get(rule)
    if guardrail is None or ":" not in text:
        raise NoAcknowledgement(phrase("help.value.acknowledgements.rules", rules=", ".join(RULES)))
    fits = re.fullmatch(guardrail.subject.strip("^$"), subject)
    if not fits or len(subject) > LONGEST_HOST:
        raise NoAcknowledgement(phrase(f"{guardrail.phrases}.accepts", rule=rule))
    return Acknowledgement(rule, subject)


class Judge:
    """All guardrails over the parts of one plan: it is handed each part once, then it is asked."""

    def __init__(self, limits: Limits) -> None:
        self._tallies = [(each, each.tally(limits)) for each in GUARDRAILS]

    def take(self, firm: FirmPlan) -> None:
        for _, tally in self._tallies:
            tally.take(firm)

    def verdicts(self, considered: int, given: Iterable[Acknowledgement]) -> tuple[Verdict, ...]:
        """What they object to, each accepted by what accepts it; `considered` is the number of all firms."""
        given = tuple(given)
        return tuple(
            guardrail.weighed(verdict, given)
            for guardrail, tally in self._tallies
            for verdict in tally.verdicts(considered)
        )


def guarded(plan: Plan, limits: Limits, given: Iterable[Acknowledgement]) -> Plan:
    """The same plan with what the guardrails say about it."""
    judge = Judge(limits)
    for firm in plan.firms.without_effects():
        judge.take(firm)
    return replace(plan, limits=limits, guardrails=judge.verdicts(plan.network_size, given))


def judged_alike(plan: Plan, judge: Judge) -> bool:
    """Whether the guardrails, which saw its parts, say of the plan what stands in it. ValueError for what no
    plan can hold.
    """
    given = [acknowledgement(each.acknowledged) for each in plan.guardrails if each.acknowledged]
    return judge.verdicts(plan.network_size, given) == plan.guardrails


def unused(plan: Plan, given: Iterable[Acknowledgement]) -> list[Acknowledgement]:
    """Acknowledgements that nothing asked for."""
    return [
        each
        for each in given
        if not any(RULES[each.rule].is_about(each.subject, verdict) for verdict in plan.guardrails)
    ]


def check_guardrails(plan: Plan) -> None:
    """Blocked, with the numbers and what lifts it, if a guardrail objects and nobody accepted it."""
    blocking = plan.blocking
    if not blocking:
        return
    most = how_many(len(blocking), _MOST_TOLD)
    told: list[Text] = [*map(_objection, blocking[:most])]
    if len(blocking) > most:
        told.append(counted("errors.guardrails.more", len(blocking) - most))
    needed = " ".join(f"--ack {each.acknowledgement}" for each in blocking[:most])
    raise Blocked(
        phrase("errors.guardrails.message", what=joined(told, "; ")),
        phrase("errors.guardrails.hint", needed=needed),
    )


def _objection(verdict: Verdict) -> Phrase:
    return phrase(
        f"{RULES[verdict.rule].phrases}.blocked",
        rule=verdict.rule,
        subject=verdict.subject,
        found=verdict.found,
        limit=verdict.limit,
        firms=first_firms(verdict.firms),
    )


def first_firms(firms: Sequence[str]) -> Text:
    """The ids of several firms, or of the first of them and how many more there are."""
    return first_of(firms, _MOST_TOLD)
