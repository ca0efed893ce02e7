"""Where a new configuration goes: its folder, the repository around it, the branch that others merge into."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portalsync.lexicon import phrase
from portalsync.scaffold.answers import UnsuitableAnswer

_GIT = ".git"
_USUAL_BRANCH = "main"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]|\$\{\{")
_LONGEST_GIT = 30
_REMOTE = "refs/remotes/origin/"


@dataclass(frozen=True, slots=True)
class Site:
    """`root` is where forges look for `.github`, absolute; `within` leads from there to the folder of the
    configuration, with a slash at its end, and is empty where both are the same.
    """

    root: Path
    within: str
    branch: str
    readme: str = "README"

    @property
    def upward(self) -> str:
        """From the folder of the configuration to the root."""
        return "../" * self.within.count("/")


def site(folder: Path, root: Path, branch: str) -> Site:
    """UnsuitableAnswer unless the folder is in `root`, or is it."""
    where, top = (Path(os.path.realpath(path)) for path in (folder, root))
    if not where.is_relative_to(top):
        what = phrase("help.answer.repository.message", folder=str(folder), root=str(root))
        raise UnsuitableAnswer(what, phrase("help.answer.repository.hint"))
    within = where.relative_to(top).as_posix()
    if _UNSAFE.search(within):
        raise UnsuitableAnswer(phrase("help.answer.folder"))
    return Site(top, "" if within == "." else f"{within}/", branch, _readme(where))


def _readme(folder: Path) -> str:
    """Another name where somebody has one, however they spelled it."""
    there = folder.is_dir() and any(each.name.lower().startswith("readme") for each in folder.iterdir())
    return "README.portalsync" if there else "README"


def repository_around(folder: Path) -> Path | None:
    """The root of the repository that the folder is in or will be in, also if git is not installed."""
    where = Path(os.path.realpath(folder))
    return next((above for above in (where, *where.parents) if os.path.lexists(above / _GIT)), None)


def default_branch(folder: Path) -> str:
    """What others merge into: as the clone's origin has it; else the only branch, one with the usual name, or
    the one that is checked out. Without a repository, as git would call the first one.
    """
    place = next(above for above in (folder, *folder.parents) if above.is_dir())
    origin = _git(place, "symbolic-ref", "--quiet", f"{_REMOTE}HEAD").removeprefix(_REMOTE)
    configured = _git(place, "config", "--get", "init.defaultBranch")
    branches = _git(place, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n")
    usual = next((each for each in (configured, _USUAL_BRANCH, "master") if each and each in branches), "")
    current = _git(place, "symbolic-ref", "--quiet", "--short", "HEAD")
    return origin or usual or current or configured or _USUAL_BRANCH


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing where it fails, or is not there."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            command, capture_output=True, text=True, timeout=_LONGEST_GIT, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
