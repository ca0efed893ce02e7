"""What stands on a portal goes, or is replaced, where portalsync takes it over."""

from collections.abc import Sequence

from portalsync.catalog.guardrail import Naming
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.renames import net_changes
from portalsync.model.claims import Claims
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import FirmPlan


def _lost(firm: FirmPlan) -> Sequence[Edit]:
    """Of a first plan, whatever it changes that stands there. Of a later one, what goes with a list that it
    takes over: another value for a field is written by whoever takes over that field.
    """
    managed = Claims.of(firm.managed_before)
    return [
        edit
        for edit in (change.edit for change in net_changes(firm))
        if edit.before is not ABSENT
        and edit.path not in managed
        and (edit.after is ABSENT or not firm.managed_before)
    ]


def _names(firm: FirmPlan) -> dict[str, int]:
    lost = _lost(firm)
    return {firm.id: len(lost)} if lost else {}


GUARDRAIL = Naming(rule="takeover-removes", subject=IDENTIFIER_PATTERN, names=_names, edits=_lost)
