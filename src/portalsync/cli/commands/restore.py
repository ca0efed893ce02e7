"""`portalsync restore`: the embedded portal as a backup has it, in a new epoch."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import click

from portalsync.cli.ask import agreed
from portalsync.cli.commands.backup import tell_inventory
from portalsync.cli.embedded import embedded_database
from portalsync.cli.loaded import load_config
from portalsync.cli.options import config_option, environment_option, yes_option
from portalsync.cli.output import tell
from portalsync.cli.program import Command
from portalsync.cli.values import PATH
from portalsync.errors import ExitCode
from portalsync.lexicon import phrase
from portalsync.server.backup import inventory_of
from portalsync.server.backup import restore as put_back


@click.command(cls=Command)
@click.argument("file", type=PATH)
@config_option
@environment_option
@yes_option
def restore(file: Path, root: Path, environment: str | None, *, yes: bool) -> int:
    database = embedded_database(load_config(root, frozenset()), root, environment)
    inventory = inventory_of(file)
    tell_inventory("told.backup", file, inventory)
    question = phrase("told.restore-asks", database=str(database))
    if not yes and not agreed(question, phrase("help.usage.add-yes")):
        tell(phrase("told.not-restored"))
        return ExitCode.DONE
    aside = put_back(file, database, str(uuid.uuid4()), datetime.now(UTC))
    tell(phrase("told.restored", database=str(database)))
    if aside is not None:
        tell(phrase("told.kept-aside", file=str(aside)))
    return ExitCode.DONE
