"""`portalsync schema`: the JSON Schemas, for editors and for the repository."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from portalsync.cli.language import words
from portalsync.cli.options import config_option
from portalsync.cli.output import show, tell, write_file
from portalsync.errors import ExitCode, PortalsyncError
from portalsync.lexicon import counted, phrase

KINDS = ("network", "defaults", "group", "firm", "persona", "facts")
_SETTINGS = Path(".vscode/settings.json")
_LARGEST = 1024 * 1024


@click.command()
@click.option("--kind", type=click.Choice(KINDS), envvar="PORTALSYNC_KIND", help="Print this schema.")
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PORTALSYNC_SCHEMA_WRITE",
    help="Write all schemas into this folder.",
)
@click.option(
    "--editors",
    is_flag=True,
    envvar="PORTALSYNC_SCHEMA_EDITORS",
    help="With --write: tell VS Code which schema is for which file, in .vscode/ of the current folder.",
)
@config_option
def schema(*, kind: str | None, folder: Path | None, editors: bool, root: Path) -> int:
    """Print or write the JSON Schemas of the config files."""
    from portalsync.catalog.schema import schemas

    if (kind is None) == (folder is None):
        raise click.UsageError("Give either --kind or --write.")
    if editors and folder is None:
        raise click.UsageError("--editors goes with --write.")
    texts = {
        each: json.dumps(found, indent=2, ensure_ascii=False) + "\n" for each, found in schemas().items()
    }
    if kind is not None:
        show(texts[kind])
    if folder is not None:
        files = {folder / f"{each}.schema.json": text for each, text in texts.items()}
        found = _associations(folder, root) if editors else {}
        if editors:
            files[_SETTINGS] = _settings(found)
        for path, text in files.items():
            write_file(path, text.encode())
        tell(counted("errors.told.schema.written", len(texts), folder=str(folder)))
        if editors:
            _explain(found)
    return ExitCode.DONE


def _associations(folder: Path, root: Path) -> Mapping[str, str]:
    from portalsync.config.editors import associations

    here = Path.cwd()
    schemas, config = (Path(os.path.relpath(path, here)).as_posix() for path in (folder, root))
    return associations(schemas, config)


def _settings(found: Mapping[str, str]) -> str:
    """VS Code's settings, with what they said before."""
    from portalsync.cli.workspace import read_file
    from portalsync.config.editors import with_associations

    before = read_file(_SETTINGS, _LARGEST) if os.path.lexists(_SETTINGS) else b""
    try:
        return with_associations(before.decode("utf-8-sig"), found)
    except ValueError as error:
        wanted = json.dumps({"yaml.schemas": found})
        raise PortalsyncError(
            phrase("errors.schema.comments.message", file=str(_SETTINGS)),
            phrase("errors.schema.comments.hint", wanted=wanted),
        ) from error


def _explain(found: Mapping[str, str]) -> None:
    tell(phrase("errors.told.schema.settings", file=str(_SETTINGS)))
    tell(phrase("errors.told.schema.jetbrains"))
    for name, files in found.items():
        mapping = phrase("errors.told.schema.mapping", schema=name.removeprefix("./"), files=files)
        tell(f"  {words().say(mapping)}")
