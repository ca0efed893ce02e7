"""`portalsync docs`: the reference pages, made from the code."""

from collections.abc import Mapping
from pathlib import Path

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.cli.outputs import FOLDER_OF_FILES_NOT_READ
from portalsync.cli.program import Command
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import FOLDER
from portalsync.errors import ExitCode, OutputFailed, PortalsyncError, reason
from portalsync.files import write_file
from portalsync.lexicon import Text, counted, phrase
from portalsync.views.published import published
from portalsync.views.reference import mark, reference


@click.command(cls=Command)
@click.option(
    "--write",
    "folder",
    type=FOLDER_OF_FILES_NOT_READ,
    envvar="PORTALSYNC_DOCS_WRITE",
)
@click.option(
    "--check",
    "checked",
    type=FOLDER,
    envvar="PORTALSYNC_DOCS_CHECK",
)
def docs(folder: Path | None, checked: Path | None) -> int:
    target = folder or checked
    if target is None or (folder and checked):
        raise WrongUse(phrase("help.usage.write-or-check.message"), phrase("help.usage.write-or-check.hint"))
    program = click.get_current_context().find_root().command
    assert isinstance(program, click.Group)  # noqa: S101 - for the types: the root is the program
    lexicon = spoken_lexicon()
    pages = reference(program, published(), lexicon)
    there = _there(target, mark(lexicon))
    if checked:
        _check(checked, pages, there)
        tell(phrase("told.docs.fresh", folder=str(checked)))
        return ExitCode.DONE
    for path, text in pages.items():
        write_file(target / path, text.encode())
    _remove(target, there.keys() - pages.keys())
    tell(counted("told.docs.written", len(pages), folder=str(target)))
    return ExitCode.DONE


def _there(folder: Path, mark: str) -> Mapping[str, str]:
    """The pages that this command wrote into a folder before."""
    try:
        texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    except OSError as error:
        raise _unreadable(folder, reason(error)) from error
    except UnicodeError as error:
        raise _unreadable(folder, phrase("errors.folder.unreadable.not-utf8")) from error
    return {
        path.relative_to(folder).as_posix(): text for path, text in texts.items() if text.startswith(mark)
    }


def _unreadable(folder: Path, why: Text) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.folder.unreadable.message", folder=str(folder), reason=why),
        phrase("errors.folder.unreadable.hint"),
    )


def _check(folder: Path, pages: Mapping[str, str], there: Mapping[str, str]) -> None:
    if stale := sorted(path for path in pages.keys() | there.keys() if pages.get(path) != there.get(path)):
        raise PortalsyncError(
            counted("errors.docs.stale.message", len(stale), folder=str(folder), pages=", ".join(stale)),
            phrase("errors.docs.stale.hint", folder=str(folder)),
        )


def _remove(folder: Path, paths: set[str]) -> None:
    for path in paths:
        try:
            (folder / path).unlink()
        except OSError as error:
            told = phrase("errors.file.not-removed.message", file=str(folder / path), reason=reason(error))
            raise OutputFailed(told) from error
