"""`PORTALSYNC_*` variables: one for every option, three without an option, and none that nobody reads."""

import os
from collections.abc import Iterator

import click

from portalsync.backend.access import VARIABLES
from portalsync.cli.usage import WrongUse
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean

PREFIX = "PORTALSYNC_"
DEBUG = "PORTALSYNC_DEBUG"


def check_variables(group: click.Group, running: str | None) -> None:
    """WrongUse for a variable that nobody reads: a misspelt one must not be ignored. The running command
    is asked first, because asking another means to load it.
    """
    given = {name for name in os.environ if name.startswith(PREFIX)}
    known = {DEBUG, *VARIABLES}
    for name in sorted(group.commands, key=lambda each: each != running):
        if given <= known:
            return
        known.update(_variables(group.commands[name]))
    for name in sorted(given - known):
        unset = phrase("help.usage.unknown-variable.hint")
        raise WrongUse(
            phrase("help.usage.unknown-variable.message", name=name), did_you_mean(name, known) or unset
        )


def _variables(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter.envvar, str):
            yield parameter.envvar
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from _variables(each)
