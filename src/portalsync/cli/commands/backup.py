"""`portalsync backup`: the embedded portal in one file, also while it runs."""

from pathlib import Path

import click

from portalsync.cli.embedded import embedded_database
from portalsync.cli.loaded import load_config
from portalsync.cli.options import config_option, environment_option
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.program import Command
from portalsync.errors import ExitCode
from portalsync.lexicon import counted, phrase, quoted
from portalsync.moments import moment
from portalsync.server.backup import Inventory, back_up


@click.command(cls=Command)
@click.argument("file", type=OUTPUT_FILE)
@config_option
@environment_option
def backup(file: Path, root: Path, environment: str | None) -> int:
    # Which firms the files name is no matter here.
    database = embedded_database(load_config(root, frozenset()), root, environment)
    inventory = back_up(database, file)
    tell_inventory("told.backed-up", file, inventory)
    return ExitCode.DONE


def tell_inventory(what: str, file: Path, inventory: Inventory) -> None:
    for firm in inventory.broken:
        tell(phrase("told.broken-trail", firm=quoted(firm)))
    firms = counted("told.firms", inventory.firms)
    changed = moment(inventory.changed) if inventory.changed else phrase("told.never")
    tell(phrase(what, file=str(file), firms=firms, at=changed))
