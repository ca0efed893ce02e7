"""Every command: usage, arguments, options with their variables; from the command line itself."""

import re
from collections.abc import Iterator

import click

from portalsync.lexicon import Lexicon
from portalsync.views.command_help import CommandHelp
from portalsync.views.reference.markdown import code, fenced, page, table
from portalsync.views.reference.takes import one_of

_SPOKEN_DEFAULT = re.compile(r"\[(?:default|Standard): (.*?)\]")
"""How `--help` tells a default that is no plain value."""


def commands(program: click.Group, lexicon: Lexicon) -> str:
    root = CommandHelp(click.Context(program, info_name="portalsync"), lexicon)
    found = sorted(_all(root), key=lambda each: each.context.command_path)
    index = table(
        (lexicon("reference.commands.command"), lexicon("reference.commands.does")),
        ((f"[{code(_path(each))}](#{_path(each).replace(' ', '-')})", each.summary) for each in found),
    )
    exits = f"[{lexicon('reference.commands.exits')}](exit-codes.md)"
    intro = f"# {lexicon('reference.commands.title')}\n\n{lexicon('reference.commands.body', exits=exits)}"
    return page(intro, index, *(part for each in found for part in _command(each)))


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
    head = (
        told.lexicon("reference.commands.option"),
        told.lexicon("reference.commands.variable"),
        told.lexicon("reference.exits.meaning"),
    )
    yield table(head, (_option(each, told) for each in told.own_options))


def _option(option: click.Option, told: CommandHelp) -> tuple[str, str, str]:
    plain = option.is_flag or isinstance(option.type, click.Choice)
    takes = "" if plain else f" {told.takes(option)}"
    shown = ", ".join(code(f"{name}{takes}") for name in option.opts)
    return shown, code(str(option.envvar)) if option.envvar else "", _meaning(option, told)


def _meaning(option: click.Option, told: CommandHelp) -> str:
    meaning = told.meaning(option)
    if isinstance(option.type, click.Choice):
        meaning = f"{one_of([str(each) for each in option.type.choices], told.lexicon)}. {meaning}"
    default = option.get_default(told.context, call=False)
    if option.show_default and default is not None and not callable(default):
        meaning += f" {told.lexicon('reference.commands.default', value=code(str(default)))}"
    return _SPOKEN_DEFAULT.sub(lambda it: told.lexicon("reference.commands.default", value=it[1]), meaning)
