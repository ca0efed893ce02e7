"""The manual page: everything that --help says, and a formatter finds nothing wrong with it."""

import subprocess

import click
import pytest
from tests.cli.conftest import Cli

from portalsync.cli import program
from portalsync.cli.commands.man import page
from portalsync.errors import ExitCode
from portalsync.lexicon import Lexicon, lexicon_of
from portalsync.views.command_help import CommandHelp


def formatted(page: str, width: int) -> str:
    """The page as a terminal of this width shows it, with all warnings as errors."""
    command = ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", f"-rLL={width}n", "-P-cbou"]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    return done.stdout


def options() -> list[click.Option]:
    commands = [each for each in program.commands.values() if not each.hidden]
    return [each for command in commands for each in command.params if isinstance(each, click.Option)]


@pytest.mark.groff
@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize(
    ("language", "summary"),
    [("en", "Client portals of accounting firms as code"), ("de", "Mandantenportale von Kanzleien als Code")],
)
def test_formats_without_a_warning_at_every_width(
    cli: Cli, language: str, summary: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", language)
    shown = formatted(cli("man").out, width)
    examples = [line for line in shown.splitlines() if "portalsync" in line]
    assert max(len(line) for line in shown.splitlines() if line not in examples) <= width
    assert f"portalsync - {summary}" in " ".join(shown.split())


@pytest.mark.groff
def test_names_every_command_option_variable_and_exit_code(cli: Cli) -> None:
    shown = " ".join(formatted(cli("man").out, 100).split())
    for name in program.commands:
        assert f"portalsync {name} " in shown
    for option in options():
        assert all(name in shown for name in option.opts)
        assert not isinstance(option.envvar, str) or f"Variable: {option.envvar}" in shown
    for code in ExitCode:
        assert f"{code.value} {code.meaning}" in shown


def test_is_the_same_every_time(cli: Cli) -> None:
    assert cli("man").out == cli("man").out


@pytest.mark.groff
def test_text_never_becomes_a_request() -> None:
    hostile = {"summary": ".so /etc/passwd", "more": "'br \\fBx\\*(Aq -- end"}
    words = {f"help.commands.validate.{name}": text for name, text in hostile.items()}
    told = CommandHelp(click.Context(program), Lexicon("en", {**lexicon_of("en").messages, **words}))
    shown = formatted("\n".join([*page(told), ""]), 80)
    assert ".so /etc/passwd" in shown
    assert "'br \\fBx\\*(Aq -- end" in shown
