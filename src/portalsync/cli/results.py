"""Plans, receipts, drift and findings, in the format that was asked for: to a stream, and into files."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import show, show_paged, tell
from portalsync.cli.terminal import Terminal, turns_pages
from portalsync.cli.values import Target
from portalsync.errors import OutputFailed
from portalsync.files import write_file
from portalsync.views.format import Format, Result
from portalsync.views.formats import FORMATS, RESULTS, TERMINAL
from portalsync.views.screen import Screen


def print_result(result: Result, form: Format, *, paged: bool = False) -> None:
    """A plan, a receipt or drift in a format; `paged` where people read it who may turn pages."""
    terminal = Terminal.of(sys.stdout)
    pieces = form.of_result(result, spoken_lexicon(), terminal)
    if paged and form.is_for_terminals and turns_pages():  # a pager takes it whole
        show_paged("".join(pieces), color=terminal.color)
        return
    for piece in pieces:
        show(piece, color=terminal.color)


def tell_result(result: Result) -> None:
    """The same as narration, where stdout is kept for a result in another format."""
    terminal = Terminal.of(sys.stderr)
    text = "".join(FORMATS[TERMINAL].of_result(result, spoken_lexicon(), terminal))
    tell(text.removesuffix("\n"), color=terminal.color)


def save_result(targets: Sequence[Target], result: Result) -> None:
    """A plan, a receipt or drift into each file, in its format."""
    save(targets, lambda form: RESULTS[form].of_result(result, spoken_lexicon(), Screen()))


def save(targets: Sequence[Target], rendered: Callable[[str], Iterable[str]]) -> None:
    """A text into each file; `rendered` makes it by the name of the file's format."""
    _write_all(
        [
            (target.path, (piece.encode("utf-8", "backslashreplace") for piece in rendered(target.form)))
            for target in targets
        ]
    )


def _write_all(files: Iterable[tuple[Path, Iterable[bytes]]]) -> None:
    """Each file that can be written; then OutputFailed for the first that could not."""
    failures: list[OutputFailed] = []
    for path, content in files:
        try:
            write_file(path, content)
        except OutputFailed as error:
            failures.append(error)
    if failures:
        raise failures[0]
