"""Many settings are taken away at once."""

from portalsync.catalog.guardrail import Counting
from portalsync.catalog.limit import Most
from portalsync.catalog.renames import net_changes
from portalsync.model.edit import ABSENT
from portalsync.model.firm_plan import FirmPlan

CLEARED_FIELDS = Most(
    "cleared_fields",
    "So many settings may be taken away in one plan: set before, and not set afterwards.",
    default=20,
)


def _cleared(firm: FirmPlan) -> int:
    edits = (change.edit for change in net_changes(firm))
    return sum(edit.before is not ABSENT and edit.after is ABSENT for edit in edits)


GUARDRAIL = Counting(
    rule="cleared-fields",
    limits=(CLEARED_FIELDS,),
    number=_cleared,
    most=lambda limits, _considered: CLEARED_FIELDS.of(limits),
)
