"""`PORTALSYNC_*` variables: one for every option, two without an option, and none that nobody reads."""

import difflib
import os
from collections.abc import Iterator

import click

from portalsync.backend.access import VARIABLE

PREFIX = "PORTALSYNC_"
DEBUG = "PORTALSYNC_DEBUG"


def check_variables(group: click.Group) -> None:
    """UsageError for a variable that nobody reads: a misspelt one must not be ignored."""
    known = {DEBUG, VARIABLE, *_variables(group)}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"The variable {name} is not known.{hint}")


def _variables(group: click.Group) -> Iterator[str]:
    for command in group.commands.values():
        for parameter in command.params:
            if isinstance(parameter.envvar, str):
                yield parameter.envvar
