"""`portalsync show`: a saved plan, or what a portal has of a firm, in any format."""

from pathlib import Path

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import load_config
from portalsync.cli.options import (
    config_option,
    environment_option,
    format_option,
    pager_option,
    summary_option,
)
from portalsync.cli.outputs import output_file_option
from portalsync.cli.plans import plan_result, read_saved_plan
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result, save_result
from portalsync.cli.selection import live_option
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import PATH, Target
from portalsync.cli.workspace import environment_of
from portalsync.errors import ExitCode
from portalsync.lexicon import phrase
from portalsync.living.on_portal import FirmOnPortal, on_portal
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.pipeline.load import known_as
from portalsync.pipeline.unknown_firms import named_there
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.on_portal import word_on_portal


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="file", required=False)
@live_option
@config_option
@environment_option
@format_option(*RESULTS)
@output_file_option(*RESULTS)
@summary_option
@pager_option
def show(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    file: Path | None,
    live: str | None,
    root: Path,
    environment: str | None,
    form: str,
    targets: tuple[Target, ...],
    summary: bool,
    no_pager: bool,
) -> int:
    if (file is None) == (not live):
        raise WrongUse(phrase("help.usage.plan-or-live.message"), phrase("help.usage.plan-or-live.hint"))
    whole, shown = _live(live, root, environment, summary=summary) if live else _plan(file, summary=summary)
    save_result(targets, whole)
    print_result(shown, RESULTS[form], paged=not no_pager)
    return ExitCode.DONE


def _plan(file: Path | None, *, summary: bool) -> tuple[Result, Result]:
    """All of it for files, and what is printed."""
    assert file is not None  # noqa: S101 - one of both is named
    plan, lexicon = read_saved_plan(file), spoken_lexicon()
    return plan_result(plan, lexicon), plan_result(plan, lexicon, summary=summary)


def _live(firm: str, root: Path, environment: str | None, *, summary: bool) -> tuple[Result, Result]:
    """The same. What the files of firms say is no matter here: a portal may have firms that none has yet."""
    known = load_config(root, frozenset())
    name, settings = environment_of(known.network, environment)
    with reader_of(known, root, settings) as portal, progress("told.asking"):
        found = on_portal(portal, name, named_there(portal, known_as(known.folder).get(firm, firm)))
    return _live_result(found), _live_result(found, summary=summary)


def _live_result(found: FirmOnPortal, *, summary: bool = False) -> Result:
    return Result(
        lambda: word_on_portal(found, spoken_lexicon(), summary=summary),
        lambda: (canonical(encode(found)), b"\n"),
    )
