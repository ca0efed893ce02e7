"""What was agreed to goes to the portal, and what became of it is told."""

from dataclasses import dataclass
from pathlib import Path

from portalsync.apply.deadline import Deadline
from portalsync.apply.fresh import FreshPlan, check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend, Reader
from portalsync.cli.agreement import Agreed
from portalsync.cli.progress import progress
from portalsync.cli.receipts import Receipts
from portalsync.cli.signals import interruption
from portalsync.cli.vendor import vendor_of
from portalsync.model.watch import Watch
from portalsync.planning.guardrails import check_guardrails
from portalsync.planning.stopped import stopping


@dataclass(frozen=True, slots=True)
class Manner:
    """Who sends, for how many minutes at most, and whether the first firm that is refused ends it."""

    actor: str
    minutes: int
    stop_at_first: bool = False


def sent(agreed: Agreed, portal: Backend, manner: Manner, receipts: Receipts) -> int:
    """The exit code."""
    deadline = Deadline(manner.minutes)
    with progress("told.asking") as watch:
        fresh = _check(agreed, portal, watch)
    with interruption() as interrupted:
        with progress("told.sending") as watch:
            receipt = apply_plan(
                fresh,
                portal,
                manner.actor,
                deadline,
                stop_at_first=manner.stop_at_first,
                watch=watch,
                halted=interrupted.halted,
            )
        return receipts.tell(receipt, interrupted.error or stopping(agreed.stopped))


def ticked(  # noqa: PLR0913, PLR0917 - what was agreed to, where, by whom, and how
    agreed: Agreed, portal: Backend, root: Path, actor: str, receipts: Receipts, runbook: Path | None = None
) -> int:
    """The same where people do it by hand: step by step, or as a runbook was ticked."""
    from portalsync.cli.by_hand import apply_by_hand  # noqa: PLC0415 - most portals have an API

    vendor = vendor_of(root, agreed.plan.environment)
    receipt = apply_by_hand(agreed, vendor, portal, actor, runbook)
    return receipts.tell(receipt, stopping(agreed.stopped))


def _check(agreed: Agreed, portal: Reader, watch: Watch) -> FreshPlan:
    """Blocked if a guardrail holds the plan back, PlanRefused if the portal is not as it was planned for."""
    check_guardrails(agreed.plan)
    return check_fresh(agreed.plan, portal, agreed.chosen, agreed.review, watch)
