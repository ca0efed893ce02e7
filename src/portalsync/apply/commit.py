"""Executes a plan exactly: refuses before sending what cannot be right, then commits firm by firm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice

from portalsync.backend.protocol import Backend, Reader
from portalsync.catalog.vocabulary import version, vocabulary
from portalsync.errors import AccessDenied, BackendError, OutcomeUnknown, PlanRefused
from portalsync.lexicon import Phrase, Text, joined, phrase
from portalsync.model.plan import FirmPlan, Plan
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.wire import MOST_IN_BATCH, Commit, Committed, Conditional, FirmSummary, Origin, Problem


@dataclass(frozen=True, slots=True)
class FreshPlan:
    """A plan, and those of its firms that are on the portal what they were when it was made; `check_fresh`
    makes it.
    """

    plan: Plan
    chosen: frozenset[str]

    @property
    def firms(self) -> Iterator[FirmPlan]:
        return (firm for firm in self.plan.firms if firm.id in self.chosen)


def check_fresh(plan: Plan, portal: Reader, chosen: frozenset[str] | None = None) -> FreshPlan:
    """Its firms, all or only the chosen ones. PlanRefused if the plan is for another portal, another
    portalsync, or an older state of one of them.
    """
    info = portal.portal()
    if info.portal != plan.portal:
        raise PlanRefused(
            phrase("errors.plan.other-portal.message"),
            phrase("errors.plan.other-portal.hint", environment=plan.environment),
        )
    ids = frozenset(each.id for each in plan.firms.digests)
    fresh = FreshPlan(plan, ids if chosen is None else ids & chosen)
    current = {summary.id: summary for summary in portal.firms()}
    touched, stale = set[str](), list[Phrase]()
    for firm in fresh.firms:
        touched |= firm.options
        stale.extend(_stale(firm, current.get(firm.id)))
    _check_options({key: plan.options[key] for key in sorted(touched)}, info.options)
    if stale:
        told = reduce(_and, stale[:5])
        raise PlanRefused(phrase("errors.plan.stale.message", firms=told), phrase("errors.plan.stale.hint"))
    return fresh


def _check_options(touched: Mapping[str, str], portal: Mapping[str, str]) -> None:
    """The options that are touched must be what the plan was made with, here and on the portal."""
    other = [
        phrase(
            "errors.plan.other-options.option",
            option=key,
            planned=version(known),
            here=version(vocabulary().get(key)),
            portal=version(portal.get(key)),
        )
        for key, known in touched.items()
        if not known == vocabulary().get(key) == portal.get(key)
    ]
    if other:
        raise PlanRefused(
            phrase("errors.plan.other-options.message", options=joined(other, "; ")),
            phrase("errors.plan.other-options.hint"),
        )


def _stale(firm: FirmPlan, now: FirmSummary | None) -> Iterator[Phrase]:
    """Why the portal is not what the firm was planned for."""
    planned = str(firm.generation)
    if now is None:
        yield phrase("errors.plan.stale.gone", firm=firm.id, planned=planned)
    elif now.generation != firm.generation:
        yield phrase("errors.plan.stale.firm", firm=firm.id, planned=planned, now=str(now.generation))
    elif now.audit != firm.audit:
        yield phrase("errors.plan.stale.audit", firm=firm.id, planned=planned)


def _and(firms: Phrase, following: Phrase) -> Phrase:
    return phrase("errors.plan.stale.and", firms=firms, next=following)


def apply_plan(fresh: FreshPlan, portal: Backend, actor: str) -> Receipt:
    """Commit every firm and read each back. A failure stops the batches after its own."""
    plan = fresh.plan
    receipts: list[FirmReceipt] = []
    for batch in _batches(fresh.firms):
        if receipts and _has_failed(receipts[-MOST_IN_BATCH:]):
            receipts.extend(_all(batch, Outcome.NOT_SENT))
            continue
        try:
            receipts.extend(_batch(plan, batch, portal, actor))
        except BackendError as error:
            if not receipts:
                raise
            outcome = Outcome.REFUSED if isinstance(error, AccessDenied) else Outcome.NOT_SENT
            receipts.extend(_all(batch, outcome, error.diagnostic.message))
    return Receipt(plan.environment, plan.digest, tuple(receipts))


def _has_failed(receipts: Iterable[FirmReceipt]) -> bool:
    return any(receipt.outcome is not Outcome.COMMITTED for receipt in receipts)


def _batches(firms: Iterable[FirmPlan]) -> Iterator[Sequence[FirmPlan]]:
    rest = iter(firms)
    while batch := [*islice(rest, MOST_IN_BATCH)]:
        yield batch


def _batch(plan: Plan, firms: Sequence[FirmPlan], portal: Backend, actor: str) -> list[FirmReceipt]:
    commits = [_conditional(plan, firm, actor) for firm in firms]
    try:
        answers = portal.commit(commits)
    except OutcomeUnknown as error:
        return _all(firms, Outcome.UNKNOWN, error.diagnostic.message)
    return [_receipt(firm, answer, portal) for firm, answer in zip(firms, answers, strict=True)]


def _all(firms: Sequence[FirmPlan], outcome: Outcome, detail: Text = "") -> list[FirmReceipt]:
    return [FirmReceipt(firm.id, firm.name, outcome, firm.generation, detail=detail) for firm in firms]


def _conditional(plan: Plan, firm: FirmPlan, actor: str) -> Conditional:
    options = {key: plan.options[key] for key in firm.options}
    accepted = plan.acknowledged.get(firm.id, ())
    commit = Commit(Origin.PLAN, actor, plan.digest, options, firm.edits, firm.managed, accepted)
    return Conditional(firm.id, firm.generation, plan.digest, commit)


def _receipt(firm: FirmPlan, answer: Committed | Problem, portal: Reader) -> FirmReceipt:
    if isinstance(answer, Problem):
        detail = answer.detail or answer.title
        return FirmReceipt(firm.id, firm.name, Outcome.REFUSED, firm.generation, detail=detail)
    try:
        state = portal.state(firm.id)
    except BackendError as error:
        return FirmReceipt(
            firm.id,
            firm.name,
            Outcome.UNKNOWN,
            firm.generation,
            answer.generation,
            detail=error.diagnostic.message,
        )
    equal = state.digest == firm.digest_after == answer.digest and state.generation == answer.generation
    outcome = Outcome.COMMITTED if equal else Outcome.DIFFERS
    return FirmReceipt(firm.id, firm.name, outcome, firm.generation, answer.generation)
