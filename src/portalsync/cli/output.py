"""Results to stdout and to files, narration to stderr."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.terminal import Terminal, is_high, turns_pages
from portalsync.diagnostics import Diagnostic, capped
from portalsync.errors import OutputFailed, reason
from portalsync.lexicon import Text, phrase
from portalsync.views.problems import problem, render_problems
from portalsync.visible import inert, visible_lines


def show(text: str | bytes, *, color: bool = False) -> None:
    """A result, to stdout; no line of it is a command to a runner that reads along."""
    _put(inert(text) if isinstance(text, str) else inert(text.decode()).encode(), color=color)


def show_paged(text: str, *, color: bool = False) -> None:
    """The same, in the reader's pager if they sit at a terminal that it does not fit on."""
    if turns_pages() and is_high(text):
        click.echo_via_pager(inert(text))  # click knows whether the pager shows colour
    else:
        show(text, color=color)


def show_commands(lines: str) -> None:
    """Commands to a runner, which are meant as such."""
    _put(lines)


def _put(text: str | bytes, *, color: bool = False) -> None:
    """Where nobody reads it any more (`| head`), the command still does its work."""
    try:
        click.echo(text, nl=False, color=color)
    except BrokenPipeError:
        nobody_reads(sys.stdout)
    except OSError as error:
        nobody_reads(sys.stdout)
        raise OutputFailed(phrase("errors.result.not-written.message", reason=reason(error))) from error


def tell(message: Text, *, color: bool = False) -> None:
    """Narration in the reader's language: to stderr, so that results can be piped."""
    try:
        click.echo(inert(spoken_lexicon().say(message)), err=True, color=color)
    except OSError:
        nobody_reads(sys.stderr)


def tell_lines(message: Text) -> None:
    """The same where there may be texts of several lines in it, to be copied: nothing in them acts."""
    tell(visible_lines(spoken_lexicon().say(message)))


def nobody_reads(stream: TextIO) -> None:
    """Whatever is still in the stream would fail again when Python ends: let it go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def tell_diagnostic(diagnostic: Diagnostic) -> None:
    """Why a command fails."""
    color = Terminal.of(sys.stderr).color
    tell("\n".join(problem(diagnostic, spoken_lexicon(), color=color)), color=color)


def tell_findings(findings: Sequence[Diagnostic]) -> None:
    """Findings as narration, with the lines they are about."""
    terminal = Terminal.of(sys.stderr)
    tell(
        render_problems(capped(findings), spoken_lexicon(), color=terminal.color).removesuffix("\n"),
        color=terminal.color,
    )
