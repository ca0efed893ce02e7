"""Whether what has to be sent for a firm fits into one request."""

from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.plan import FirmPlan
from portalsync.wire import LARGEST_BODY, Commit, Conditional, Origin, encoded

_BESIDE = 32 * 1024
"""Bytes for what only an apply adds: who it is, the plan's digest and those of options, what was accepted."""


def check_sendable(firm: FirmPlan) -> FirmPlan:
    """The same part of a plan. PortalsyncError if no portal would take it: better now than half-way."""
    commit = Commit(Origin.PLAN, "", "", {}, firm.edits, firm.managed)
    if len(encoded(Conditional(firm.id, firm.generation, "", commit))) > LARGEST_BODY - _BESIDE:
        raise PortalsyncError(
            phrase("errors.portal.commit-too-large.message", firm=firm.id),
            phrase("errors.portal.commit-too-large.hint"),
        )
    return firm
