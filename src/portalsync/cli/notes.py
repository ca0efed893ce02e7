"""Notes of git: what is kept beside a commit of the configuration, and not where the portal is."""

import subprocess
from pathlib import Path

from portalsync.errors import PortalsyncError
from portalsync.lexicon import Foreign, phrase

REF = "refs/notes/portalsync-audit"
_MOST_COMMITS = 10_000
"""How far back somebody looks for the newest note."""
_LONGEST = 60
"""Seconds."""


def keep_note(root: Path, content: bytes) -> None:
    """In place of what the latest commit has."""
    _git(root, "notes", "--ref", REF, "add", "--force", "--file=-", "HEAD", given=content)


def newest_note(root: Path) -> tuple[bytes, str]:
    """What was kept last, and the commit beside which it was. PortalsyncError if there is nothing."""
    listed = (line.split() for line in _git(root, "notes", "--ref", REF, "list").decode().splitlines())
    notes = {commit: note for note, commit in listed}
    commits = _git(root, "rev-list", f"--max-count={_MOST_COMMITS}", "HEAD").decode().split()
    newest = next((commit for commit in commits if commit in notes), "")
    if not newest:
        raise PortalsyncError(
            phrase("errors.note.none.message", ref=REF), phrase("errors.note.none.hint", ref=REF)
        )
    return _git(root, "cat-file", "blob", notes[newest]), newest


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_LONGEST, check=True)  # noqa: S603 - fixed words
    except subprocess.CalledProcessError as error:
        raise _failed(error.stderr.decode(errors="replace").strip()) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(type(error).__name__) from error
    return done.stdout


def _failed(reason: str) -> PortalsyncError:
    return PortalsyncError(
        phrase("errors.note.failed.message", reason=Foreign(reason)), phrase("errors.note.failed.hint")
    )
