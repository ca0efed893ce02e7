"""Whether what has to be sent for a firm fits into one request."""

from portalsync.commits import Commit, Conditional
from portalsync.model.apart import Apart
from portalsync.model.firm_plan import FirmPlan
from portalsync.wire import LARGEST_BODY, Origin

_ROOM = LARGEST_BODY - 32 * 1024
"""Bytes. What only an apply adds needs some too: who it is, digests of the plan and of options, what was
accepted.
"""


def is_sendable(firm: FirmPlan, apart: Apart) -> bool:
    """Whether a portal would take it: better known now than half-way. All that is sent stands in the part
    that was taken apart, and that is seldom half as large as what may be sent.
    """
    if len(apart.naming) + sum(map(len, apart.bodies.values())) < _ROOM // 2:
        return True
    commit = Commit(Origin.PLAN, "", "", {}, firm.edits, firm.managed)
    return len(Conditional(firm.id, firm.generation, "", commit).body) <= _ROOM
