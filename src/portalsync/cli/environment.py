"""`PORTALSYNC_*` variables: one for every option, and none that nobody reads."""

import difflib
import os
from collections.abc import Iterator

import click

PREFIX = "PORTALSYNC_"
_DEBUG = "PORTALSYNC_DEBUG"


def check_variables(group: click.Group) -> None:
    """UsageError for a variable that no option reads: a misspelt one must not be ignored."""
    known = {_DEBUG, *_variables(group)}
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
