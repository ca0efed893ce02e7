"""`portalsync comment`: a plan as one comment in its pull request, in the summary, in step outputs."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import config_option, environment_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.plans import read_saved_plan
from portalsync.cli.program import Command
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import PATH, AtLeast
from portalsync.errors import ExitCode
from portalsync.files import append_file, read_file
from portalsync.forge.marks import Made, PlanMark, carried_on
from portalsync.forge.protocol import Forge
from portalsync.forge.step_outputs import plan_outputs
from portalsync.forge.sticky import Sticky
from portalsync.lexicon import Lexicon, phrase
from portalsync.model.plan import Plan
from portalsync.views.comment import failure_comment, plan_comment, plan_summary

_LINK = re.compile(r"https://[A-Za-z0-9./_~:%?&=#+,@-]{1,500}")

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LARGEST_REASON = 16 * 1024 * 1024


def _link(_context: click.Context, _parameter: click.Parameter, link: str) -> str:
    if link and not _LINK.fullmatch(link):
        raise BadValue(phrase("help.value.link"))
    return link


def _commit(_context: click.Context, _parameter: click.Parameter, commit: str) -> str:
    if commit and not _COMMIT.fullmatch(commit):
        raise BadValue(phrase("help.value.commit"))
    return commit


@click.command(cls=Command)
@click.option(
    "--plan",
    "plan_file",
    type=PATH,
    envvar="PORTALSYNC_COMMENT_PLAN",
)
@click.option(
    "--failed",
    type=PATH,
    envvar="PORTALSYNC_COMMENT_FAILED",
)
@click.option(
    "--head",
    default="",
    callback=_commit,
    envvar="PORTALSYNC_HEAD",
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
@config_option
@environment_option
@github_options
def comment(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    plan_file: Path | None,
    failed: Path | None,
    head: str,
    pull: int | None,
    printed: bool,
    summary: Path | None,
    outputs: Path | None,
    preview_url: str,
    root: Path,
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
    lexicon, made = spoken_lexicon(), _made(head)
    if plan_file is not None and failed is None:
        content = _about_plan(read_saved_plan(plan_file, environment), plan_file, lexicon, preview_url, made)
    elif plan_file is None and failed is not None and (environment or pull is None):
        content = _about_failure(environment or "", failed, lexicon, made)
    else:
        raise WrongUse(phrase("help.usage.plan-or-failed.message"), phrase("help.usage.plan-or-failed.hint"))
    if printed:
        show(content.body)
    if summary is not None:
        append_file(summary, content.summary)
    if outputs is not None:
        append_file(outputs, content.outputs)
    if pull is not None:
        with forge_of(repository, token, api, root) as forge:
            _keep(content, forge, pull, author)
    return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Content:
    """What there is to say of an environment's plan, or of its lack."""

    environment: str
    body: str
    summary: str
    outputs: str = ""
    needed: bool = True


def _about_plan(plan: Plan, file: Path, lexicon: Lexicon, preview_url: str, made: Made) -> _Content:
    return _Content(
        plan.environment,
        plan_comment(plan, lexicon, preview_url, made),
        plan_summary(plan, lexicon, preview_url),
        plan_outputs(plan, str(file)),
        not plan.is_quiet,
    )


def _about_failure(environment: str, file: Path, lexicon: Lexicon, made: Made) -> _Content:
    reason = read_file(file, _LARGEST_REASON).decode(errors="replace")
    body = failure_comment(environment, reason, lexicon, made)
    return _Content(environment, body, body.partition("\n")[2])


def _keep(content: _Content, forge: Forge, pull: int, author: str) -> None:
    def ours(text: str) -> bool:
        mark = PlanMark.read(text)
        return mark is not None and mark.environment == content.environment

    def worded(before: str) -> str:
        return carried_on(content.body, before)

    done = Sticky(forge, author, ours).comment(pull, worded, needed=content.needed)
    tell(phrase(f"told.comment.{done}", pull=str(pull)))


def _made(head: str) -> Made:
    """The run of the workflow that keeps the plan file, if this is one; and now, as GitHub writes it."""
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Made(head, _number("GITHUB_RUN_ID"), _number("GITHUB_RUN_ATTEMPT"), now)


def _number(variable: str) -> str:
    number = os.environ.get(variable, "")
    return number if re.fullmatch(r"[0-9]{1,20}", number) else ""
