"""Executes a plan exactly: commits in batches, one request each, and says of each firm what became of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from portalsync.apply.confirm import CommitAnswer, confirm, receipt_of
from portalsync.apply.deadline import USUAL_MINUTES, Deadline
from portalsync.apply.fresh import FreshPlan
from portalsync.backend.protocol import Backend
from portalsync.commits import MOST_IN_BATCH, Commit, Conditional, batch_of
from portalsync.errors import AccessDenied, BackendError, CommitRefused, OutcomeUnknown, PortalBusy
from portalsync.lexicon import Foreign, Text, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.plan_name import Origins
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.model.substance import plan_name
from portalsync.model.watch import Watch, unwatched
from portalsync.wire import LARGEST_BODY, Origin

MOST_AT_ONCE = MOST_IN_BATCH
"""Commits in one request: who interrupts an apply waits for these, who kills it leaves these running."""

Batch = Sequence[tuple[FirmPlan, Conditional]]
Halted = Callable[[], Text]
"""Why no further request is to be sent; empty while there is no reason."""


class BrokenOff(Exception):
    """An apply that an error ended, its cause, after something was sent. The receipt says what holds."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__("an apply was broken off")
        self.receipt = receipt


def apply_plan(  # noqa: PLR0913 - what an apply is made of
    fresh: FreshPlan,
    portal: Backend,
    actor: str,
    deadline: Deadline | None = None,
    *,
    stop_at_first: bool = False,
    watch: Watch = unwatched,
    halted: Halted = lambda: "",
) -> Receipt:
    """Commit every firm and read each back. What one firm is refused for stops no other, unless told to
    stop at the first; a portal that is in trouble and the deadline stop them all. BrokenOff for whatever goes
    wrong once something was sent.
    """
    name = plan_name(fresh.plan, fresh.review)
    deadline = deadline or Deadline(USUAL_MINUTES)
    apply = _Apply(fresh.plan, name, portal, deadline, {**fresh.receipts}, stop_at_first=stop_at_first)
    commits = ((firm, _conditional(fresh.plan, name, firm, actor)) for firm in watch(fresh))
    try:
        for batch in _batches(commits, 1 if stop_at_first else MOST_AT_ONCE):
            apply.stopped = apply.stopped or deadline.passed or halted()
            if apply.stopped:
                break
            apply.send(batch)
    except BaseException as error:
        if not apply.has_news:
            raise
        raise BrokenOff(apply.receipt(phrase("receipt.stopped.broken-off"))) from error
    return apply.receipt(apply.stopped)


def _conditional(plan: Plan, name: str, firm: FirmPlan, actor: str) -> Conditional:
    options = {key: plan.options[key] for key in firm.options}
    accepted = plan.acknowledged.get(firm.id, ())
    called = Origins(plan.commit, firm.back_to, narrowed=firm.narrowed).of(name)
    commit = Commit(Origin.PLAN, actor, called, options, firm.edits, firm.managed, accepted)
    return Conditional(firm.id, firm.generation, plan.digest, commit)


def _batches(commits: Iterator[tuple[FirmPlan, Conditional]], most: int) -> Iterator[Batch]:
    """As few as `most` and the contract's limits allow. A commit too large for any is one of its own."""
    batch: list[tuple[FirmPlan, Conditional]] = []
    room = LARGEST_BODY - len(batch_of(()))
    for firm, commit in commits:
        size = len(commit.body) + len(b",")
        if batch and (size > room or len(batch) == most):
            yield batch
            batch, room = [], LARGEST_BODY - len(batch_of(()))
        batch.append((firm, commit))
        room -= size
    if batch:
        yield batch


@dataclass
class _Apply:
    """One apply, while it goes on. `receipts` hold at every instant, by firm: whatever happens, they can be
    told. `stopped` says why nothing more is sent.
    """

    plan: Plan
    name: str
    portal: Backend
    deadline: Deadline
    receipts: dict[str, FirmReceipt]
    stop_at_first: bool = field(kw_only=True)
    stopped: Text = ""

    @property
    def has_news(self) -> bool:
        """Whether there is anything to say of a firm but that it was not sent."""
        return any(receipt.outcome is not Outcome.NOT_SENT for receipt in self.receipts.values())

    def receipt(self, why: Text) -> Receipt:
        """`why` is for firms that were not sent and have no reason of their own."""
        firms = (
            replace(each, detail=each.detail or why) if each.outcome is Outcome.NOT_SENT else each
            for each in self.receipts.values()
        )
        return Receipt(self.plan.environment, self.plan.digest, tuple(firms))

    def send(self, batch: Batch) -> None:
        firms = [firm for firm, _ in batch]
        try:
            self._settle(batch)
        except CommitRefused as error:
            self._note(firms, Outcome.REFUSED, error.diagnostic.message)
        except BackendError as error:
            self._note(firms, Outcome.NOT_SENT, error.diagnostic.message)
            if not self.has_news:
                raise
            if isinstance(error, AccessDenied):
                self._note(firms, Outcome.REFUSED, error.diagnostic.message)
            self._stop("receipt.stopped.trouble", firms)
        if self.stop_at_first and not self.receipts[firms[-1].id].outcome.is_done:
            self._stop("receipt.stopped.first", firms)

    def _settle(self, batch: Batch) -> None:
        firms = [firm for firm, _ in batch]
        self._note(firms, Outcome.UNKNOWN, phrase("receipt.stopped.unread"))
        answers: Sequence[CommitAnswer]
        try:
            answers = self.portal.commit([commit for _, commit in batch])
        except OutcomeUnknown as error:
            answers = [error.diagnostic.message] * len(batch)
            if isinstance(error, PortalBusy):
                self.stopped = error.diagnostic.message
        for receipt in confirm(self.name, zip(firms, answers, strict=True), self.portal, self.deadline):
            self.receipts[receipt.id] = receipt
        outcomes = {self.receipts[firm.id].outcome for firm in firms}
        if Outcome.UNKNOWN in outcomes or outcomes == {Outcome.NOT_DONE}:
            self._stop("receipt.stopped.trouble", firms)

    def _stop(self, why: str, firms: Sequence[FirmPlan]) -> None:
        """Nothing more is sent, for the sake of the last of these firms that is not as planned."""
        failed = [firm.name for firm in firms if not self.receipts[firm.id].outcome.is_done]
        self.stopped = self.stopped or phrase(why, firm=Foreign(failed[-1]))

    def _note(self, firms: Sequence[FirmPlan], outcome: Outcome, detail: Text) -> None:
        self.receipts.update((firm.id, receipt_of(firm, outcome, detail)) for firm in firms)
