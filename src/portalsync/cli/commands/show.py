"""`portalsync show`: a saved plan, in any format."""

from pathlib import Path

import click

from portalsync.cli import output
from portalsync.cli.options import format_option, language_option, output_file_option
from portalsync.cli.program import Command
from portalsync.cli.values import PATH, Target
from portalsync.cli.workspace import read_file
from portalsync.errors import ExitCode
from portalsync.views.formats import REPORTS


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="file")
@language_option
@format_option(*REPORTS)
@output_file_option(*REPORTS)
def show(file: Path, lang: str, form: str, targets: tuple[Target, ...]) -> int:
    from portalsync.lexicon import lexicon
    from portalsync.planning.planfile import LARGEST, read_plan, write_plan
    from portalsync.views.plan_report import word_plan

    saved = read_plan(read_file(file, LARGEST), str(file))
    output.save_reports(targets, lambda: word_plan(saved, lexicon(lang)), write_plan(saved))
    if form == "json":
        output.show(write_plan(saved))
    else:
        output.print_report(word_plan(saved, lexicon(lang)), form)
    return ExitCode.DONE
