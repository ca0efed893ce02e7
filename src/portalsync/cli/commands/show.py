"""`portalsync show`: a saved plan, in any format."""

from pathlib import Path

import click

from portalsync.cli.options import format_option, language_option, output_file_option
from portalsync.cli.program import Command
from portalsync.cli.results import print_result, save_result
from portalsync.cli.values import PATH, Target
from portalsync.errors import ExitCode
from portalsync.files import read_file
from portalsync.lexicon import lexicon_of
from portalsync.planning.planfile import LARGEST, read_plan, write_plan
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.plan_report import word_plan


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="file")
@language_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
def show(file: Path, lang: str, form: str, targets: tuple[Target, ...]) -> int:
    saved = read_plan(read_file(file, LARGEST), str(file))
    result = Result(lambda: word_plan(saved, lexicon_of(lang)), lambda: write_plan(saved))
    save_result(targets, result)
    print_result(result, RESULTS[form])
    return ExitCode.DONE
