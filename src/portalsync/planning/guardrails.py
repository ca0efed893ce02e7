"""What the guardrails say about a plan. It rests on what the plan itself says of each firm, so that whoever
reads a saved plan can judge it again.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from portalsync.addresses import HOST_PATTERN, LONGEST_HOST
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.errors import Blocked
from portalsync.lexicon import Phrase, counted, phrase
from portalsync.model.edit import ABSENT
from portalsync.model.guardrails import Acknowledgement, Guardrail, Limits, Verdict
from portalsync.model.plan import FirmPlan, Plan

_PATTERNS = {Guardrail.NEW_HOST: HOST_PATTERN, Guardrail.EMPTY_HOME: IDENTIFIER_PATTERN}
_NUMBER = "^[1-9][0-9]{0,9}$"
_EXPECTED = {
    Guardrail.NEW_HOST: "help.value.acknowledgements.host",
    Guardrail.EMPTY_HOME: "help.value.acknowledgements.firm",
}
_A_NUMBER = "help.value.acknowledgements.number"
_MOST_TOLD = 10


class NoAcknowledgement(ValueError):
    """A text that accepts nothing."""

    def __init__(self, hint: Phrase) -> None:
        super().__init__(hint)
        self.hint = hint


def acknowledgement(text: str) -> Acknowledgement:
    """`RULE:SUBJECT` as it is typed. NoAcknowledgement with what is expected."""
    name, colon, subject = text.partition(":")
    if not colon or name not in [*Guardrail]:
        raise NoAcknowledgement(phrase("help.value.acknowledgements.rules", rules=", ".join(Guardrail)))
    rule = Guardrail(name)
    fits = re.fullmatch(_PATTERNS.get(rule, _NUMBER).strip("^$"), subject)
    if not fits or len(subject) > LONGEST_HOST:
        raise NoAcknowledgement(phrase(_EXPECTED.get(rule, _A_NUMBER), rule=str(rule)))
    return Acknowledgement(rule, subject)


def guarded(plan: Plan, limits: Limits, given: Iterable[Acknowledgement]) -> Plan:
    """The same plan with what the guardrails say about it."""
    given = tuple(given)
    verdicts = tuple(verdict.weighed(given) for verdict in _objections(plan, limits))
    return replace(plan, limits=limits, guardrails=verdicts)


def _objections(plan: Plan, limits: Limits) -> Iterator[Verdict]:
    yield from _new_hosts(plan.firms, {*limits.known_hosts})
    for firm in plan.firms:
        if firm.emptied:
            yield Verdict(Guardrail.EMPTY_HOME, firm.id, 0, firm.emptied, (firm.id,))
    yield from _too_many(Guardrail.CHANGED_FIRMS, limits.most_changed(plan.considered), plan.firms, _changed)
    yield from _too_many(Guardrail.AFFECTED_CLIENTS, limits.affected_clients, plan.firms, _affected)
    yield from _too_many(Guardrail.CLEARED_FIELDS, limits.cleared_fields, plan.firms, _cleared)


def _new_hosts(firms: Sequence[FirmPlan], known: Container[str]) -> Iterator[Verdict]:
    concerned: dict[str, list[str]] = {}
    for firm in firms:
        for host in firm.new_hosts:
            if host not in known:
                concerned.setdefault(host, []).append(firm.id)
    for host, found in sorted(concerned.items()):
        yield Verdict(Guardrail.NEW_HOST, host, 0, len(found), tuple(found))


def _too_many(
    rule: Guardrail, limit: int, firms: Sequence[FirmPlan], number: Callable[[FirmPlan], int]
) -> Iterator[Verdict]:
    found = sum(map(number, firms))
    if found > limit:
        yield Verdict(rule, str(found), limit, found, tuple(firm.id for firm in firms if number(firm)))


def _changed(firm: FirmPlan) -> int:
    return int(bool(firm.changes))


def _affected(firm: FirmPlan) -> int:
    return firm.affected


def _cleared(firm: FirmPlan) -> int:
    return sum(edit.before is not ABSENT and edit.after is ABSENT for edit in firm.edits)


def judged_alike(plan: Plan) -> bool:
    """Whether the guardrails say of the plan what stands in it. ValueError for what no plan can hold."""
    given = [acknowledgement(each.acknowledged) for each in plan.guardrails if each.acknowledged]
    return guarded(plan, plan.limits, given) == plan


def unused(plan: Plan, given: Iterable[Acknowledgement]) -> list[Acknowledgement]:
    """Acknowledgements that nothing asked for."""
    return [each for each in given if not any(each.is_about(verdict) for verdict in plan.guardrails)]


def check_guardrails(plan: Plan) -> None:
    """Blocked, with the numbers and what lifts it, if a guardrail objects and nobody accepted it."""
    blocking = plan.blocking
    if not blocking:
        return
    told = [*map(_objection, blocking[:_MOST_TOLD])]
    if len(blocking) > _MOST_TOLD:
        told.append(counted("errors.guardrails.more", len(blocking) - _MOST_TOLD))
    what = reduce(lambda most, last: phrase("errors.guardrails.and", most=most, last=last), told)
    needed = " ".join(f"--ack {each.acknowledgement}" for each in blocking[:_MOST_TOLD])
    raise Blocked(
        phrase("errors.guardrails.message", what=what), phrase("errors.guardrails.hint", needed=needed)
    )


def _objection(verdict: Verdict) -> Phrase:
    rule, found = str(verdict.rule), verdict.found
    if verdict.rule.counts:
        return phrase("errors.guardrails.counted", rule=rule, found=found, limit=verdict.limit)
    if verdict.rule is Guardrail.EMPTY_HOME:
        return phrase("errors.guardrails.empty-home", rule=rule, firm=verdict.subject, found=found)
    firms = ", ".join(verdict.firms[:_MOST_TOLD])
    new_host = phrase("errors.guardrails.new-host", rule=rule, host=verdict.subject, firms=firms)
    rest = len(verdict.firms) - _MOST_TOLD
    return counted("errors.guardrails.and-more", rest, what=new_host) if rest > 0 else new_host
