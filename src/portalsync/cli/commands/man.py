"""`portalsync man`: the manual page, from the same definitions and words as --help."""

from collections.abc import Iterator

import click

from portalsync import __version__
from portalsync.backend.access import VARIABLES
from portalsync.cli.environment import DEBUG
from portalsync.cli.output import show
from portalsync.cli.program import Command, help_of
from portalsync.errors import ExitCode
from portalsync.lexicon import Lexicon
from portalsync.views.command_help import CommandHelp

_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", *VARIABLES, DEBUG)
"""Those that belong to no option."""


@click.command(cls=Command)
def man() -> int:
    program = click.get_current_context().find_root().command
    show("\n".join([*page(help_of(click.Context(program, info_name="portalsync"))), ""]))
    return ExitCode.DONE


def page(program: CommandHelp) -> Iterator[str]:
    lexicon = program.lexicon
    yield f'.TH PORTALSYNC 1 "" "portalsync {__version__}" "{lexicon("help.man.section")}"'
    yield from (".nh", ".ad l")  # no hyphens but those that are meant, and no stretched lines
    yield f".SH {lexicon('help.man.name')}"
    yield rf"portalsync \- {_plain(program.summary).rstrip('.')}"
    yield f".SH {lexicon('help.man.synopsis')}"
    yield _usage(program)
    yield f".SH {lexicon('help.man.description')}"
    yield from _paragraphs(program.text)
    yield from _options(program)
    yield f".SH {lexicon('help.man.commands')}"
    yield from _commands(program)
    yield from _surroundings(lexicon)
    yield f".SH {lexicon('help.man.examples')}"
    title = lexicon("help.commands.portalsync.examples.title")
    yield from _paragraphs(program.epilog.replace(f"{title}:\n", ""))


def _surroundings(lexicon: Lexicon) -> Iterator[str]:
    """How commands end, and which variables they follow."""
    yield f".SH {lexicon('help.man.exit-status')}"
    for code in ExitCode:
        yield from _tagged(str(code.value), lexicon.say(code.meaning))
    yield f".SH {lexicon('help.man.environment')}"
    yield lexicon("help.man.variables")
    for name in _VARIABLES:
        yield from _tagged(name, lexicon(f"help.man.variables-of-others.{name}"))


def _commands(program: CommandHelp) -> Iterator[str]:
    """A section for each command, one for each command of a group."""
    for told in program.commands:
        if told.commands:
            yield from _commands(told)
            continue
        yield f".SS {_plain(told.context.command_path)}"
        yield _usage(told)
        yield from _paragraphs(told.text)
        yield from _options(told)
        yield from _paragraphs(told.epilog)


def _usage(told: CommandHelp) -> str:
    return f"\\fB{_plain(told.context.command_path)}\\fR {_plain(told.usage)}"


def _options(told: CommandHelp) -> Iterator[str]:
    for option in told.own_options:
        yield from _tagged(told.names(option), told.described(option))
        if option.envvar:
            yield ".br"
            yield told.lexicon("help.man.variable", name=_plain(str(option.envvar)))


def _tagged(tag: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_plain(tag)}\\fR"
    yield _plain(text)


def _paragraphs(text: str) -> Iterator[str]:
    r"""Paragraphs; those that begin with \b, as everywhere in click, keep their lines."""
    for paragraph in filter(None, text.split("\n\n")):
        lines = paragraph.split("\n")
        yield ".PP"
        if lines[0] == "\b":
            yield ".nf"
            yield from map(_plain, lines[1:])
            yield ".fi"
        else:
            yield _plain(" ".join(lines))


def _plain(text: str) -> str:
    """Text that no formatter takes for a request, and whose hyphens can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
