"""One firm: desired and live -> its part of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portalsync.catalog.profile import TIME_ZONE
from portalsync.catalog.renames import renamed
from portalsync.catalog.stored import can_be_stored
from portalsync.model.claims import Claims
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.firm_plan import FirmPlan, HandEdit
from portalsync.model.ignored import NOTHING_IGNORED, Ignored
from portalsync.model.page import situation_of
from portalsync.model.persona import Persona
from portalsync.model.settings import Settings, options_of, scope
from portalsync.planning.diff import changes
from portalsync.planning.effects import Noticed, noticed
from portalsync.planning.empty_homes import emptied
from portalsync.planning.new_hosts import new_hosts
from portalsync.planning.outlook import outlook
from portalsync.planning.renames import renames
from portalsync.portal.page_promise import page_promise
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
    settings = desired.in_force(live.settings)
    renamings = renames(desired, live.settings)
    before = situation_of(desired.firm, renamed(live.settings, renamings), portal.facts, at)
    after = situation_of(desired.firm, settings, portal.facts, at)
    found = tuple(changes(desired, live.settings, portal.hand_edits))
    sections = options_of(change.edit.path for change in found)
    firm = outlook(before, after, personas)
    told = noticed(firm, sections) if found else Noticed()
    return FirmPlan(
        id=desired.firm,
        name=str(settings.get("profile.name", desired.firm)),
        generation=live.generation,
        audit=live.audit,
        clients=portal.facts.clients(),
        changes=found,
        effects=told.effects,
        managed=tuple(sorted(desired.claims)),
        managed_before=live.managed,
        digest_after=desired.digest,
        pages=page_promise(firm.after, firm.samples, templates) if found else "",
        time_zone=after.settings[TIME_ZONE],
        affected=told.clients,
        new_hosts=new_hosts(live.settings, settings),
        emptied=emptied(firm, told.effects),
        renames=renamings,
        stays=_stays(live, desired.managed, desired.ignored),
        unseen_instants=told.unseen,
    )


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
        stays=_stays(live, Claims.of(())),
    )


def _stays(live: FirmState, managed: Claims, ignored: Ignored = NOTHING_IGNORED) -> Settings:
    """What was managed and is not any more; the portal keeps it. What others own is left to them."""
    held = Claims.of(live.managed).part_of(live.settings).items()
    return {
        path: value
        for path, value in held
        if path not in managed and path not in ignored and can_be_stored(path, value)
    }
