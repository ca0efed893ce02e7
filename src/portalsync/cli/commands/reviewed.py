"""`portalsync reviewed`: which change the pull request of a commit was reviewed for."""

from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.options import environment_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.program import Command
from portalsync.errors import ExitCode, PlanRefused
from portalsync.files import append_file
from portalsync.forge.marks import PlanMark
from portalsync.forge.protocol import Forge
from portalsync.forge.step_outputs import step_outputs
from portalsync.lexicon import phrase
from portalsync.model.substance import NOTHING_REVIEWED


@click.command(cls=Command)
@click.option(
    "--commit",
    required=True,
    envvar="PORTALSYNC_COMMIT",
)
@click.option(
    "--outputs",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_OUTPUTS",
)
@environment_option
@github_options
def reviewed(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    commit: str,
    outputs: Path | None,
    environment: str | None,
    repository: str,
    token: str,
    api: str,
    author: str,
) -> int:
    with forge_of(repository, token, api) as forge:
        pull = _pull_request(forge, commit)
        mark = _mark(forge, pull, author, environment) if pull else None
    digest = mark.digest if mark else NOTHING_REVIEWED
    if mark is None and pull is None:
        tell(phrase("told.not-reviewed.commit"))
    elif mark is None:
        tell(phrase("told.not-reviewed.pull", pull=str(pull)))
    if outputs is not None:
        named = {"digest": digest, "run": mark.run if mark else "", "pull-request": str(pull or "")}
        append_file(outputs, step_outputs(named))
    show(f"{digest}\n")
    return ExitCode.DONE


def _pull_request(forge: Forge, commit: str) -> int | None:
    """The one that became this commit, else the only one that brought it."""
    found = forge.pull_requests(commit)
    exactly = [pull for pull in found if pull.merged_as == commit] or found
    return exactly[0].number if len(exactly) == 1 else None


def _mark(forge: Forge, pull: int, author: str, environment: str | None) -> PlanMark | None:
    marks: dict[str, PlanMark] = {}
    for note in forge.comments(pull):
        mark = PlanMark.read(note.body) if note.author == author else None
        if mark is not None and environment in (None, mark.environment):
            marks.setdefault(mark.environment, mark)
    if len(marks) > 1:
        raise PlanRefused(
            phrase("errors.plan.several-environments.message", pull=str(pull)),
            phrase("errors.plan.several-environments.hint"),
        )
    return next(iter(marks.values()), None)
