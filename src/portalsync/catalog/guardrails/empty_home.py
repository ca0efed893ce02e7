"""Of the firm's own, nothing is left on a home page."""

from portalsync.catalog.guardrail import Naming
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN

GUARDRAIL = Naming(
    rule="empty-home",
    subject=IDENTIFIER_PATTERN,
    names=lambda firm: {firm.id: firm.emptied} if firm.emptied else {},
)
