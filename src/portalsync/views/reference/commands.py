"""Every command: usage, arguments, options with their variables; from the command line itself."""

from collections.abc import Iterator

import click

from portalsync.lexicon import Lexicon
from portalsync.views.command_help import CommandHelp
from portalsync.views.reference.markdown import code, fenced, page, table
from portalsync.views.reference.takes import one_of

_INTRO = """\
# Commands

Every option can be given as a variable; the option wins over it. A variable that starts with `PORTALSYNC_`
and that nobody reads is an error. `PORTALSYNC_TOKEN` has no option: it is the token for a portal that asks
for one, and a command line is seen by others. Results go to the standard output, everything else to the
standard error. How commands end: [exit codes](exit-codes.md).
"""


def commands(program: click.Group, lexicon: Lexicon) -> str:
    root = CommandHelp(click.Context(program, info_name="portalsync"), lexicon)
    found = sorted(_all(root), key=lambda each: each.context.command_path)
    index = table(
        ("command", "does"),
        ((f"[{code(_path(each))}](#{_path(each).replace(' ', '-')})", each.summary) for each in found),
    )
    return page(_INTRO, index, *(part for each in found for part in _command(each)))


def _all(told: CommandHelp) -> Iterator[CommandHelp]:
    for each in told.commands:
        if isinstance(each.context.command, click.Group):
            yield from _all(each)
        else:
            yield each


def _path(told: CommandHelp) -> str:
    return told.context.command_path


def _command(told: CommandHelp) -> Iterator[str]:
    yield f"## {_path(told)}"
    yield f"```text\n{_path(told)} {told.usage}\n```"
    yield told.text
    if told.epilog:
        yield fenced(told.epilog.replace("\b\n", ""), "text")
    yield table(("option", "variable", "meaning"), (_option(each, told) for each in told.own_options))


def _option(option: click.Option, told: CommandHelp) -> tuple[str, str, str]:
    plain = option.is_flag or isinstance(option.type, click.Choice)
    takes = "" if plain else f" {told.takes(option)}"
    shown = ", ".join(code(f"{name}{takes}") for name in option.opts)
    return shown, code(str(option.envvar)) if option.envvar else "", _meaning(option, told)


def _meaning(option: click.Option, told: CommandHelp) -> str:
    meaning = told.meaning(option)
    if isinstance(option.type, click.Choice):
        meaning = f"{one_of([str(each) for each in option.type.choices])}. {meaning}"
    default = option.get_default(told.context, call=False)
    if option.show_default and default is not None and not callable(default):
        meaning += f" Without it: {code(str(default))}."
    if "[default: " not in meaning:
        return meaning
    return meaning.replace("[default: ", "Without it: ").replace("]", ".")
