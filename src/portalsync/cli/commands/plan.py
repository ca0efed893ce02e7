"""`portalsync plan`: what would change; it only reads."""

from datetime import datetime
from pathlib import Path

import click

from portalsync.cache import Cache
from portalsync.cli.acknowledged import acknowledgement_option
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import (
    at_option,
    config_option,
    detailed_exitcode_option,
    environment_option,
    format_option,
    pager_option,
    summary_option,
)
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE, output_file_option
from portalsync.cli.plans import plan_result
from portalsync.cli.portal import plan_of, reader_of, tell_unused
from portalsync.cli.program import Command
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import selection_options
from portalsync.cli.values import Target
from portalsync.cli.workspace import environment_of, surveyed
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode
from portalsync.files import write_file
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.planning.guardrails import check_guardrails
from portalsync.planning.planfile import write_plan
from portalsync.planning.stopped import check_stopped
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@executor_option
@cache_options
@at_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@pager_option
@click.option(
    "--out",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_PLAN_OUT",
)
@acknowledgement_option
@detailed_exitcode_option
def plan(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    executor: str,
    cache: Cache,
    at: datetime,
    form: str,
    targets: tuple[Target, ...],
    summary: bool,
    no_pager: bool,
    out: Path | None,
    acknowledged: tuple[Acknowledgement, ...],
    detailed_exitcode: bool,
) -> int:
    with surveyed(root, executor, cache) as known:
        name, settings = environment_of(known.network, environment)
        with reader_of(known, root, settings) as portal:
            made = plan_of(known, root, portal, name, at, acknowledged, selection)
    tell_unused(made, acknowledged)
    if out is not None:
        write_file(out, write_plan(made))
    lexicon = spoken_lexicon()
    save_result(targets, plan_result(made, lexicon))
    print_result(plan_result(made, lexicon, summary=summary), RESULTS[form], paged=not no_pager)
    if out is not None:
        tell(phrase("told.saved", file=str(out)))
    check_stopped(made.stopped_firms)
    check_guardrails(made)
    return ExitCode.CHANGES if detailed_exitcode and not made.is_empty else ExitCode.DONE
