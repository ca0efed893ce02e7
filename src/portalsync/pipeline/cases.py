"""What a preview shows: firms as their files have them, or before and after a plan."""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.catalog.renames import renamed
from portalsync.config.expectations import promises
from portalsync.config.resolve import resolve
from portalsync.model.edit import applied_to
from portalsync.model.json_value import JSON
from portalsync.model.page import situation_of
from portalsync.model.plan import Plan
from portalsync.model.promise import Promise
from portalsync.model.settings import options_of
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.load import check_same_files, config_of, desired_of, facts_missing
from portalsync.pipeline.surveyed import Survey
from portalsync.preview.variants import FirmCase


def cases_as_desired(
    known: Survey,
    portal: Reader | None,
    at: datetime,
    chosen: Container[str],
    watch: Watch = unwatched,
) -> Iterator[FirmCase]:
    """What a preview shows: each firm with its desired settings, over live ones or by themselves."""
    for firm in watch(known.firms):
        if firm not in chosen:
            continue
        config = config_of(known, firm)
        desired, _ = resolve(config, firm)
        if portal is None:
            if firm not in config.facts:
                raise facts_missing(known, firm)
            facts, live = config.facts[firm], dict[str, JSON]()
        else:
            facts, live = portal.facts(firm), dict(portal.state(firm).settings)
        yield FirmCase(situation_of(firm, desired.in_force(live), facts, at), desired=desired)


def cases_of_plan(
    known: Survey, portal: Reader, plan: Plan, chosen: Container[str], watch: Watch = unwatched
) -> Iterator[FirmCase]:
    """What a review of a plan compares: the generation it was made for, and that with its changes."""
    check_same_files(plan, known)
    at = datetime.fromisoformat(plan.at)
    for firm in watch(plan.firms):
        if not firm.changes or firm.id not in chosen:
            continue
        facts = portal.facts(firm.id)
        before = portal.state(firm.id, firm.generation).settings
        yield FirmCase(
            after=situation_of(firm.id, applied_to(before, firm.edits), facts, at),
            before=situation_of(firm.id, renamed(before, firm.renames), facts, at),
            desired=desired_of(known, firm.id) if firm.id in known.firms else None,
            changed=frozenset(options_of(edit.path for edit in firm.edits)),
        )


def promises_of(known: Survey, cases: Sequence[FirmCase]) -> list[Promise]:
    """The personas' promises about these firms, kept or broken."""
    return [promise for case in cases for promise in promises(config_of(known, case.after.firm), case.after)]
