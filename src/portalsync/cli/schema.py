"""`portalsync schema`: the JSON Schemas, for editors and for the repository."""

import json
from pathlib import Path

import click

from portalsync.cli.output import show, tell, write_file
from portalsync.errors import ExitCode

KINDS = ("network", "defaults", "group", "firm", "persona", "facts")


@click.command()
@click.option("--kind", type=click.Choice(KINDS), envvar="PORTALSYNC_KIND", help="Print this schema.")
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PORTALSYNC_SCHEMA_WRITE",
    help="Write all schemas into this folder.",
)
def schema(kind: str | None, folder: Path | None) -> int:
    """Print or write the JSON Schemas of the config files."""
    from portalsync.catalog.schema import schemas

    if (kind is None) == (folder is None):
        raise click.UsageError("Give either --kind or --write.")
    texts = {
        each: json.dumps(found, indent=2, ensure_ascii=False) + "\n" for each, found in schemas().items()
    }
    if kind is not None:
        show(texts[kind])
    if folder is not None:
        for each, text in texts.items():
            write_file(folder / f"{each}.schema.json", text.encode())
        tell(f"{len(texts)} schemas in {folder}.")
    return ExitCode.DONE
