"""`portalsync serve`: the reference portal, or the pages of the files that somebody edits; for this machine
only.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from portalsync.cache import Cache
from portalsync.cli.cache_options import cache_options
from portalsync.cli.embedded import embedded_database
from portalsync.cli.language import spoken, spoken_lexicon
from portalsync.cli.options import config_option, environment_option, offline_option
from portalsync.cli.output import tell
from portalsync.cli.program import Command
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import Whole
from portalsync.cli.workspace import environment_of, survey_config
from portalsync.config.discover import discover_network
from portalsync.editing.app import create_app as create_workbench
from portalsync.editing.files import EditedFiles
from portalsync.editing.portal import LivePortal
from portalsync.editing.watch import watching
from portalsync.editing.workbench import Workbench
from portalsync.errors import ExitCode, PortalsyncError
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
@click.option(
    "--files",
    is_flag=True,
    envvar="PORTALSYNC_SERVE_FILES",
)
@offline_option
@cache_options
def serve(  # noqa: PLR0913 - one parameter per option of the command line
    *, root: Path, environment: str | None, host: str, port: int, files: bool, offline: bool, cache: Cache
) -> int:
    if offline and not files:
        raise WrongUse(phrase("help.usage.portal-offline.message"), phrase("help.usage.portal-offline.hint"))
    if files:
        _serve_files(root, environment, host, port, cache, offline=offline)
    else:
        _serve_portal(root, environment, host, port)
    return ExitCode.DONE


def _serve_portal(root: Path, environment: str | None, host: str, port: int) -> None:
    known = survey_config(root)
    store = Store.open(embedded_database(known, root, environment), _now)
    try:
        store.seed(seed_of(known))
        listen(create_app(store, _now, spoken()), host, port, _announce)
    finally:
        store.close()


def _serve_files(  # noqa: PLR0913 - what the command line says
    root: Path, environment: str | None, host: str, port: int, cache: Cache, *, offline: bool
) -> None:
    """Whatever is wrong with the files stands on the page; but they have to be there."""

    def named(network: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
        try:
            return environment_of(network, environment)
        except WrongUse as error:  # somebody edits the environments
            raise PortalsyncError(error.diagnostic.message, error.diagnostic.hint) from error

    discover_network(root)
    edited = EditedFiles(root, _now, cache)
    workbench = Workbench(edited, LivePortal(root, named, offline=offline), _now, spoken_lexicon())
    with watching(root, edited.saved, edited.check):
        listen(create_workbench(workbench, spoken_lexicon()), host, port, _announce_files)


def _now() -> datetime:
    return datetime.now(UTC)


def _announce(address: str) -> None:
    tell(phrase("told.served", address=address))


def _announce_files(address: str) -> None:
    tell(phrase("told.served-files", address=address))
