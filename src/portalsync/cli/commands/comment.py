"""`portalsync comment`: a plan as one comment in its pull request, in the summary, in step outputs."""

import os
import re
from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import environment_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import PATH, AtLeast
from portalsync.errors import ExitCode
from portalsync.files import append_file
from portalsync.forge.marks import PlanMark
from portalsync.forge.protocol import Forge
from portalsync.forge.step_outputs import plan_outputs
from portalsync.forge.sticky import Sticky
from portalsync.lexicon import phrase
from portalsync.model.plan import Plan
from portalsync.views.comment import plan_comment, plan_summary

_LINK = re.compile(r"https://[A-Za-z0-9./_~:%?&=#+,@-]{1,500}")


def _link(_context: click.Context, _parameter: click.Parameter, link: str) -> str:
    if link and not _LINK.fullmatch(link):
        raise BadValue(phrase("help.value.link"))
    return link


@click.command(cls=Command)
@click.option(
    "--plan",
    "plan_file",
    required=True,
    type=PATH,
    envvar="PORTALSYNC_COMMENT_PLAN",
)
@click.option(
    "--pr",
    "pull",
    type=AtLeast(1),
    envvar="PORTALSYNC_PR",
)
@click.option(
    "--print",
    "printed",
    is_flag=True,
    envvar="PORTALSYNC_COMMENT_PRINT",
)
@click.option(
    "--summary",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_SUMMARY",
)
@click.option(
    "--outputs",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_OUTPUTS",
)
@click.option(
    "--preview-url",
    default="",
    callback=_link,
    envvar="PORTALSYNC_PREVIEW_URL",
)
@environment_option
@github_options
def comment(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    plan_file: Path,
    pull: int | None,
    printed: bool,
    summary: Path | None,
    outputs: Path | None,
    preview_url: str,
    environment: str | None,
    repository: str,
    token: str,
    api: str,
    author: str,
) -> int:
    if pull is None and not printed and summary is None and outputs is None:
        raise WrongUse(
            phrase("help.usage.comment-nowhere.message"), phrase("help.usage.comment-nowhere.hint")
        )
    plan = read_saved_plan(plan_file, environment)
    lexicon = spoken_lexicon()
    body = plan_comment(plan, lexicon, preview_url, _run())
    if printed:
        show(body)
    if summary is not None:
        append_file(summary, plan_summary(plan, lexicon, preview_url))
    if outputs is not None:
        append_file(outputs, plan_outputs(plan, str(plan_file)))
    if pull is not None:
        with forge_of(repository, token, api) as forge:
            _keep(plan, body, forge, pull, author)
    return ExitCode.DONE


def _keep(plan: Plan, body: str, forge: Forge, pull: int, author: str) -> None:
    def ours(text: str) -> bool:
        mark = PlanMark.read(text)
        return mark is not None and mark.environment == plan.environment

    done = Sticky(forge, author, ours).comment(pull, body, needed=not plan.is_quiet)
    tell(phrase(f"told.comment.{done}", pull=str(pull)))


def _run() -> str:
    """The run of the workflow that keeps the plan file, if this is one."""
    run = os.environ.get("GITHUB_RUN_ID", "")
    return run if re.fullmatch(r"[0-9]{1,20}", run) else ""
