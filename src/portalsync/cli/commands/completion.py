"""`portalsync completion`: commands, options and names with the Tab key."""

import click
from click.shell_completion import get_completion_class

from portalsync.cli.output import show
from portalsync.cli.program import Command
from portalsync.cli.values import Choice
from portalsync.errors import ExitCode

_VARIABLE = "_PORTALSYNC_COMPLETE"
"""Where the shell's script says that it asks for completions; click reads it."""

EPILOG = """\b
{title}:
  portalsync completion bash > ~/.local/share/bash-completion/completions/portalsync
  portalsync completion fish > ~/.config/fish/completions/portalsync.fish
  portalsync completion zsh > ~/.zfunc/_portalsync

{zsh}
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("shell", type=Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> int:
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - click knows all three
    program = click.get_current_context().find_root().command
    script = found(program, {}, "portalsync", _VARIABLE)
    show(script.source_template % script.source_vars())
    return ExitCode.DONE
