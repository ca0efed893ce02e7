"""`portalsync migrate`: config files of an older version of the format, comments and all."""

from pathlib import Path

import click

from portalsync.cli.inputs import findings_in
from portalsync.cli.options import config_option
from portalsync.cli.output import show, tell
from portalsync.cli.program import Command
from portalsync.config.discover import discover
from portalsync.config.migrations import step
from portalsync.config.migrations.migrate import migrate as migrated
from portalsync.errors import ExitCode
from portalsync.files import write_files
from portalsync.lexicon import counted, phrase


@click.command(cls=Command)
@config_option
@click.option(
    "--check",
    is_flag=True,
    envvar="PORTALSYNC_MIGRATE_CHECK",
)
def migrate(*, root: Path, check: bool) -> int:
    with findings_in(root):
        files = discover(root).files
        changed = migrated(files, step.STEPS)
    if not check:
        write_files({root / name: content for name, content in changed.items()})
    for name in sorted(changed):
        show(f"{root / name}\n")
    told = "told.files_would_change" if check else "told.files_changed"
    tell(counted(told, len(changed), of=len(files)))
    if changed and not check:
        tell(phrase("told.migrate.next"))
    return ExitCode.ERROR if check and changed else ExitCode.DONE
