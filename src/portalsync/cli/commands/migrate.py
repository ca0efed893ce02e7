"""`portalsync migrate`: config files of an older version of the format, comments and all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from portalsync.cli.options import config_option
from portalsync.cli.output import show, tell
from portalsync.cli.program import Command
from portalsync.cli.workspace import findings_in
from portalsync.errors import ExitCode, OutputFailed, reason
from portalsync.lexicon import counted, phrase


@click.command(cls=Command)
@config_option
@click.option(
    "--check",
    is_flag=True,
    envvar="PORTALSYNC_MIGRATE_CHECK",
)
def migrate(*, root: Path, check: bool) -> int:
    from portalsync.config.discover import discover
    from portalsync.config.migrations import step
    from portalsync.config.migrations.migrate import migrate as migrated

    with findings_in(root):
        files = discover(root).files
        changed = migrated(files, step.STEPS)
    if not check:
        before = {file.name: file.content for file in files}
        _replace_all({root / name: (before[name], content) for name, content in changed.items()})
    for name in sorted(changed):
        show(f"{root / name}\n")
    told = "told.files_would_change" if check else "told.files_changed"
    tell(counted(told, len(changed), of=len(files)))
    if changed and not check:
        tell(phrase("errors.told.migrate.next"))
    return ExitCode.ERROR if check and changed else ExitCode.DONE


def _replace_all(contents: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace all files, each (before, after). OutputFailed, or Ctrl-C, leaves them as they were."""
    beside: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for path, (_, after) in contents.items():
            target = Path(os.path.realpath(path))
            beside[target] = _beside(target, after)
        for target, new in beside.items():
            replaced.append(target)
            new.replace(target)
    except BaseException as error:
        _put_back(contents, replaced)
        if isinstance(error, OSError):
            raise OutputFailed(
                phrase("errors.file.none-replaced.message", reason=reason(error)),
                phrase("errors.file.none-replaced.hint"),
            ) from error
        raise
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def _put_back(contents: Mapping[Path, tuple[bytes, bytes]], replaced: list[Path]) -> None:
    for path, (before, _) in contents.items():
        target = Path(os.path.realpath(path))
        if target in replaced:
            with suppress(OSError):
                _beside(target, before).replace(target)


def _beside(target: Path, content: bytes) -> Path:
    """A file next to its place, whole and on the disk, with the rights of the one that it will replace."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, made)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made
