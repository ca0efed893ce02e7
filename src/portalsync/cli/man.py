"""`portalsync man`: the manual page, from the same definitions as --help."""

import inspect
from collections.abc import Iterator

import click

from portalsync import __version__
from portalsync.backend.access import VARIABLE
from portalsync.cli.environment import DEBUG
from portalsync.cli.output import show
from portalsync.errors import ExitCode

_ENVIRONMENT = {
    "NO_COLOR": "Not empty: no colours.",
    "FORCE_COLOR": "Not empty: colours, also where nobody seems to look. NO_COLOR wins.",
    "TERM": "With dumb: no colours and no progress.",
    VARIABLE: "The token for a portal that asks for one. There is no option for it.",
    DEBUG: "With 1: a bug in portalsync also prints where it happened.",
}


@click.command()
def man() -> int:
    """Print the manual page, for man -l or a folder of manual pages."""
    program = click.get_current_context().find_root().command
    show("\n".join([*_page(program), ""]))
    return ExitCode.DONE


def _page(program: click.Command) -> Iterator[str]:
    context = _context(program, "portalsync")
    yield f'.TH PORTALSYNC 1 "" "portalsync {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # no hyphens but those that are meant, and no stretched lines
    yield ".SH NAME"
    yield rf"portalsync \- {_plain(_first_line(program)).rstrip('.')}"
    yield ".SH SYNOPSIS"
    yield _usage(context)
    yield ".SH DESCRIPTION"
    yield from _paragraphs(inspect.cleandoc(program.help or ""))
    yield from _options(context)
    yield ".SH COMMANDS"
    yield from _commands(context)
    yield ".SH EXIT STATUS"
    for code in ExitCode:
        yield from _tagged(str(code.value), code.meaning)
    yield ".SH ENVIRONMENT"
    yield "Each option of a command can be given as the variable that is named with it; the option wins."
    for name, meaning in _ENVIRONMENT.items():
        yield from _tagged(name, meaning)
    yield ".SH EXAMPLES"
    yield from _paragraphs(inspect.cleandoc(program.epilog or "").replace("Examples:\n", ""))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(command, info_name=name, parent=parent)


def _commands(parent: click.Context) -> Iterator[str]:
    """A section for each command, one for each command of a group."""
    assert isinstance(parent.command, click.Group)  # noqa: S101 - only groups come here
    for name, command in parent.command.commands.items():
        context = _context(command, name, parent)
        if command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from _commands(context)
            continue
        yield f".SS {_plain(context.command_path)}"
        yield _usage(context)
        yield from _paragraphs(inspect.cleandoc(command.help or ""))
        yield from _options(context)
        yield from _paragraphs(inspect.cleandoc(command.epilog or ""))


def _usage(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f"\\fB{_plain(context.command_path)}\\fR {_plain(pieces)}"


def _options(context: click.Context) -> Iterator[str]:
    for parameter in context.command.params:
        names, meaning = parameter.get_help_record(context) or ("", "")
        if meaning:
            yield from _tagged(names, meaning)
            if isinstance(parameter.envvar, str):
                yield ".br"
                yield f"Variable: {_plain(parameter.envvar)}"


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


def _first_line(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").split("\n")[0]


def _plain(text: str) -> str:
    """Text that no formatter takes for a request, and whose hyphens can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
