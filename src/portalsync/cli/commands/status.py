"""`portalsync status`: the network at a glance; it only reads."""

from datetime import datetime
from pathlib import Path

import click

from portalsync.cache import Cache
from portalsync.cli.cache_options import cache_options
from portalsync.cli.executor import executor_option
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import at_option, config_option, environment_option, format_option
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE, output_file_option
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import selection_options
from portalsync.cli.values import Target
from portalsync.cli.workspace import environment_of, surveyed
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode
from portalsync.files import write_file
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.pipeline.status import overview
from portalsync.pipeline.timeline import timeline_of
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.status.file import status_html
from portalsync.views.wording.status import word_status


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@executor_option
@cache_options
@at_option
@click.option(
    "--html",
    "page",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_STATUS_HTML",
)
@format_option(*RESULTS)
@output_file_option(*RESULTS)
def status(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    executor: str,
    cache: Cache,
    at: datetime,
    page: Path | None,
    form: str,
    targets: tuple[Target, ...],
) -> int:
    with surveyed(root, executor, cache) as known, findings_in(root):
        name, settings = environment_of(known.network, environment)
        with reader_of(known, root, settings) as portal:
            with progress("told.comparing") as watch:
                found = overview(known, portal, name, at, selection, watch)
            if page is not None:
                with progress("told.asking") as watch:
                    coming = timeline_of(known, portal, name, at, known.chosen(selection), watch)
                html = status_html(
                    known.name, found.status, found.drift, found.plan, coming, spoken_lexicon()
                )
                write_file(page, html)
    body = (canonical(encode(found.status)), b"\n")
    result = Result(lambda: word_status(found.status), lambda: body)
    save_result(targets, result)
    print_result(result, RESULTS[form])
    if page is not None:
        tell(phrase("told.status", file=str(page)))
    return ExitCode.DONE
