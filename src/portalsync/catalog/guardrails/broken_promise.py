"""What a persona was promised is broken by the change."""

from collections import Counter

from portalsync.catalog.guardrail import Naming
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN

GUARDRAIL = Naming(
    rule="broken-promise",
    subject=IDENTIFIER_PATTERN,
    names=lambda firm: Counter(each.persona for each in firm.broken),
)
