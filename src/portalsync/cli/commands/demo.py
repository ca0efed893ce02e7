"""`portalsync demo`: the whole round on the example network."""

import io
from contextlib import nullcontext, redirect_stdout
from pathlib import Path

import click

from portalsync.cli import run
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FOLDER
from portalsync.cli.program import Command
from portalsync.errors import ExitCode
from portalsync.folders import OwnFolder
from portalsync.lexicon import counted, phrase
from portalsync.resources import folder as packaged

_FOLDER = OwnFolder("demo", "made by portalsync demo")
_PORTAL = "portal-config/.portalsync/portal.db"
_LATER = (
    "first-plan.json",
    "plan.json",
    "preview.html",
    *(f"{_PORTAL}{end}" for end in ("", "-wal", "-shm")),
)
"""What the steps of the round write, besides the folder of pages."""
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
    example = _example(packaged("portal-config"))
    _FOLDER.write(folder, example, example.items(), _LATER)
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


def _example(root: Path) -> dict[str, bytes]:
    """Its files, without the portal of whoever tried it out where it lies."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {
        f"portal-config/{name}": path.read_bytes()
        for name, path in files.items()
        if not name.startswith(".portalsync/")
    }


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
