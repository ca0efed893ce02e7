"""Reading firms from the portal."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from portalsync.backend.protocol import Reader
from portalsync.errors import AccessDenied, BackendError, BackendUnreachable
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.facts import Facts
from portalsync.planning.plan_firm import Portal
from portalsync.wire import FirmState

Now: TypeAlias = tuple[FirmState, Facts]
"""What a firm has, and its facts."""


def read_together(portal: Reader, firms: Sequence[str]) -> Mapping[str, Now]:
    """Firms, by id, read in few questions. Of those that are missing nothing is known, nor of any where the
    portal does not answer to that: they are read one by one.
    """
    if len(firms) <= 1:
        return {}
    try:
        return {state.id: (state, facts) for state, facts in portal.states(firms)}
    except (BackendUnreachable, AccessDenied):
        raise
    except BackendError:  # whose fault it is, is found out one by one
        return {}


def read_now(portal: Reader, firm: str) -> Now:
    return portal.state(firm), portal.facts(firm)


def with_hand_edits(portal: Reader, now: Now) -> Portal:
    """The same, and what somebody changed by hand since a plan was applied."""
    live, facts = now
    return Portal(live, facts, hand_edits(live, past_of(portal, live)))
