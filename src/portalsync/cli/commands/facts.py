"""`portalsync facts`: copies of what the portal knows of firms and portalsync does not manage."""

from functools import partial
from pathlib import Path

import click

from portalsync.cli.loaded import read_config
from portalsync.cli.options import config_option, environment_option, format_option
from portalsync.cli.program import Command
from portalsync.cli.pulling import Pulling, head_of
from portalsync.cli.selection import firm_completion, selection_options
from portalsync.config.selection import Selection
from portalsync.pipeline.pull import Wish
from portalsync.views.formats import RESULTS


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@click.option(
    "--may-shrink",
    multiple=True,
    envvar="PORTALSYNC_FACTS_MAY_SHRINK",
    shell_complete=firm_completion,
)
@click.option("--check", is_flag=True, envvar="PORTALSYNC_FACTS_CHECK")
@format_option(*RESULTS)
def facts(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    may_shrink: tuple[str, ...],
    check: bool,
    form: str,
) -> int:
    pulling = Pulling(root, environment, selection, check, RESULTS[form])
    return pulling.run(read_config(root), Wish(partial(head_of, root), layer=False), may_shrink)
