"""Every command: usage, arguments, options with their variables; from the command line itself."""

import inspect
from collections.abc import Iterator

import click

from portalsync.views.reference.markdown import code, fenced, page, table
from portalsync.views.reference.takes import one_of

_INTRO = """\
# Commands

Every option can be given as a variable; the option wins over it. A variable that starts with `PORTALSYNC_`
and that nobody reads is an error. `PORTALSYNC_TOKEN` has no option: it is the token for a portal that asks
for one, and a command line is seen by others. Results go to the standard output, everything else to the
standard error. How commands end: [exit codes](exit-codes.md).
"""


def commands(program: click.Group) -> str:
    found = sorted(_all(program, "portalsync"), key=lambda each: each[0])
    index = table(
        ("command", "does"),
        ((f"[{code(name)}](#{name.replace(' ', '-')})", _first_line(command)) for name, command in found),
    )
    return page(_INTRO, index, *(part for name, command in found for part in _command(name, command)))


def _all(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from _all(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def _first_line(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").split("\n\n")[0].replace("\n", " ")


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield f"## {name}"
    yield f"```text\n{' '.join([name, *command.collect_usage_pieces(context)])}\n```"
    yield inspect.cleandoc(command.help or "").replace("\b\n", "")
    if command.epilog:
        yield fenced(inspect.cleandoc(command.epilog).replace("\b\n", ""), "text")
    options = [each for each in command.params if isinstance(each, click.Option) and not each.hidden]
    yield table(("option", "variable", "meaning"), (_option(each, context) for each in options))


def _option(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    names = [*option.opts, *option.secondary_opts]
    plain = option.is_flag or option.count or isinstance(option.type, click.Choice)
    takes = "" if plain else f" {option.make_metavar(context)}"
    shown = ", ".join(code(f"{name}{takes}") for name in names)
    return shown, code(str(option.envvar)) if option.envvar else "", _meaning(option, context)


def _meaning(option: click.Option, context: click.Context) -> str:
    told = (option.help or "").strip()
    if isinstance(option.type, click.Choice):
        told = f"{one_of([str(each) for each in option.type.choices])}. {told}"
    default = option.get_default(context, call=False)
    if option.show_default and default is not None and not callable(default):
        told += f" Without it: {code(str(default))}."
    return told.replace("[default: ", "Without it: ").replace("]", ".") if "[default: " in told else told
