"""`portalsync pull`: what the portal has, brought into the files; the portal is only read."""

from functools import partial
from pathlib import Path

import click

from portalsync.cli.loaded import read_config
from portalsync.cli.options import config_option, environment_option, format_option
from portalsync.cli.program import Command
from portalsync.cli.pulling import Pulling, head_of
from portalsync.cli.selection import Identifier, firm_completion, group_completion, selection_options
from portalsync.config.selection import Selection
from portalsync.pipeline.pull import Wish
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@click.option("--unmanaged", is_flag=True, envvar="PORTALSYNC_PULL_UNMANAGED")
@click.option(
    "--layered",
    "group",
    type=Identifier(),
    default="",
    envvar="PORTALSYNC_PULL_LAYERED",
    shell_complete=group_completion,
)
@click.option(
    "--may-shrink",
    multiple=True,
    envvar="PORTALSYNC_PULL_MAY_SHRINK",
    shell_complete=firm_completion,
)
@click.option("--check", is_flag=True, envvar="PORTALSYNC_PULL_CHECK")
@format_option(*RESULTS)
def pull(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    unmanaged: bool,
    group: str,
    may_shrink: tuple[str, ...],
    check: bool,
    form: str,
) -> int:
    wish = Wish(partial(head_of, root), unmanaged=unmanaged, group=group)
    pulling = Pulling(root, environment, selection, check, RESULTS[form])
    return pulling.run(read_config(root), wish, may_shrink)
