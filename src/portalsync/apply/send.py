"""Executes a plan exactly: commits in batches, one request each, and says of each firm what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.apply.confirm import Answer, confirm, receipt_of
from portalsync.apply.deadline import USUAL_MINUTES, Deadline
from portalsync.apply.fresh import FreshPlan
from portalsync.backend.protocol import Backend
from portalsync.errors import AccessDenied, BackendError, CommitRefused, OutcomeUnknown, PortalBusy
from portalsync.lexicon import Foreign, Text, phrase
from portalsync.model.plan import FirmPlan, Plan
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.model.watch import Watch, unwatched
from portalsync.moments import moment
from portalsync.wire import LARGEST_BODY, MOST_IN_BATCH, Commit, Conditional, Origin, batch_of, encoded

Batch = Sequence[tuple[FirmPlan, Conditional]]


def apply_plan(  # noqa: PLR0913 - what an apply is made of
    fresh: FreshPlan,
    portal: Backend,
    actor: str,
    deadline: Deadline | None = None,
    *,
    stop_at_first: bool = False,
    watch: Watch = unwatched,
) -> Receipt:
    """Commit every firm and read each back. What one firm is refused for stops no other, unless told to
    stop at the first; a portal that is in trouble and the deadline stop them all.
    """
    deadline = deadline or Deadline(USUAL_MINUTES)
    apply = _Apply(fresh.plan, portal, deadline, [*_done_before(fresh)], stop_at_first=stop_at_first)
    commits = ((firm, _conditional(fresh.plan, firm, actor)) for firm in watch(fresh))
    for batch in _batches(commits, 1 if stop_at_first else MOST_IN_BATCH):
        apply.send(batch)
    receipts = sorted(apply.receipts, key=lambda receipt: receipt.id)
    return Receipt(fresh.plan.environment, fresh.plan.digest, tuple(receipts))


def _done_before(fresh: FreshPlan) -> Iterator[FirmReceipt]:
    for firm in fresh.plan.firms if fresh.done else ():
        if firm.id in fresh.done:
            entry = fresh.done[firm.id]
            by = phrase("receipt.by", at=moment(entry.at, firm.time_zone), actor=Foreign(entry.actor))
            yield receipt_of(firm, Outcome.ALREADY_APPLIED, by)


def _conditional(plan: Plan, firm: FirmPlan, actor: str) -> Conditional:
    options = {key: plan.options[key] for key in firm.options}
    accepted = plan.acknowledged.get(firm.id, ())
    commit = Commit(Origin.PLAN, actor, plan.digest, options, firm.edits, firm.managed, accepted)
    return Conditional(firm.id, firm.generation, plan.digest, commit)


def _batches(commits: Iterator[tuple[FirmPlan, Conditional]], most: int) -> Iterator[Batch]:
    """As few as the contract's limits allow. A commit that is too large for any is one of its own."""
    batch: list[tuple[FirmPlan, Conditional]] = []
    room = LARGEST_BODY - len(batch_of(()))
    for firm, commit in commits:
        size = len(encoded(commit)) + len(b",")
        if batch and (size > room or len(batch) == most):
            yield batch
            batch, room = [], LARGEST_BODY - len(batch_of(()))
        batch.append((firm, commit))
        room -= size
    if batch:
        yield batch


@dataclass
class _Apply:
    """One apply, while it goes on. `stopped` says why nothing more is sent."""

    plan: Plan
    portal: Backend
    deadline: Deadline
    receipts: list[FirmReceipt]
    stop_at_first: bool = field(kw_only=True)
    stopped: Text = ""

    def send(self, batch: Batch) -> None:
        self.stopped = self.stopped or self.deadline.passed
        if self.stopped:
            self._all(batch, Outcome.NOT_SENT, self.stopped)
            return
        try:
            self._settle(batch)
        except CommitRefused as error:
            self._all(batch, Outcome.REFUSED, error.diagnostic.message)
        except BackendError as error:
            if not self.receipts:
                raise
            refused = isinstance(error, AccessDenied)
            self._all(batch, Outcome.REFUSED if refused else Outcome.NOT_SENT, error.diagnostic.message)
            self._stop("receipt.stopped.trouble")
        failed = [receipt for receipt in self.receipts[-len(batch) :] if not receipt.outcome.is_done]
        if self.stop_at_first and failed:
            self._stop("receipt.stopped.first")

    def _settle(self, batch: Batch) -> None:
        answers: Sequence[Answer]
        try:
            answers = self.portal.commit([commit for _, commit in batch])
        except OutcomeUnknown as error:
            answers = [error.diagnostic.message] * len(batch)
            if isinstance(error, PortalBusy):
                self.stopped = error.diagnostic.message
        firms = [firm for firm, _ in batch]
        receipts = [*confirm(self.plan.digest, zip(firms, answers, strict=True), self.portal, self.deadline)]
        self.receipts += receipts
        outcomes = {receipt.outcome for receipt in receipts}
        if Outcome.UNKNOWN in outcomes or outcomes == {Outcome.NOT_DONE}:
            self._stop("receipt.stopped.trouble")

    def _stop(self, why: str) -> None:
        self.stopped = self.stopped or phrase(why, firm=self._last_failed)

    @property
    def _last_failed(self) -> str:
        return next(receipt.id for receipt in reversed(self.receipts) if not receipt.outcome.is_done)

    def _all(self, batch: Batch, outcome: Outcome, detail: Text) -> None:
        self.receipts += [receipt_of(firm, outcome, detail) for firm, _ in batch]
