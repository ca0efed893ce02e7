"""`portalsync apply`: exactly the reviewed plan, or nothing."""

import getpass
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from portalsync.apply.deadline import USUAL_MINUTES, Deadline
from portalsync.apply.fresh import FreshPlan, check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Reader
from portalsync.cli.acknowledged import acknowledgement_option
from portalsync.cli.agreement import Agreed, Proposal, Terms, agree
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    language_option,
    summary_option,
    yes_option,
)
from portalsync.cli.output import tell
from portalsync.cli.outputs import output_file_option
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.portal import plan_of, portal_of, reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import selection_options
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import PATH, AtLeast, Target
from portalsync.cli.workspace import environment_of, load_config
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode, OutputFailed
from portalsync.lexicon import Lexicon, counted, lexicon_of, phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.model.receipt import Receipt
from portalsync.pipeline.load import Loaded, check_same_files
from portalsync.planning.guardrails import check_guardrails
from portalsync.planning.stopped import check_stopped
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.receipt import exit_code, word_receipt
from portalsync.wire import LONGEST_LINE


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _one_line(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    if not name.isprintable() or not 0 < len(name.strip()) <= LONGEST_LINE:
        raise BadValue(phrase("help.value.actor", most=LONGEST_LINE))
    return name


def _review_digest(_context: click.Context, _parameter: click.Parameter, digest: str | None) -> str | None:
    if digest is not None and not re.fullmatch(r"review:[0-9a-f]{64}|none", digest):
        raise BadValue(phrase("help.value.digest"))
    return digest


@click.command(cls=Command)
@click.argument("file", required=False, type=PATH, metavar="plan")
@config_option
@environment_option
@selection_options
@at_option
@language_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@acknowledgement_option
@yes_option
@click.option(
    "--actor",
    default=_user,
    callback=_one_line,
    envvar="PORTALSYNC_ACTOR",
)
@click.option(
    "--stop-at-first",
    is_flag=True,
    envvar="PORTALSYNC_STOP_AT_FIRST",
)
@click.option(
    "--deadline",
    "minutes",
    type=AtLeast(1),
    default=USUAL_MINUTES,
    show_default=True,
    envvar="PORTALSYNC_DEADLINE",
)
@click.option(
    "--expect",
    callback=_review_digest,
    envvar="PORTALSYNC_EXPECT",
)
@click.option(
    "--reviewed",
    "reviewed_file",
    type=PATH,
    envvar="PORTALSYNC_REVIEWED",
)
def apply(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    file: Path | None,
    root: Path,
    environment: str | None,
    selection: Selection,
    at: datetime,
    lang: str,
    form: str,
    targets: tuple[Target, ...],
    summary: bool,
    acknowledged: tuple[Acknowledgement, ...],
    yes: bool,
    actor: str,
    stop_at_first: bool,
    minutes: int,
    expect: str | None,
    reviewed_file: Path | None,
) -> int:
    _check_use(file, acknowledged, expect, reviewed_file)
    terms = Terms(expect, reviewed_file, yes, lang, form, summary)
    saved = read_saved_plan(file, environment) if file else None
    loaded = load_config(root)
    name, settings = environment_of(loaded, saved.environment if saved else environment)
    if saved is None:
        with reader_of(loaded, root, settings) as reader:
            proposal = _planned(plan_of(loaded, root, reader, name, at, acknowledged, selection))
    else:
        proposal = _part_of(saved, loaded, selection)
    agreed = agree(proposal, terms)
    if agreed is None:
        tell(phrase("told.nothing_applied"))
        return ExitCode.DONE
    with portal_of(loaded, root, settings) as portal:
        deadline = Deadline(minutes)
        with progress("told.sending") as watch:
            fresh = _check(agreed, portal)
            receipt = apply_plan(fresh, portal, actor, deadline, stop_at_first=stop_at_first, watch=watch)
    ended = _report(receipt, lexicon_of(lang), form, targets, summary=summary)
    if ended is ExitCode.DONE:
        check_stopped(_stopped(agreed.plan, loaded, selection))
    return ended


def _stopped(plan: Plan, loaded: Loaded, selection: Selection) -> Sequence[str]:
    """Firms that are selected and have no part in the plan, because something is wrong with them."""
    ids = [*plan.stopped_firms, *(each.id for each in plan.firms.digests)]
    chosen = loaded.chosen(selection, ids)
    return [firm for firm in plan.stopped_firms if firm in chosen]


def _planned(plan: Plan) -> Proposal:
    return Proposal(plan, is_saved=False, chosen=frozenset(each.id for each in plan.firms.digests))


def _part_of(plan: Plan, loaded: Loaded, selection: Selection) -> Proposal:
    """A saved plan and its firms that are selected. Every part of it was reviewed, and holds alone: it names
    its firm's generation. PlanRefused if it asks for a group, and the files are no longer those of the plan.
    """
    if selection.groups:
        check_same_files(plan, loaded)
    firms = {each.id for each in plan.firms.digests}
    chosen = loaded.chosen(selection, firms) & firms
    if len(chosen) < len(firms):
        tell(counted("told.part_of_plan", len(chosen), of=len(firms)))
    return Proposal(plan, is_saved=True, chosen=chosen)


def _check_use(
    file: Path | None,
    acknowledged: Sequence[Acknowledgement],
    expect: str | None,
    reviewed_file: Path | None,
) -> None:
    if file is not None and acknowledged:
        raise WrongUse(phrase("help.usage.ack-with-file.message"), phrase("help.usage.ack-with-file.hint"))
    if reviewed_file is not None and expect is None:
        raise WrongUse(phrase("help.usage.reviewed-alone.message"), phrase("help.usage.reviewed-alone.hint"))


def _check(agreed: Agreed, portal: Reader) -> FreshPlan:
    """Blocked if a guardrail holds the plan back, PlanRefused if the portal is not as it was planned for."""
    check_guardrails(agreed.plan)
    return check_fresh(agreed.plan, portal, agreed.chosen)


def _report(
    receipt: Receipt, lexicon: Lexicon, form: str, targets: Sequence[Target], *, summary: bool
) -> int:
    """Print and save what was done. A file that fails never hides how the apply itself ended."""
    print_result(_result(receipt, lexicon, summary=summary), RESULTS[form])
    ended = exit_code(receipt)
    try:
        save_result(targets, _result(receipt, lexicon))
    except OutputFailed as error:
        if ended is ExitCode.DONE:
            raise
        tell(error.diagnostic.message)
    return ended


def _result(receipt: Receipt, lexicon: Lexicon, *, summary: bool = False) -> Result:
    return Result(
        lambda: word_receipt(receipt, lexicon, summary=summary),
        lambda: (canonical(encode(receipt, lexicon.say)), b"\n"),
    )
