"""`PORTALSYNC_*` variables: one for every option, two without an option, and none that nobody reads."""

import os
from collections.abc import Iterator

import click

from portalsync.backend.access import VARIABLE
from portalsync.cli.usage import WrongUse, meant
from portalsync.lexicon import phrase

PREFIX = "PORTALSYNC_"
DEBUG = "PORTALSYNC_DEBUG"


def check_variables(group: click.Group) -> None:
    """WrongUse for a variable that nobody reads: a misspelt one must not be ignored."""
    known = {DEBUG, VARIABLE, *_variables(group)}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            unset = phrase("help.usage.unknown-variable.hint")
            raise WrongUse(
                phrase("help.usage.unknown-variable.message", name=name), meant(name, known, unset)
            )


def _variables(group: click.Group) -> Iterator[str]:
    for command in group.commands.values():
        for parameter in command.params:
            if isinstance(parameter.envvar, str):
                yield parameter.envvar
