"""One firm: desired and live -> its part of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portalsync.catalog.profile import TIME_ZONE
from portalsync.model.claims import Claims
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.firm_plan import FirmPlan, HandEdit
from portalsync.model.persona import Persona
from portalsync.model.settings import scope
from portalsync.planning.course import Course, part_of, stays
from portalsync.planning.diff import changes
from portalsync.planning.renames import renames
from portalsync.wire import FirmState


@dataclass(frozen=True)
class Portal:
    """What was read from the portal about one firm. `hand_edits` are changes by hand since the last apply."""

    live: FirmState
    facts: Facts
    hand_edits: Mapping[str, HandEdit]


def plan_firm(
    desired: Desired, portal: Portal, personas: Sequence[Persona], at: datetime, templates: str
) -> FirmPlan:
    """What has to change so that the firm has what its layers say. `templates` is the digest of what makes
    HTML of its pages.
    """
    live = portal.live
    course = Course(
        live,
        desired.in_force(live.settings),
        tuple(sorted(desired.claims)),
        tuple(changes(desired, live.settings, portal.hand_edits)),
        renames(desired, live.settings),
        desired.ignored,
    )
    return part_of(course, portal.facts, personas, at, templates)


def release_firm(live: FirmState, facts: Facts) -> FirmPlan:
    """A firm whose file is gone: nothing on its portal changes, portalsync lets go of it."""
    return FirmPlan(
        id=live.id,
        name=str(live.settings.get("profile.name", live.id)),
        generation=live.generation,
        audit=live.audit,
        clients=facts.clients(),
        changes=(),
        effects=(),
        managed=(),
        managed_before=live.managed,
        digest_after=Claims.of(()).digest({}),
        time_zone=scope(live.settings)[TIME_ZONE],
        stays=stays(live, Claims.of(())),
    )
