"""Reading one firm from the portal."""

from portalsync.backend.protocol import Reader
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.planning.plan_firm import Portal


def read_firm(portal: Reader, firm: str) -> Portal:
    """Live, and what somebody changed by hand since a plan was applied."""
    live = portal.state(firm)
    return Portal(live, portal.facts(firm), hand_edits(live, past_of(portal, live)))
