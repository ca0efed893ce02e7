"""Results to stdout and to files; a file is whole or it is not there."""

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from portalsync.cli.terminal import Terminal
from portalsync.errors import OutputFailed

if TYPE_CHECKING:
    from portalsync.diagnostics import Diagnostic
    from portalsync.views.report import Report


def show(text: str | bytes, *, color: bool = False) -> None:
    """A result, to stdout. Where nobody reads it any more (`| head`), the command still does its work."""
    try:
        click.echo(text, nl=False, color=color)
    except BrokenPipeError:
        nobody_reads(sys.stdout)
    except OSError as error:
        nobody_reads(sys.stdout)
        raise OutputFailed(f"the result could not be written: {error.strerror}") from error


def tell(message: str, *, color: bool = False) -> None:
    """Narration: to stderr, so that results can be piped."""
    try:
        click.echo(message, err=True, color=color)
    except OSError:
        nobody_reads(sys.stderr)


def nobody_reads(stream: TextIO) -> None:
    """Whatever is still in the stream would fail again when Python ends: let it go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def show_findings(findings: "Sequence[Diagnostic]", stream: TextIO) -> None:
    """Findings with the lines they are about, as text."""
    from portalsync.views.problems import render_problems

    terminal = Terminal.of(stream)
    text = render_problems(findings, color=terminal.color)
    if stream is sys.stdout:
        show(text, color=terminal.color)
    else:
        tell(text.removesuffix("\n"), color=terminal.color)


def counted(number: int, noun: str) -> str:
    """`1 firm`, `2 firms`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def print_report(report: "Report", form: str) -> None:
    """A report in one of the formats for people."""
    from portalsync.views.markdown import render_markdown
    from portalsync.views.text import render_text

    if form == "markdown":
        show(render_markdown(report))
        return
    terminal = Terminal.of(sys.stdout)
    show(render_text(report, color=terminal.color, width=terminal.width), color=terminal.color)


def write_file(path: Path, content: bytes) -> None:
    """Replace a file at once, durably. OutputFailed leaves the old one as it was."""
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            target.write_bytes(content)  # a pipe or a device: never to be replaced by a file
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)
    except OSError as error:
        raise OutputFailed(
            f"{path} could not be written: {error.strerror}", "Nothing was replaced."
        ) from error


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
