"""What measured commands stand on: fleets on disk, homes of their own, and our command line."""

import shutil
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import run

from benchmarks import ROOT
from benchmarks.fleet.network import write_fleet
from benchmarks.results import circumstances
from benchmarks.timing import Command

FOLDER = ROOT / "build" / "bench"
AT = "2026-12-02T09:00"
"""All commands look at the fleet at this instant, so that equal code does equal work."""

BEFORE = "91c0195"
"""The last commit before all this was made fast: what 'no slower than before' is measured against."""

PORTALSYNC = str(Path(sys.executable).with_name("portalsync"))


def fleet(count: int) -> Path:
    """A fleet of so many firms, written once; anew when the generator is another."""
    folder = FOLDER / "fleets" / str(count)
    stamp = folder.with_suffix(".of")
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == _generator()):
        shutil.rmtree(folder, ignore_errors=True)
        write_fleet(folder, count)
        stamp.write_text(_generator(), encoding="utf-8")
    return folder


def ours(  # noqa: PLR0913 - a command line has many sides
    name: str,
    folder: Path,
    *arguments: str,
    home: str,
    rounds: int = 1,
    warm: bool = False,
    prepare: Callable[[], object] = lambda: None,
    at: bool = True,
) -> Command:
    """Our installed command line. Cold: its cache is gone before each run. Warm: a first run filled it."""
    own = FOLDER / "homes" / f"{home}-{folder.name}"

    def ready() -> None:
        if not warm:
            shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True, exist_ok=True)
        prepare()

    return Command(
        name,
        [PORTALSYNC, *arguments, *(["--at", AT] if at else [])],
        folder.parent,
        rounds,
        variables=at_home(own) | {"PORTALSYNC_CONFIG": folder.name},
        prepare=ready,
        warm=warm,
    )


def at_home(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}


def limit(name: str, subject: Path, rounds: int) -> Command:
    """One of limits.py, in a Python that imports nothing else."""
    what = name.removeprefix("limit-")
    script = str(ROOT / "benchmarks" / "limits.py")
    return Command(name, [sys.executable, "-I", script, what, str(subject)], FOLDER, rounds)


def saved(config: Path, name: str) -> Path:
    """Where a plan or a review of a configuration lies: no command writes into one."""
    folder = FOLDER / "saved" / config.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def is_current(path: Path) -> bool:
    """Whether `path` was made by this very code."""
    stamp = path.with_name(f"{path.name}.of")
    return path.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == circumstances()["code"]


def mark_current(path: Path) -> None:
    path.with_name(f"{path.name}.of").write_text(circumstances()["code"], encoding="utf-8")


def before() -> Path | None:
    """The sources of then, or None where git no longer has them (a shallow clone)."""
    folder = FOLDER / "before"
    if not folder.exists():
        archive = run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode:
            return None
        folder.mkdir()
        run(["tar", "-xC", str(folder)], input=archive.stdout, check=True)
    return folder


def _generator() -> str:
    digest = sha256()
    for top in (ROOT / "benchmarks" / "fleet", ROOT / "portal-config"):
        for path in _sources(top):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(top: Path) -> Sequence[Path]:
    return sorted(
        path
        for path in top.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".portalsync" not in path.parts
    )
