"""Results to stdout and to files; a file is whole or it is not there."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalsync.cli.terminal import Terminal
from portalsync.errors import OutputFailed

if TYPE_CHECKING:
    from portalsync.views.report import Report


def print_report(report: "Report", form: str) -> None:
    """A report in one of the formats for people."""
    from portalsync.views.markdown import render_markdown
    from portalsync.views.text import render_text

    if form == "markdown":
        click.echo(render_markdown(report), nl=False)
        return
    terminal = Terminal.of(sys.stdout)
    click.echo(
        render_text(report, color=terminal.color, width=terminal.width), nl=False, color=terminal.color
    )


def tell(message: str) -> None:
    """Narration: to stderr, so that results can be piped."""
    click.echo(message, err=True)


def write_file(path: Path, content: bytes) -> None:
    """Replace a file at once, durably. OutputFailed leaves the old one as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _failed(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> OutputFailed:
    return OutputFailed(f"{path} could not be written: {error.strerror}", "Nothing was replaced.")
