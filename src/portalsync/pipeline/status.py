"""A network at a glance: what a plan would do, what drifted, when something was last applied."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from portalsync.backend.protocol import Reader
from portalsync.config.selection import Selection
from portalsync.living.drift import Drift, find_drift, not_in_files
from portalsync.living.generations import entries_of
from portalsync.living.status import last_apply, status_of
from portalsync.model.plan import Plan
from portalsync.model.status import Status
from portalsync.model.watch import Watch
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey


@dataclass(frozen=True)
class Overview:
    """`status` is the whole in numbers; the others say what is behind them."""

    status: Status
    plan: Plan
    drift: Drift


def overview(  # noqa: PLR0913, PLR0917 - what is looked at, and when
    known: Survey, portal: Reader, environment: str, at: datetime, selection: Selection, watch: Watch
) -> Overview:
    """It only reads: of each firm that portalsync manages its state and history. Errors as `make_plan` has
    them.
    """
    plan = make_plan(known, portal, environment, at, selection=selection)
    managed = [firm.id for firm in portal.firms() if firm.managed and firm.id in _concerned(plan)]
    found = find_drift(
        portal, environment, selection.under(known.known_as), known.memberships, wanted=known.wanted
    )
    ours = {firm.id: desired_of(known, firm.id) for firm in found.firms if firm.id in known.firms}
    drift = not_in_files(found, ours)
    applied = {firm: last_apply(entries_of(portal, firm)) for firm in watch(managed)}
    return Overview(status_of(plan, drift, known.memberships, managed, applied), plan, drift)


def _concerned(plan: Plan) -> Collection[str]:
    parts = (each.id for each in plan.firms.digests)
    return {*parts, *plan.unchanged, *plan.stopped_firms}
