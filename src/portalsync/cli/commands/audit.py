"""`portalsync audit`: what an embedded portal keeps of its firms. `verify` makes it anew and compares."""

from pathlib import Path

import click

from portalsync.cli.embedded import embedded_database
from portalsync.cli.loaded import load_config
from portalsync.cli.options import config_option, environment_option, format_option
from portalsync.cli.program import Command, Program
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result
from portalsync.cli.workspace import environment_of
from portalsync.errors import ExitCode
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.server.verified import verified
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.audit import word_verification


@click.group(cls=Program)
def audit() -> None: ...


@audit.command(cls=Command)
@config_option
@environment_option
@format_option(*RESULTS)
def verify(*, root: Path, environment: str | None, form: str) -> int:
    # Which firms the files name is no matter here.
    known = load_config(root, frozenset())
    name, _ = environment_of(known.network, environment)
    database = embedded_database(known, root, environment)
    with progress("told.verifying") as watch:
        found = verified(database, name, watch)
    body = (canonical(encode(found)), b"\n")
    print_result(Result(lambda: word_verification(found), lambda: body), RESULTS[form])
    return ExitCode.ERROR if found.broken else ExitCode.DONE
