"""What of a saved plan is to be applied."""

from pathlib import Path

from portalsync.cache import Cache
from portalsync.cli.agreement import Proposal
from portalsync.cli.output import tell
from portalsync.cli.workspace import survey_config
from portalsync.config.selection import Selection
from portalsync.lexicon import counted
from portalsync.model.plan import Plan
from portalsync.pipeline.load import check_same_files


def part_of(plan: Plan, selection: Selection, root: Path, cache: Cache) -> Proposal:
    """The plan and its firms that are selected. Every part of it was reviewed, and holds alone: it names its
    firm's generation. PlanRefused if a group is asked for, and the files are no longer those of the plan.
    """
    firms = {each.id for each in plan.firms.digests}
    selected = _selected(plan, {*firms, *plan.stopped_firms, *plan.unchanged}, selection, root, cache)
    chosen = selected & firms
    if len(chosen) < len(firms):
        tell(counted("told.part_of_plan", len(chosen), of=len(firms)))
    stopped = tuple(firm for firm in plan.stopped_firms if firm in selected)
    return Proposal(plan, is_saved=True, chosen=chosen, stopped=stopped)


def _selected(plan: Plan, firms: set[str], selection: Selection, root: Path, cache: Cache) -> frozenset[str]:
    """Only the files know who is in a group, and which other id a firm has there."""
    if not selection.groups and firms.issuperset(selection.firms):
        return selection.among(dict.fromkeys(firms, ()))
    known = survey_config(root, cache)
    if selection.groups:
        check_same_files(plan, known)
    return known.chosen(selection, firms)
