"""`portalsync schema`: the JSON Schemas, for editors and for the repository."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from portalsync.catalog.contract_schemas import contract_schemas
from portalsync.catalog.descriptions import in_language
from portalsync.catalog.files import KINDS
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.schema import schema_for, schema_text
from portalsync.catalog.vocabulary import vocabulary
from portalsync.cli.inputs import findings_in
from portalsync.cli.language import spoken
from portalsync.cli.options import config_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import FOLDER_OF_FILES_NOT_READ
from portalsync.cli.program import Command
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import Choice
from portalsync.config.discover import discover
from portalsync.config.editors import associations
from portalsync.config.editors.jetbrains import with_mappings
from portalsync.config.editors.modeline import Schemas, modelines
from portalsync.config.editors.vs_code import with_associations
from portalsync.errors import ExitCode, PortalsyncError
from portalsync.files import read_file, write_file
from portalsync.lexicon import counted, how_many, phrase
from portalsync.model.json_value import JSONObject
from portalsync.views.published import published
from portalsync.visible import visible

_VS_CODE = Path(".vscode/settings.json")
_JETBRAINS = Path(".idea/jsonSchemas.xml")
_LARGEST = 1024 * 1024
_TOLD = 5


@click.command(cls=Command)
@click.option(
    "--kind",
    type=Choice([kind.name for kind in KINDS]),
    envvar="PORTALSYNC_KIND",
)
@click.option(
    "--write",
    "folder",
    type=FOLDER_OF_FILES_NOT_READ,
    envvar="PORTALSYNC_SCHEMA_WRITE",
)
@click.option(
    "--digests",
    is_flag=True,
    envvar="PORTALSYNC_SCHEMA_DIGESTS",
)
@click.option(
    "--editors",
    is_flag=True,
    envvar="PORTALSYNC_SCHEMA_EDITORS",
)
@click.option(
    "--no-modelines",
    is_flag=True,
    envvar="PORTALSYNC_SCHEMA_NO_MODELINES",
)
@click.option(
    "--results",
    is_flag=True,
    envvar="PORTALSYNC_SCHEMA_RESULTS",
)
@config_option
def schema(  # noqa: PLR0913 - one per flag
    *,
    kind: str | None,
    folder: Path | None,
    digests: bool,
    editors: bool,
    no_modelines: bool,
    results: bool,
    root: Path,
) -> int:
    if (kind is not None) + (folder is not None) + digests != 1:
        raise WrongUse(
            phrase("help.usage.one-schema-or-all.message"), phrase("help.usage.one-schema-or-all.hint")
        )
    if editors and folder is None:
        raise WrongUse(phrase("help.usage.editors-alone.message"), phrase("help.usage.editors-alone.hint"))
    if results and folder is None:
        raise WrongUse(phrase("help.usage.results-alone.message"), phrase("help.usage.results-alone.hint"))
    if kind is not None:
        show(schema_text(in_language(schema_for(kind), spoken())))
    if digests:
        show("".join(f"{key} {known}\n" for key, known in vocabulary().items()))
    if folder is not None:
        _write(
            folder,
            {**published(), **contract_schemas()} if results else {},
            _associations(folder, root) if editors else {},
        )
        if not no_modelines:
            _write_modelines(folder, root)
    return ExitCode.DONE


def _write(folder: Path, results: Mapping[str, JSONObject], found: Mapping[str, str]) -> None:
    """The schemas, and the editors' settings if they shall know about them."""
    schemas = {
        **{kind.schema_file: in_language(schema_for(kind.name), spoken()) for kind in KINDS},
        **results,
    }
    files = {folder / name: schema_text(schema).encode() for name, schema in schemas.items()}
    if found:
        files |= _settings(found)
    for path, content in files.items():
        write_file(path, content)
    tell(counted("told.schema.written", len(schemas), folder=str(folder)))
    if found:
        tell(phrase("told.schema.settings", first=str(_VS_CODE), second=str(_JETBRAINS)))
        tell(phrase("told.schema.extension"))


def _write_modelines(folder: Path, root: Path) -> None:
    if not os.path.lexists(root / NETWORK.file):
        return
    schemas = Schemas(folder, root)
    if not schemas.can_be_named:
        tell(phrase("told.schema.not-nameable"))
        return
    with findings_in(root):
        found = modelines(discover(root).files, schemas)
    for name, content in found.changed.items():
        write_file(root / name, content)
    if found.changed:
        tell(counted("told.schema.modelines", len(found.changed)))
    _tell_kept(root, found.kept)


def _tell_kept(root: Path, kept: Mapping[str, str]) -> None:
    if kept:
        tell(counted("told.schema.kept", len(kept)))
    most = how_many(len(kept), _TOLD)
    for name, said in [*kept.items()][:most]:
        tell(f"  {visible(str(root / name))}: {visible(said)}")
    if len(kept) > most:
        tell(counted("told.schema.more", len(kept) - most))


def _associations(folder: Path, root: Path) -> Mapping[str, str]:
    here = Path.cwd()
    schemas, config = (Path(os.path.relpath(path, here)).as_posix() for path in (folder, root))
    return associations(schemas, config)


def _settings(found: Mapping[str, str]) -> Mapping[Path, bytes]:
    """What editors read, with what it said before."""

    def vs_code(before: bytes) -> bytes:
        return with_associations(before.decode("utf-8-sig"), found).encode()

    def jetbrains(before: bytes) -> bytes:
        return with_mappings(before, found)

    menu = "Languages & Frameworks > Schemas and DTDs > JSON Schema Mappings"
    mappings = "; ".join(f"{schema.removeprefix('./')} for {files}" for schema, files in found.items())
    return {
        _VS_CODE: _merged(_VS_CODE, vs_code, "JSON", json.dumps({"yaml.schemas": found})),
        _JETBRAINS: _merged(_JETBRAINS, jetbrains, "XML", f"{menu}: {mappings}"),
    }


def _merged(path: Path, merge: Callable[[bytes], bytes], language: str, by_hand: str) -> bytes:
    try:
        return merge(read_file(path, _LARGEST) if os.path.lexists(path) else b"")
    except (ValueError, RecursionError) as error:
        raise PortalsyncError(
            phrase("errors.schema.comments.message", file=str(path), language=language),
            phrase("errors.schema.comments.hint", wanted=by_hand),
        ) from error
