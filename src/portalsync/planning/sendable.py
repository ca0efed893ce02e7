"""Whether what has to be sent for a firm fits into one request."""

from portalsync.model.firm_plan import FirmPlan
from portalsync.wire import LARGEST_BODY, Commit, Conditional, Origin

_BESIDE = 32 * 1024
"""Bytes for what only an apply adds: who it is, the plan's digest and those of options, what was accepted."""


def is_sendable(firm: FirmPlan) -> bool:
    """Whether a portal would take it: better known now than half-way."""
    commit = Commit(Origin.PLAN, "", "", {}, firm.edits, firm.managed)
    return len(Conditional(firm.id, firm.generation, "", commit).body) <= LARGEST_BODY - _BESIDE
