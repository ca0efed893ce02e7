"""From a firm's settings to its next ones: what a plan says of that, wherever these come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portalsync.catalog.profile import TIME_ZONE
from portalsync.catalog.renames import renamed
from portalsync.catalog.stored import can_be_stored
from portalsync.model.claims import Claims
from portalsync.model.facts import Facts
from portalsync.model.firm_plan import Change, FirmPlan, Rename
from portalsync.model.page import situation_of
from portalsync.model.path_patterns import NO_PATHS, PathPatterns
from portalsync.model.persona import Persona
from portalsync.model.settings import Settings, options_of
from portalsync.planning.effects import Noticed, noticed
from portalsync.planning.empty_homes import emptied
from portalsync.planning.new_hosts import new_hosts
from portalsync.planning.outlook import outlook
from portalsync.portal.page_promise import page_promise
from portalsync.wire import FirmState


@dataclass(frozen=True)
class Course:
    """One generation, and the settings and claims that come after it, by these changes."""

    before: FirmState
    after: Settings
    managed: tuple[str, ...]
    changes: tuple[Change, ...]
    renames: tuple[Rename, ...] = ()
    ignored: PathPatterns = NO_PATHS


def part_of(
    course: Course, facts: Facts, personas: Sequence[Persona], at: datetime, templates: str
) -> FirmPlan:
    """What clients notice of it at an instant, and all that guardrails judge by. `templates` is the digest of
    what makes HTML of the firm's pages.
    """
    live, settings, found = course.before, course.after, course.changes
    before = situation_of(live.id, renamed(live.settings, course.renames), facts, at)
    after = situation_of(live.id, settings, facts, at)
    sections = options_of(change.edit.path for change in found)
    firm = outlook(before, after, personas)
    told = noticed(firm, sections) if found else Noticed()
    managed = Claims.of(course.managed)
    return FirmPlan(
        id=live.id,
        name=str(settings.get("profile.name", live.id)),
        generation=live.generation,
        audit=live.audit,
        clients=facts.clients(),
        changes=found,
        effects=told.effects,
        managed=course.managed,
        managed_before=live.managed,
        digest_after=managed.digest(settings),
        pages=page_promise(firm.after, firm.samples, templates) if found else "",
        time_zone=after.settings[TIME_ZONE],
        affected=told.clients,
        new_hosts=new_hosts(live.settings, settings),
        emptied=emptied(firm, told.effects),
        renames=course.renames,
        stays=stays(live, managed, course.ignored),
        unseen_instants=told.unseen,
    )


def stays(live: FirmState, managed: Claims, ignored: PathPatterns = NO_PATHS) -> Settings:
    """What was managed and is not any more; the portal keeps it. What others own is left to them."""
    held = Claims.of(live.managed).part_of(live.settings).items()
    return {
        path: value
        for path, value in held
        if path not in managed and path not in ignored and can_be_stored(path, value)
    }
