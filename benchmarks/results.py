"""What was measured, one file for each case and size: a table can be put together from several runs."""

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks import ROOT
from benchmarks.peers import PACKAGES
from benchmarks.timing import Run

KEPT = ROOT / "build" / "bench" / "results"
_CODE = ("src", "templates", "benchmarks", "schemas", "pyproject.toml")
_PACKAGES = ("PyYAML", "jsonschema", "jsonschema-rs", "Jinja2", "SQLAlchemy", "httpx2", "starlette")


@dataclass(frozen=True, slots=True)
class Result:
    """The runs of one case at one size. `extra` is what was counted besides: bytes of a file, pages."""

    case: str
    firms: int
    runs: Sequence[Run]
    extra: Mapping[str, float]
    failure: str
    of: Mapping[str, str]
    """Commit, digest of the code, machine and day: what has to be alike for figures to be compared."""

    @property
    def wall(self) -> float:
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return median(run.cpu for run in self.runs)

    @property
    def memory(self) -> int:
        return max(run.memory for run in self.runs)


def keep(
    case: str, firms: int, runs: Sequence[Run], extra: Mapping[str, float] | None = None, failure: str = ""
) -> None:
    result = Result(case, firms, runs, extra or {}, failure, circumstances())
    KEPT.mkdir(parents=True, exist_ok=True)
    _path(case, firms).write_text(json.dumps(asdict(result), indent=1), encoding="utf-8")


def is_kept(case: str, firms: int) -> bool:
    """Whether it was measured already, with this very code on this machine."""
    known = kept(case, firms)
    return known is not None and not known.failure and known.of["code"] == circumstances()["code"]


def kept(case: str, firms: int) -> Result | None:
    path = _path(case, firms)
    return _read(path) if path.exists() else None


def all_kept() -> Iterator[Result]:
    return (_read(path) for path in sorted(KEPT.glob("*.json")))


def _path(case: str, firms: int) -> Path:
    return KEPT / f"{case}@{firms}.json"


def _read(path: Path) -> Result:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Result(**{**data, "runs": [Run(**run) for run in data["runs"]]})


@cache
def circumstances() -> Mapping[str, str]:
    """Of this run: the code, the machine, the versions."""
    return {
        "commit": _commit(),
        "code": _code(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB, {platform.system()}",
        "python": platform.python_version(),
        "versions": ", ".join(f"{name} {version}" for name, version in _versions()),
        "peers": ", ".join(PACKAGES).replace("==", " "),
        "day": time.strftime("%Y-%m-%d"),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue


def _commit() -> str:
    """With a word if the code is not that of the commit; the page that is written says nothing of that."""
    changed = _git("status", "--porcelain", "--", *_CODE)
    return f"{_git('rev-parse', '--short', 'HEAD')}{' and what is not committed' if changed else ''}"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _code() -> str:
    """A digest of all that decides how long something takes, committed or not."""
    digest = hashlib.sha256()
    for name in _CODE:
        top = ROOT / name
        for path in sorted(top.rglob("*.*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> int:
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)
