"""Results to stdout and to files, narration to stderr."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.terminal import Terminal
from portalsync.errors import OutputFailed, reason
from portalsync.files import write_file
from portalsync.lexicon import Text, phrase

if TYPE_CHECKING:
    from portalsync.cli.values import Target
    from portalsync.diagnostics import Diagnostic
    from portalsync.views.format import Format, Result


def show(text: str | bytes, *, color: bool = False) -> None:
    """A result, to stdout; no line of it is a command to a runner that reads along."""
    from portalsync.visible import inert

    _put(inert(text) if isinstance(text, str) else inert(text.decode()).encode(), color=color)


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
    from portalsync.visible import inert

    try:
        click.echo(inert(spoken_lexicon().say(message)), err=True, color=color)
    except OSError:
        nobody_reads(sys.stderr)


def nobody_reads(stream: TextIO) -> None:
    """Whatever is still in the stream would fail again when Python ends: let it go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def tell_findings(findings: "Sequence[Diagnostic]") -> None:
    """Findings as narration, with the lines they are about."""
    from portalsync.views.formats import TERMINAL

    terminal = Terminal.of(sys.stderr)
    tell(TERMINAL.of_findings(findings, spoken_lexicon(), terminal).removesuffix("\n"), color=terminal.color)


def print_result(result: "Result", form: "Format") -> None:
    """A plan, a receipt or drift in a format."""
    terminal = Terminal.of(sys.stdout)
    show(form.of_result(result, spoken_lexicon(), terminal), color=terminal.color)


def tell_result(result: "Result") -> None:
    """The same as narration, where stdout is kept for a result in another format."""
    from portalsync.views.formats import TERMINAL

    terminal = Terminal.of(sys.stderr)
    tell(TERMINAL.of_result(result, spoken_lexicon(), terminal).removesuffix("\n"), color=terminal.color)


def save_result(targets: "Sequence[Target]", result: "Result") -> None:
    """A plan, a receipt or drift into each file, in its format."""
    from portalsync.views.format import Screen
    from portalsync.views.formats import RESULTS

    save(targets, lambda form: RESULTS[form].of_result(result, spoken_lexicon(), Screen()))


def save(targets: "Sequence[Target]", rendered: Callable[[str], str]) -> None:
    """A text into each file; `rendered` makes it by the name of the file's format."""
    _write_all(
        [(target.path, rendered(target.form).encode("utf-8", "backslashreplace")) for target in targets]
    )


def _write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Each file that can be written; then OutputFailed for the first that could not."""
    failures: list[OutputFailed] = []
    for path, content in files:
        try:
            write_file(path, content)
        except OutputFailed as error:
            failures.append(error)
    if failures:
        raise failures[0]
