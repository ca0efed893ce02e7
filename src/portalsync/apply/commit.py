"""Executes a fresh plan exactly: commits it firm by firm, and reads each firm back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from portalsync.apply.fresh import FreshPlan
from portalsync.backend.protocol import Backend, Reader
from portalsync.errors import AccessDenied, BackendError, OutcomeUnknown
from portalsync.lexicon import Text
from portalsync.model.plan import FirmPlan, Plan
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.wire import MOST_IN_BATCH, Commit, Committed, Conditional, Origin, Problem


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
