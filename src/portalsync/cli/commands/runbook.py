"""`portalsync runbook`: what a person clicks on a portal without an API, so that a saved plan comes true."""

from pathlib import Path

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import config_option, format_option, pager_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.results import print_result
from portalsync.cli.values import PATH
from portalsync.cli.vendor import vendor_of, vendor_option
from portalsync.errors import ExitCode
from portalsync.files import write_file
from portalsync.lexicon import Lexicon, phrase
from portalsync.model.canonical import canonical
from portalsync.model.click_list import ClickList
from portalsync.model.codec import encode
from portalsync.views.click_list.checklist import checklist
from portalsync.views.click_list.listing import click_list
from portalsync.views.click_list.report import word_click_list
from portalsync.views.click_list.runbook import runbook_html
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="file")
@config_option
@vendor_option
@click.option(
    "--out",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_RUNBOOK_OUT",
)
@format_option("text", "markdown", "json")
@pager_option
def runbook(  # noqa: PLR0913 - one parameter per option of the command line
    *, file: Path, root: Path, vendor: str | None, out: Path | None, form: str, no_pager: bool
) -> int:
    plan, lexicon = read_saved_plan(file), spoken_lexicon()
    clicks = click_list(plan, vendor_of(root, plan.environment, vendor), lexicon)
    if form == "markdown":
        show("".join(f"{line}\n" for line in checklist(clicks, lexicon)))
    else:
        print_result(_result(clicks, lexicon), RESULTS[form], paged=not no_pager)
    if out is not None:
        write_file(out, runbook_html(clicks, lexicon))
        tell(phrase("told.saved", file=str(out)))
    return ExitCode.DONE


def _result(clicks: ClickList, lexicon: Lexicon) -> Result:
    return Result(lambda: word_click_list(clicks), lambda: (canonical(encode(clicks, lexicon.say)), b"\n"))
