"""`portalsync show`: a saved plan, in any format."""

from pathlib import Path

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import (
    format_option,
    pager_option,
    summary_option,
)
from portalsync.cli.outputs import output_file_option
from portalsync.cli.plans import plan_result, read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.results import print_result, save_result
from portalsync.cli.values import PATH, Target
from portalsync.errors import ExitCode
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="file")
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@pager_option
def show(*, file: Path, form: str, targets: tuple[Target, ...], summary: bool, no_pager: bool) -> int:
    plan, lexicon = read_saved_plan(file), spoken_lexicon()
    save_result(targets, plan_result(plan, lexicon))
    shown = plan_result(plan, lexicon, summary=summary)
    print_result(shown, RESULTS[form], paged=not no_pager)
    return ExitCode.DONE
