"""`portalsync apply`: exactly the reviewed plan, or nothing."""

import re
import shlex
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from portalsync.apply.deadline import USUAL_MINUTES
from portalsync.backend.protocol import Reader
from portalsync.cache import Cache
from portalsync.catalog.files.network import MANUAL
from portalsync.cli.acknowledged import acknowledgement_option
from portalsync.cli.actor import actor_option
from portalsync.cli.agreement import (
    Proposal,
    Reviewed,
    Terms,
    agree,
    check_newest,
    made_whole,
    promised,
)
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import read_network
from portalsync.cli.nearest import nearest_config
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    summary_option,
    yes_option,
)
from portalsync.cli.outputs import output_file_option
from portalsync.cli.plans import read_saved_plan, tell_other_files, tell_passed
from portalsync.cli.portal import plan_of, portal_of, reader_of, tell_unused
from portalsync.cli.program import Command
from portalsync.cli.receipts import Receipts
from portalsync.cli.saved_part import part_of
from portalsync.cli.selection import selection_options
from portalsync.cli.sending import Manner, sent, ticked
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import PATH, AtLeast, Target
from portalsync.cli.workspace import environment_of, surveyed
from portalsync.config.selection import Selection
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.model.receipt import Receipt
from portalsync.pipeline.load import seed_in, seed_of
from portalsync.pipeline.surveyed import Survey
from portalsync.views.formats import RESULTS


def _review_digest(_context: click.Context, _parameter: click.Parameter, digest: str | None) -> str | None:
    if digest is not None and not re.fullmatch(r"review:[0-9a-f]{64}|none", digest):
        raise BadValue(phrase("help.value.digest"))
    return digest


@click.command(cls=Command)
@click.argument("file", required=False, type=PATH, metavar="plan")
@config_option
@environment_option
@selection_options
@executor_option
@cache_options
@at_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@acknowledgement_option
@yes_option
@actor_option
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
@click.option(
    "--newest",
    type=PATH,
    envvar="PORTALSYNC_NEWEST",
)
@click.option(
    "--done",
    "runbook",
    type=PATH,
    envvar="PORTALSYNC_DONE",
)
def apply(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    file: Path | None,
    root: Path,
    environment: str | None,
    selection: Selection,
    executor: str,
    cache: Cache,
    at: datetime,
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
    newest: Path | None,
    runbook: Path | None,
) -> int:
    reviewed = Reviewed(expect, reviewed_file) if expect else None
    terms = Terms(reviewed, yes, form, summary)
    wish = _Wish(
        file,
        root,
        environment,
        selection,
        executor,
        cache,
        at,
        acknowledged,
        actor,
        stop_at_first,
        minutes,
        newest,
        runbook,
    )
    known, truth = Receipt(environment or ""), _looking(root, environment)
    receipts = Receipts(spoken_lexicon(), RESULTS[form], targets, summary, known, truth)
    with receipts.whatever_happens():
        _check_use(wish, reviewed, reviewed_file)
        return _fulfil(wish, terms, receipts)


def _looking(root: Path, environment: str | None) -> str:
    """The command that only looks at the portal, and tells what is left to do."""
    named = ["--config", str(root)] if root != nearest_config() else []
    return shlex.join(["portalsync", "plan", *named, *(["--env", environment] if environment else [])])


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be applied, where, by whom, and how."""

    file: Path | None
    root: Path
    environment: str | None
    selection: Selection
    executor: str
    cache: Cache
    at: datetime
    acknowledged: tuple[Acknowledgement, ...]
    actor: str
    stop_at_first: bool
    minutes: int
    newest: Path | None
    runbook: Path | None


def _check_use(wish: _Wish, reviewed: Reviewed | None, reviewed_file: Path | None) -> None:
    if wish.file is not None and wish.acknowledged:
        raise WrongUse(phrase("help.usage.ack-with-file.message"), phrase("help.usage.ack-with-file.hint"))
    if reviewed_file is not None and reviewed is None:
        raise WrongUse(phrase("help.usage.reviewed-alone.message"), phrase("help.usage.reviewed-alone.hint"))
    if wish.runbook is not None and wish.file is None:
        raise WrongUse(phrase("sitting.done-without-plan.message"), phrase("sitting.done-without-plan.hint"))


def _fulfil(wish: _Wish, terms: Terms, receipts: Receipts) -> int:
    """A saved plan needs to know where its portal is, and no file but the one that says so."""
    if wish.file is not None:
        plan = read_saved_plan(wish.file, wish.environment)
        check_newest(plan, wish.newest)
        name, settings = environment_of(read_network(wish.root), plan.environment)
        receipts.about(name, plan.digest)
        tell_other_files(plan, wish.root)
        proposal, seed = part_of(plan, wish.selection, wish.root, wish.cache), seed_in(wish.root)
    else:
        with surveyed(wish.root, wish.executor, wish.cache) as known:
            name, settings = environment_of(known.network, wish.environment)
            receipts.about(name)
            with reader_of(known, wish.root, settings) as reader:
                proposal, seed = _planned(wish, name, known, reader, terms.reviewed), seed_of(known)
        receipts.about(name, proposal.plan.digest)
    receipts.passed = tell_passed(promised(proposal, terms), proposal.chosen, wish.at)
    agreed = agree(proposal, terms)
    if agreed is None:
        return receipts.declined()
    with portal_of(seed, wish.root, settings) as portal:
        if settings["backend"] == MANUAL:
            return ticked(agreed, portal, wish.root, wish.actor, receipts, wish.runbook)
        if wish.runbook is not None:
            not_here = phrase("sitting.not-by-hand.message", environment=name)
            raise WrongUse(not_here, phrase("sitting.not-by-hand.hint"))
        manner = Manner(wish.actor, wish.minutes, stop_at_first=wish.stop_at_first)
        return sent(agreed, portal, manner, receipts)


def _planned(
    wish: _Wish, environment: str, known: Survey, portal: Reader, reviewed: Reviewed | None
) -> Proposal:
    def make(portal: Reader) -> Plan:
        at, accepted, selection = wish.at, wish.acknowledged, wish.selection
        return plan_of(known, wish.root, portal, environment, at, accepted, selection)

    plan = make(portal)
    check_newest(plan, wish.newest)
    if reviewed is not None:
        plan = made_whole(plan, reviewed, portal, make)
    tell_unused(plan, wish.acknowledged)
    chosen = frozenset(each.id for each in plan.firms.digests)
    return Proposal(plan, is_saved=False, chosen=chosen, stopped=plan.stopped_firms)
