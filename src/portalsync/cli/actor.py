"""`--actor`: who is named in the portal's history."""

import getpass

import click

from portalsync.cli.usage import BadValue
from portalsync.lexicon import phrase
from portalsync.wire import LONGEST_LINE


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # ImportError where no system keeps users
        return "unknown"


def _one_line(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    if not name.isprintable() or not 0 < len(name.strip()) <= LONGEST_LINE:
        raise BadValue(phrase("help.value.actor", most=LONGEST_LINE))
    return name


actor_option = click.option(
    "--actor",
    default=_user,
    callback=_one_line,
    envvar="PORTALSYNC_ACTOR",
)
