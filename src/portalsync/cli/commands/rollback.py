"""`portalsync rollback`: back to an earlier generation, by a plan that is shown, guarded and applied like any
other.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from portalsync.apply.deadline import USUAL_MINUTES
from portalsync.backend.protocol import Reader
from portalsync.catalog.files.network import MANUAL
from portalsync.cli.acknowledged import acknowledgement_option
from portalsync.cli.actor import actor_option
from portalsync.cli.agreement import Proposal, Terms, agree
from portalsync.cli.backwards import Goal, goal_options
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import load_config
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    summary_option,
    yes_option,
)
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE, output_file_option
from portalsync.cli.plans import plan_result
from portalsync.cli.portal import commit_of, portal_of, reader_of, tell_unused
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.receipts import Receipts
from portalsync.cli.results import print_result
from portalsync.cli.sending import Manner, sent, ticked
from portalsync.cli.values import Target
from portalsync.cli.workspace import environment_of, survey_config
from portalsync.errors import ExitCode, InvalidConfig, NothingSelected
from portalsync.files import write_file
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.model.receipt import Receipt
from portalsync.pipeline.load import seed_in
from portalsync.pipeline.rollback import FILES_UNDO, Backwards, plan_rollback
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.guardrails import check_guardrails
from portalsync.planning.planfile import write_plan
from portalsync.planning.stopped import check_stopped
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@goal_options
@config_option
@environment_option
@at_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@click.option(
    "--out",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_ROLLBACK_OUT",
)
@acknowledgement_option
@yes_option
@actor_option
def rollback(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    goal: Goal,
    root: Path,
    environment: str | None,
    at: datetime,
    form: str,
    targets: tuple[Target, ...],
    summary: bool,
    out: Path | None,
    acknowledged: tuple[Acknowledgement, ...],
    yes: bool,
    actor: str,
) -> int:
    wish = _Wish(goal, root, environment, at, acknowledged, actor)
    terms = Terms(None, yes, form, summary)
    if out is not None:
        return _saved(wish, terms, out)
    known = Receipt(environment or "")
    receipts = Receipts(spoken_lexicon(), RESULTS[form], targets, summary, known, wish.typed)
    with receipts.whatever_happens():
        return _done(wish, terms, receipts)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to go back, where, and who asks for it."""

    goal: Goal
    root: Path
    environment: str | None
    at: datetime
    acknowledged: tuple[Acknowledgement, ...]
    actor: str

    @property
    def typed(self) -> str:
        """The same once more: it shows what is left to do, and asks."""
        named = ["--env", self.environment] if self.environment else []
        return shlex.join(["portalsync", "rollback", *self.goal.typed, "--config", str(self.root), *named])


def _saved(wish: _Wish, terms: Terms, out: Path) -> int:
    plan, *_ = _planned(wish)
    write_file(out, write_plan(plan))
    print_result(plan_result(plan, spoken_lexicon(), summary=terms.summary), RESULTS[terms.form])
    tell(phrase("told.saved", file=str(out)))
    check_stopped(plan.stopped_firms)
    check_guardrails(plan)
    return ExitCode.DONE


def _done(wish: _Wish, terms: Terms, receipts: Receipts) -> int:
    plan, name, settings = _planned(wish)
    receipts.about(name, plan.digest)
    chosen = frozenset(each.id for each in plan.firms.digests)
    agreed = agree(Proposal(plan, is_saved=False, chosen=chosen, stopped=plan.stopped_firms), terms)
    if agreed is None:
        return receipts.declined()
    with portal_of(seed_in(wish.root), wish.root, settings) as portal:
        if settings["backend"] == MANUAL:
            code = ticked(agreed, portal, wish.root, wish.actor, receipts)
        else:
            code = sent(agreed, portal, Manner(wish.actor, USUAL_MINUTES), receipts)
    if _files_undo(plan):
        tell(phrase("told.files-undo"))
    return code


def _files_undo(plan: Plan) -> bool:
    """Whether the next plan of the files would take it back."""
    return any(each.code == FILES_UNDO for part in plan.firms.without_effects() for each in part.warnings)


def _planned(wish: _Wish) -> tuple[Plan, str, Mapping[str, str]]:
    """The plan, and the environment that it is for."""
    known = _known(wish.goal, wish.root)
    name, settings = environment_of(known.network, wish.environment)
    with (
        reader_of(known, wish.root, settings) as portal,
        findings_in(wish.root),
        progress("told.looking-back") as watch,
    ):
        firms, of = _firms(wish.goal, known, portal)
        backwards = Backwards(firms, of, wish.goal.aim)
        plan = plan_rollback(
            known,
            portal,
            name,
            wish.at,
            backwards,
            commit_of(wish.root),
            acknowledged=wish.acknowledged,
            watch=watch,
        )
    if not plan.considered:
        raise NothingSelected(phrase("errors.no-such-plan.message"), phrase("errors.no-such-plan.hint"))
    tell_unused(plan, wish.acknowledged)
    return plan, name, settings


def _known(goal: Goal, root: Path) -> Survey:
    """What the files say; where only those of firms that go back have errors, what they share."""
    if goal.groups:
        return survey_config(root)
    if not goal.firms:
        return load_config(root)
    try:
        return load_config(root, {*goal.firms})
    except InvalidConfig:
        tell(phrase("told.back-without-files"))
        return load_config(root, frozenset())


def _firms(goal: Goal, known: Survey, portal: Reader) -> tuple[Sequence[str], int]:
    """Those that are asked for; and how many there are, of those that files name or portalsync manages."""
    live = [*portal.firms()]
    named = {*(each.id for each in live if each.managed), *known.firms}
    there = {each.id: known.memberships.get(each.id, ()) for each in live}
    asked = goal.selection.under(known.known_as).among(there)
    return sorted(asked & goal.among if goal.among else asked), len(named)
