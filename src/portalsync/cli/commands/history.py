"""`portalsync history`: a firm's generations, who made them, and what clients noticed; it only reads."""

from datetime import datetime
from pathlib import Path

import click

from portalsync.catalog.files.network import MANUAL
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import load_config
from portalsync.cli.options import (
    at_option,
    config_option,
    environment_option,
    format_option,
    pager_option,
)
from portalsync.cli.output import tell
from portalsync.cli.outputs import output_file_option
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import firm_argument
from portalsync.cli.values import AtLeast, Target
from portalsync.cli.workspace import environment_of
from portalsync.errors import ExitCode
from portalsync.lexicon import phrase
from portalsync.living.history import between, history_of
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.pipeline.load import known_as
from portalsync.pipeline.unknown_firms import named_there
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.history_json import difference_document, history_document
from portalsync.views.wording.history import word_difference, word_history

_USUAL = 10


@click.command(cls=Command)
@firm_argument
@config_option
@environment_option
@at_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@pager_option
@click.option(
    "--diff",
    "generations",
    type=AtLeast(1),
    nargs=2,
    envvar="PORTALSYNC_HISTORY_DIFF",
)
@click.option(
    "--limit",
    "most",
    type=AtLeast(1),
    default=_USUAL,
    show_default=True,
    envvar="PORTALSYNC_HISTORY_LIMIT",
)
def history(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    firm: str,
    root: Path,
    environment: str | None,
    at: datetime,
    form: str,
    targets: tuple[Target, ...],
    no_pager: bool,
    generations: tuple[int, int] | None,
    most: int,
) -> int:
    # What the files of firms say is no matter here: who has broken them may look back all the same.
    known = load_config(root, frozenset())
    name, settings = environment_of(known.network, environment)
    personas, lexicon = tuple(known.shared.personas.values()), spoken_lexicon()
    with reader_of(known, root, settings) as portal, progress("told.looking-back"):
        there = named_there(portal, known_as(known.folder).get(firm, firm))
        if generations is None:
            past = history_of(portal, name, there, personas, most)
            document, report = encode(history_document(past)), lambda: word_history(past, lexicon)
        else:
            found = between(portal, name, there, generations, personas, at)
            document, report = encode(difference_document(found)), lambda: word_difference(found, lexicon)
    result = Result(report, lambda: (canonical(document), b"\n"))
    save_result(targets, result)
    print_result(result, RESULTS[form], paged=not no_pager)
    if settings["backend"] == MANUAL and not generations:
        tell(phrase("looks.who-looked"))
    return ExitCode.DONE
