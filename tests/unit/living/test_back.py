"""Where a rollback of a plan leads, by what a firm's history tells."""

from collections.abc import Sequence
from typing import Any

import pytest

from portalsync.diagnostics import Diagnostic
from portalsync.living.back import before_plan
from portalsync.wire import HistoryEntry, Origin

SEED, BY_HAND, P, Q, BACK_TO_1 = "", "-", "sha256:p1 review:r", "sha256:q1 review:r", "sha256:b1 back-to:1"
MOVED_ON = "back-moved-on"


class Portal:
    def __init__(self, plans: Sequence[str]) -> None:
        self.plans = plans

    def history(self, _firm: str) -> list[HistoryEntry]:
        at = "2026-11-12T09:00:00+00:00"
        made = enumerate(self.plans, 1)
        entries = [HistoryEntry(number, at, Origin.PLAN, "ci", plan, ()) for number, plan in made]
        return entries[::-1]


@pytest.mark.parametrize(
    ("plans", "name", "leads"),
    [
        ([SEED, P], "sha256:p", 1),
        ([SEED, P], "review:r", 1),
        ([SEED, P], "sha256:x", None),
        ([SEED, P, P, P], "sha256:p1", 1),
        ([SEED, P, BY_HAND, P], "sha256:p1", MOVED_ON),
        ([SEED, P, BY_HAND], "sha256:p1", MOVED_ON),
        ([SEED, P, BACK_TO_1], "sha256:p1", 3),
        ([SEED, P, BACK_TO_1, BY_HAND], "sha256:p1", MOVED_ON),
        ([SEED, P, BACK_TO_1, Q], "review:r", 3),
    ],
)
def test_before_a_plan(plans: list[str], name: str, leads: int | str | None) -> None:
    """Done by hand, one plan makes several generations: all of them go. What came between or after is not
    lost with it. Seen to lead into the middle of a plan.
    """
    portal: Any = Portal(plans)
    found = before_plan((name,))(portal, "oak")
    assert (found.code if isinstance(found, Diagnostic) else found) == leads
