"""`portalsync preview`: the pages as clients will find them, as files."""

from datetime import datetime
from pathlib import Path

import click

from portalsync.cli.options import at_option, config_option, environment_option, language_option
from portalsync.cli.output import counted, tell
from portalsync.cli.workspace import environment_of, findings_in, load_config, portal_of
from portalsync.errors import ExitCode


@click.command()
@config_option
@environment_option
@at_option
@language_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="preview",
    show_default=True,
    envvar="PORTALSYNC_PREVIEW_OUT",
    help="Folder to write; index.html leads to every page.",
)
@click.option(
    "--firm", "firms", multiple=True, envvar="PORTALSYNC_FIRM", help="Only this firm; may be repeated."
)
@click.option(
    "--offline",
    is_flag=True,
    envvar="PORTALSYNC_OFFLINE",
    help="Use the copy of the facts in the repository instead of the portal.",
)
def preview(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    at: datetime,
    lang: str,
    out: Path,
    firms: tuple[str, ...],
    offline: bool,
) -> int:
    """Render the portal's pages for the sample clients."""
    from portalsync.config.explain_fault import did_you_mean
    from portalsync.pipeline import situations
    from portalsync.preview.build import build
    from portalsync.preview.write import write_folder

    loaded = load_config(root)
    if unknown := sorted(set(firms) - loaded.desired.keys()):
        hint = did_you_mean(unknown[0], loaded.desired)
        raise click.UsageError(f"There is no firm {unknown[0]}. {hint}".strip())
    if offline:
        with findings_in(root):
            shown = list(situations(loaded, None, at, firms))
    else:
        _, settings = environment_of(loaded, environment)
        with portal_of(loaded, root, settings) as portal:
            shown = list(situations(loaded, portal, at, firms))
    files = build(loaded.name, shown, tuple(loaded.config.personas.values()), at, lang)
    write_folder(out, files)
    tell(f"{len(files) - 1:,} pages of {counted(len(shown), 'firm')}. Open {out / 'index.html'}.")
    return ExitCode.DONE
