"""Many firms change at once."""

from portalsync.catalog.guardrail import Counting
from portalsync.catalog.limit import Most
from portalsync.model.guardrails import Limits

CHANGED_FIRMS = Most(
    "changed_firms", "So many firms may change in one plan, however few there are.", default=20
)
CHANGED_PERCENT = Most(
    "changed_percent", "Of many firms, so many in a hundred may change in one plan.", default=30, highest=100
)


def _most(limits: Limits, considered: int) -> int:
    return max(CHANGED_FIRMS.of(limits), considered * CHANGED_PERCENT.of(limits) // 100)


GUARDRAIL = Counting(
    rule="changed-firms",
    limits=(CHANGED_FIRMS, CHANGED_PERCENT),
    number=lambda firm: int(bool(firm.changes)),
    most=_most,
)
