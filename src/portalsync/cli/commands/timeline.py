"""`portalsync timeline`: what pages do by themselves from now on, and what was forgotten; it only reads."""

from datetime import datetime
from pathlib import Path

import click

from portalsync.cache import Cache
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    offline_option,
    pager_option,
)
from portalsync.cli.outputs import output_file_option
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import selection_options
from portalsync.cli.values import AtLeast, Target
from portalsync.cli.workspace import environment_of, surveyed
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.timeline import Timeline
from portalsync.pipeline.surveyed import Survey
from portalsync.pipeline.timeline import timeline_of
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.timeline import word_timeline


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@executor_option
@cache_options
@at_option
@offline_option
@click.option(
    "--days",
    type=AtLeast(1),
    envvar="PORTALSYNC_TIMELINE_DAYS",
)
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@pager_option
def timeline(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    executor: str,
    cache: Cache,
    at: datetime,
    offline: bool,
    days: int | None,
    form: str,
    targets: tuple[Target, ...],
    no_pager: bool,
) -> int:
    with surveyed(root, executor, cache) as known, findings_in(root):
        whole = _made(known, root, environment, at, selection, offline=offline)
    made = whole.within(days) if days else whole
    body = (canonical(encode(made)), b"\n")
    result = Result(lambda: word_timeline(made, spoken_lexicon()), lambda: body)
    save_result(targets, result)
    print_result(result, RESULTS[form], paged=not no_pager)
    return ExitCode.DONE


def _made(  # noqa: PLR0913 - what the command line says
    known: Survey,
    root: Path,
    environment: str | None,
    at: datetime,
    selection: Selection,
    *,
    offline: bool,
) -> Timeline:
    chosen = known.chosen(selection)
    if offline:
        return timeline_of(known, None, "", at, chosen)
    name, settings = environment_of(known.network, environment)
    with reader_of(known, root, settings) as portal, progress("told.asking") as watch:
        return timeline_of(known, portal, name, at, chosen, watch)
