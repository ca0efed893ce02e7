"""`portalsync demo`: the whole round on the example network."""

import io
import shutil
from contextlib import nullcontext, redirect_stdout
from pathlib import Path

import click

from portalsync.cli import run
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FOLDER
from portalsync.cli.program import Command
from portalsync.errors import ExitCode, OutputFailed, reason
from portalsync.lexicon import counted, phrase
from portalsync.resources import folder as packaged

_MARKER = ".portalsync-demo"
_FIRM = "berger-lindner"
_AT_ONCE = {"plan": ("--no-pager",)}
"""Nobody types this, but the demo goes on by itself."""
_CHANGE = """\
  chat:
    clients_can_start: false
"""


@click.command(cls=Command)
@click.option(
    "--dir",
    "folder",
    type=OUTPUT_FOLDER,
    default="portalsync-demo",
    show_default=True,
    envvar="PORTALSYNC_DEMO_DIR",
)
def demo(folder: Path) -> int:
    _prepare(folder, packaged("portal-config"))
    config = f"--config={folder / 'portal-config'}"
    first, plan = folder / "first-plan.json", folder / "plan.json"
    review, pages = folder / "preview.html", folder / "preview"
    _step("validate", config)
    _step("plan", config, f"--out={first}", lines=20)
    _step("apply", str(first), config, lines=6)
    _edit(folder / "portal-config" / "firms" / f"{_FIRM}.yaml")
    _step("plan", config, f"--out={plan}")
    _step("preview", config, f"--plan={plan}", f"--out={review}")
    _step("preview", config, f"--dir={pages}")
    _step("apply", str(plan), config)
    _step("plan", config, "--detailed-exitcode")
    tell("")
    tell(phrase("told.demo.review", file=str(review.resolve())))
    tell(phrase("told.demo.gallery", file=str((pages / "index.html").resolve())))
    tell(phrase("told.demo.portal", config=config))
    return ExitCode.DONE


def _edit(path: Path) -> None:
    """What an admin does in an editor: one switch of one firm."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\noptions:\n", f"\noptions:\n{_CHANGE}", 1), encoding="utf-8")
    tell("")
    tell(phrase("told.demo.edit", file=str(path)))
    for line in _CHANGE.splitlines():
        tell(f"+ {line}")


def _prepare(folder: Path, example: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / _MARKER).exists():
            raise OutputFailed(
                phrase("errors.folder.no-demo.message", folder=str(folder)),
                phrase("errors.folder.no-demo.hint"),
            )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARKER).write_text("made by portalsync demo\n")
        shutil.copytree(example, folder / "portal-config", ignore=shutil.ignore_patterns(".portalsync"))
    except OSError as error:
        told = phrase("errors.folder.demo-not-filled.message", folder=str(folder), reason=reason(error))
        raise OutputFailed(told) from error


def _step(*arguments: str, lines: int = 0) -> None:
    """One command, as a person would type it; of its result the first `lines`, if that is given.
    The demo ends where a command fails.
    """
    tell(f"\n$ portalsync {' '.join(arguments)}")
    result = io.StringIO()
    with redirect_stdout(result) if lines else nullcontext():
        code = run([*arguments, *_AT_ONCE.get(arguments[0], ())])
    told = result.getvalue().splitlines(keepends=True)
    show("".join(told[:lines]))
    if len(told) > lines:
        tell(f"  {spoken_lexicon().say(counted('told.demo.more', len(told) - lines))}")
    if code:
        raise click.exceptions.Exit(code)
