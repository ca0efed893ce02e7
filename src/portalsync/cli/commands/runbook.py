"""`portalsync runbook`: what a person clicks on a portal without an API, so that a saved plan comes true."""

from dataclasses import replace
from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import config_option, format_option, pager_option
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE, output_file_option
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.results import print_result, save
from portalsync.cli.values import PATH, Target
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
from portalsync.planning.guardrails import check_guardrails
from portalsync.views.click_list.checklist import LABEL, checklist, clicks_issue
from portalsync.views.click_list.listing import click_list
from portalsync.views.click_list.report import word_click_list
from portalsync.views.click_list.runbook import runbook_html
from portalsync.views.format import Format, Result
from portalsync.views.formats import RESULTS
from portalsync.views.screen import Screen

_FORMS = ("text", "markdown", "json")


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
@format_option(*_FORMS)
@output_file_option(*_FORMS)
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
    targets: tuple[Target, ...],
    no_pager: bool,
    repository: str,
    token: str,
    api: str,
    author: str,
) -> int:
    plan, lexicon = read_saved_plan(file), spoken_lexicon()
    check_guardrails(plan)  # what apply would not record, nobody shall click
    known = vendor_of(root, plan.environment, vendor), lexicon, recorded_of(root, plan.environment)
    clicks = click_list(plan, *known)
    result = _result(clicks, lexicon)
    save(targets, lambda name: _format(name, clicks).of_result(result, lexicon, Screen()))
    print_result(result, _format(form, clicks), paged=not no_pager)
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
    done = sticky.issue(LABEL, title, body, needed=not all(step.is_recorded for step in clicks.steps))
    tell(phrase(f"told.clicks-issue.{done}"))


def _result(clicks: ClickList, lexicon: Lexicon) -> Result:
    return Result(lambda: word_click_list(clicks), lambda: (canonical(encode(clicks, lexicon.say)), b"\n"))


def _format(name: str, clicks: ClickList) -> Format:
    """In Markdown, steps have boxes."""
    usual = RESULTS[name]
    if name != "markdown":
        return usual
    return replace(usual, results=lambda _result, lexicon, _screen: (checklist(clicks, lexicon),))
