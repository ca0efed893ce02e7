"""Many settings are taken away at once."""

from portalsync.catalog.guardrail import Counting
from portalsync.catalog.limit import Most
from portalsync.model.edit import ABSENT

CLEARED_FIELDS = Most(
    "cleared_fields",
    "So many settings may be taken away in one plan: set before, and not set afterwards.",
    default=20,
)

GUARDRAIL = Counting(
    rule="cleared-fields",
    limits=(CLEARED_FIELDS,),
    number=lambda firm: sum(edit.before is not ABSENT and edit.after is ABSENT for edit in firm.edits),
    most=lambda limits, _considered: CLEARED_FIELDS.of(limits),
)
