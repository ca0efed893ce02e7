"""`portalsync serve`: the reference portal, for this machine only."""

from datetime import UTC, datetime
from pathlib import Path

import click

from portalsync.cli.embedded import embedded_database
from portalsync.cli.language import spoken
from portalsync.cli.options import config_option, environment_option
from portalsync.cli.output import tell
from portalsync.cli.program import Command
from portalsync.cli.values import Whole
from portalsync.cli.workspace import survey_config
from portalsync.errors import ExitCode
from portalsync.lexicon import phrase
from portalsync.pipeline.load import seed_of
from portalsync.server.app import create_app
from portalsync.server.serve import serve as listen
from portalsync.server.store import Store


@click.command(cls=Command)
@config_option
@environment_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="PORTALSYNC_HOST",
)
@click.option(
    "--port",
    type=Whole(),
    default=8765,
    show_default=True,
    envvar="PORTALSYNC_PORT",
)
def serve(root: Path, environment: str | None, host: str, port: int) -> int:
    known = survey_config(root)
    store = Store.open(embedded_database(known, root, environment), _now)
    try:
        store.seed(seed_of(known))
        listen(create_app(store, _now, spoken()), host, port, _announce)
    finally:
        store.close()
    return ExitCode.DONE


def _now() -> datetime:
    return datetime.now(UTC)


def _announce(address: str) -> None:
    tell(phrase("told.served", address=address))
