"""`portalsync fmt`: config files in their one look, comments and all."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import config_option
from portalsync.cli.output import show, tell
from portalsync.cli.program import Command
from portalsync.cli.terminal import Terminal
from portalsync.cli.values import PATH
from portalsync.config.discover import discover
from portalsync.config.format import formatted
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.errors import ExitCode, InvalidConfig
from portalsync.files import read_file, write_file
from portalsync.lexicon import counted
from portalsync.views.unified import unified
from portalsync.visible import visible

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


@click.command(cls=Command)
@click.argument("files", nargs=-1, type=PATH, metavar="files")
@config_option
@click.option(
    "--check",
    is_flag=True,
    envvar="PORTALSYNC_FMT_CHECK",
)
def fmt(*, files: tuple[Path, ...], root: Path, check: bool) -> int:
    contents = _named(files) if files else _all(root)
    changed = _changed(contents)
    if not check:
        for path, content in changed.items():
            write_file(path, content)
        tell(counted("told.files_changed", len(changed), of=len(contents)))
        return ExitCode.DONE
    for path, content in changed.items():
        _show_difference(path, contents[path], content)
    tell(counted("told.files_would_change", len(changed), of=len(contents)))
    return ExitCode.ERROR if changed else ExitCode.DONE


def _named(files: tuple[Path, ...]) -> Mapping[Path, bytes]:
    return {path: read_file(path, MAX_BYTES) for path in files}


def _all(root: Path) -> Mapping[Path, bytes]:
    with findings_in(root):
        return {root / file.name: file.read() for file in discover(root).files}


def _changed(contents: Mapping[Path, bytes]) -> Mapping[Path, bytes]:
    """The files that have another look. InvalidConfig with all findings if one cannot be read."""
    found: dict[Path, bytes] = {}
    refusals: list[InvalidConfig] = []
    for path, content in contents.items():
        try:
            found[path] = formatted(content, str(path))
        except InvalidConfig as refusal:
            refusals.append(refusal)
    if refusals:
        raise InvalidConfig([finding for refusal in refusals for finding in refusal.diagnostics])
    return {path: content for path, content in found.items() if content != contents[path]}


def _show_difference(path: Path, before: bytes, after: bytes) -> None:
    terminal = Terminal.of(sys.stdout)
    name = visible(str(path))
    for line in unified([*_lines(before)], [*_lines(after)], name, name):
        style = {} if line.startswith(("+++", "---")) else {"fg": _STYLES.get(line[0])}
        show(terminal.style(line, **style) + "\n", color=terminal.color)


def _lines(content: bytes) -> Iterator[str]:
    """The lines, with signs for what would not be seen: blanks at the end, line ends of their own."""
    text = content.decode()
    for line in text.removesuffix("\n").split("\n"):
        kept = line.rstrip(" \t\r")
        yield visible(kept) + line[len(kept) :].replace(" ", "·").replace("\t", "→").replace("\r", "␍")
    if not text.endswith("\n"):
        yield f"\\ {spoken_lexicon()('told.no-line-break')}"
