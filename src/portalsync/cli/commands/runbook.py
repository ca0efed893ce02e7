"""`portalsync runbook`: what a person clicks on a portal without an API, so that a saved plan comes true."""

from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import config_option, format_option, pager_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.results import print_result
from portalsync.cli.values import PATH
from portalsync.cli.vendor import recorded_of, vendor_of, vendor_option
from portalsync.errors import ExitCode
from portalsync.files import write_file
from portalsync.forge.marks import ClicksMark
from portalsync.forge.protocol import Forge
from portalsync.forge.sticky import Sticky
from portalsync.lexicon import Lexicon, phrase
from portalsync.model.canonical import canonical
from portalsync.model.click_list import ClickList
from portalsync.model.codec import encode
from portalsync.views.click_list.checklist import LABEL, checklist, clicks_issue
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
@click.option(
    "--issue",
    is_flag=True,
    envvar="PORTALSYNC_RUNBOOK_ISSUE",
)
@click.option(
    "--runbook-url",
    default="",
    envvar="PORTALSYNC_RUNBOOK_URL",
)
@github_options
@format_option("text", "markdown", "json")
@pager_option
def runbook(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    file: Path,
    root: Path,
    vendor: str | None,
    out: Path | None,
    issue: bool,
    runbook_url: str,
    form: str,
    no_pager: bool,
    repository: str,
    token: str,
    api: str,
    author: str,
) -> int:
    plan, lexicon = read_saved_plan(file), spoken_lexicon()
    known = vendor_of(root, plan.environment, vendor), lexicon, recorded_of(root, plan.environment)
    clicks = click_list(plan, *known)
    if form == "markdown":
        show(checklist(clicks, lexicon))
    else:
        print_result(_result(clicks, lexicon), RESULTS[form], paged=not no_pager)
    if out is not None:
        write_file(out, runbook_html(clicks, lexicon))
        tell(phrase("told.saved", file=str(out)))
    if issue:
        with forge_of(repository, token, api, root) as forge:
            _keep_issue(clicks, runbook_url, forge, author)
    return ExitCode.DONE


def _keep_issue(clicks: ClickList, runbook_url: str, forge: Forge, author: str) -> None:
    """Open while there is something to click."""
    title, body = clicks_issue(clicks, runbook_url, spoken_lexicon())
    ours = ClicksMark(clicks.environment)
    sticky = Sticky(forge, author, lambda text: ClicksMark.read(text) == ours)
    done = sticky.issue(LABEL, title, body, needed=bool(clicks.steps))
    tell(phrase(f"told.clicks-issue.{done}"))


def _result(clicks: ClickList, lexicon: Lexicon) -> Result:
    return Result(lambda: word_click_list(clicks), lambda: (canonical(encode(clicks, lexicon.say)), b"\n"))
