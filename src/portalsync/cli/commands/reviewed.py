"""`portalsync reviewed`: which change the pull request of a commit was reviewed for."""

from pathlib import Path

import click

from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.options import config_option, environment_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.program import Command
from portalsync.cli.values import AtLeast
from portalsync.errors import ExitCode
from portalsync.files import append_file
from portalsync.forge.agreed import Agreement, agreement
from portalsync.forge.step_outputs import step_outputs
from portalsync.model.substance import NOTHING_REVIEWED


@click.command(cls=Command)
@click.option(
    "--commit",
    required=True,
    envvar="PORTALSYNC_COMMIT",
)
@click.option(
    "--require-approval",
    "needed",
    type=AtLeast(0),
    default=0,
    show_default=True,
    envvar="PORTALSYNC_REQUIRE_APPROVAL",
)
@click.option(
    "--outputs",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_OUTPUTS",
)
@config_option
@environment_option
@github_options
def reviewed(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    commit: str,
    needed: int,
    outputs: Path | None,
    root: Path,
    environment: str | None,
    repository: str,
    token: str,
    api: str,
    author: str,
) -> int:
    with forge_of(repository, token, api, root) as forge:
        agreed = agreement(forge, commit, author, environment, needed)
    if agreed.missing is not None:
        tell(agreed.missing)
    digest = agreed.plan.digest if agreed.plan else NOTHING_REVIEWED
    if outputs is not None:
        append_file(outputs, step_outputs({"digest": digest, **_handed_on(agreed)}))
    show(f"{digest}\n")
    return ExitCode.DONE


def _handed_on(agreed: Agreement) -> dict[str, str]:
    plan = agreed.plan
    return {
        "acknowledged": plan.acknowledged if plan else "",
        "run": plan.run if plan else "",
        "attempt": plan.attempt if plan else "",
        "pull-request": str(agreed.pull or ""),
    }
