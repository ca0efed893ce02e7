"""Many clients notice something at once."""

from portalsync.catalog.guardrail import Counting
from portalsync.catalog.limit import Most

AFFECTED_CLIENTS = Most(
    "affected_clients",
    "So many clients may notice something of one plan, over all firms, each client once.",
    default=5000,
)

GUARDRAIL = Counting(
    rule="affected-clients",
    limits=(AFFECTED_CLIENTS,),
    number=lambda firm: firm.affected,
    most=lambda limits, _considered: AFFECTED_CLIENTS.of(limits),
)
