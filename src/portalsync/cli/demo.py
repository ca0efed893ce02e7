"""`portalsync demo`: the whole round on the example network."""

import shutil
from collections.abc import Callable
from pathlib import Path

import click

from portalsync.cli.output import tell
from portalsync.errors import OutputFailed

_MARKER = ".portalsync-demo"


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="portalsync-demo",
    show_default=True,
    envvar="PORTALSYNC_DEMO_DIR",
    help="Folder for the example, its portal and its previews; emptied first.",
)
def demo(folder: Path) -> int:
    """Validate, plan, preview and apply the example; then plan again."""
    from portalsync.cli import run
    from portalsync.resources import folder as packaged

    _prepare(folder, packaged("portal-config"))
    config = f"--config={folder / 'portal-config'}"
    plan, review, preview = folder / "plan.json", folder / "preview.html", folder / "preview"
    _step(run, "validate", config)
    _step(run, "plan", config, f"--out={plan}")
    _step(run, "preview", config, f"--plan={plan}", f"--out={review}")
    _step(run, "preview", config, f"--dir={preview}")
    _step(run, "apply", str(plan), config)
    code = _step(run, "plan", config, "--detailed-exitcode")
    tell("")
    tell(f"The review of the plan: open {review.resolve()} in a browser.")
    tell(f"The previews page by page: open {(preview / 'index.html').resolve()} in a browser.")
    tell(f"The live portal: portalsync serve {config}")
    return code


def _prepare(folder: Path, example: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / _MARKER).exists():
            raise OutputFailed(
                f"{folder} exists and is no demo of portalsync", "Name another folder with --dir."
            )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARKER).write_text("made by portalsync demo\n")
        shutil.copytree(example, folder / "portal-config", ignore=shutil.ignore_patterns(".portalsync"))
    except OSError as error:
        raise OutputFailed(f"{folder} could not be filled: {error.strerror or error}") from error


def _step(run: Callable[[list[str]], int], *arguments: str) -> int:
    """One command, as a person would type it. The demo ends where one fails."""
    tell(f"\n$ portalsync {' '.join(arguments)}")
    code = run([*arguments])
    if code:
        raise click.exceptions.Exit(code)
    return code
