"""A token that runs out during an apply."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portalsync.apply.fresh import FreshPlan, not_yet
from portalsync.apply.send import MOST_AT_ONCE, apply_plan
from portalsync.backend.connect import connected
from portalsync.commits import Committed, Conditional
from portalsync.errors import AccessDenied, ExitCode
from portalsync.lexicon import phrase
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.receipt import Outcome
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.views.wording.receipt import exit_code
from portalsync.wire import FirmState, FirmSummary

BASE = Path(__file__).parents[2] / "cases" / "validate" / "base"
DENIED = AccessDenied(
    phrase("errors.access.not-accepted", portal="https://portal.example", variable="PORTALSYNC_TOKEN")
)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """One firm's plan, for as many firms as three requests hold."""
    loaded = load(BASE)
    with connected("embedded", {"database": "portal.db"}, tmp_path, seed_of(loaded)) as portal:
        made = make_plan(loaded, portal, "production", datetime(2026, 12, 1, tzinfo=UTC))
    (firm,) = made.firms
    firm = replace(firm, effects=())  # nobody reads them here
    many = (replace(firm, id=f"firm-{number:03}") for number in range(3 * MOST_AT_ONCE))
    return replace(made, firms=HeldParts(many))


class Portal:
    """Takes some requests; then it lets nobody in."""

    def __init__(self, plan: Plan, requests: int) -> None:
        (self.digest,) = {firm.digest_after for firm in plan.firms}
        self.left = requests

    def commit(self, commits: Sequence[Conditional]) -> list[Committed]:
        if not self.left:
            raise DENIED
        self.left -= 1
        return [Committed(each.firm, each.generation, each.generation + 1, self.digest) for each in commits]

    def summaries(self, firms: Sequence[str]) -> list[FirmSummary]:
        return [FirmSummary(firm, 2, self.digest, managed=True) for firm in firms]

    def state(self, firm: str) -> FirmState:
        return FirmState(firm, 2, self.digest, {}, (), 2, "")


def test_the_rest_is_refused_and_what_was_done_is_told(plan: Plan) -> None:
    """Seen to fail: the request that was turned away was told as not sent."""
    portal: Any = Portal(plan, 1)
    receipt = apply_plan(FreshPlan(plan, {firm.id: not_yet(firm) for firm in plan.firms}), portal, "tester")
    outcomes = [firm.outcome for firm in receipt.firms]
    expected = [Outcome.COMMITTED, Outcome.REFUSED, Outcome.NOT_SENT]
    assert outcomes == [each for each in expected for _ in range(MOST_AT_ONCE)]
    assert receipt.firms[MOST_AT_ONCE].detail == DENIED.diagnostic.message
    assert exit_code(receipt) is ExitCode.PARTIAL


def test_turned_away_at_once_is_an_error(plan: Plan) -> None:
    portal: Any = Portal(plan, 0)
    with pytest.raises(AccessDenied):
        apply_plan(FreshPlan(plan, {firm.id: not_yet(firm) for firm in plan.firms}), portal, "tester")
