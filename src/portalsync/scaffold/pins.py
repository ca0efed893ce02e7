"""What portalsync needs to run, to the last of what that needs, in the versions that are installed here; and
the hashes of these, as pip is told them by the index that it is set up for.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from tempfile import TemporaryDirectory
from typing import Any

RUNNER_PYTHON = "3.13"
"""Of the workflows, which run on Linux."""
_RUNNER = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": f"{RUNNER_PYTHON}.0",
    "python_version": RUNNER_PYTHON,
    "sys_platform": "linux",
}
_NEWEST_C = 39
_RUNNER_FILES = (
    f"--python-version={RUNNER_PYTHON}",
    "--implementation=cp",
    *(f"--platform=manylinux_2_{minor}_x86_64" for minor in range(_NEWEST_C, 16, -1)),
    "--platform=manylinux2014_x86_64",
)
_LONGEST = 600


def pins_of(name: str) -> Mapping[str, str] | None:
    """Version by name, without `name` itself: what it needs here or on a runner. None if something that a
    runner needs is not installed here, so that nobody knows its version.
    """
    from packaging.requirements import Requirement  # noqa: PLC0415 - only a new repository asks

    found: dict[str, str] = {}
    waiting = [Requirement(name)]
    seen = set()
    while waiting:
        wanted = waiting.pop()
        key = (wanted.name.lower(), *sorted(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            known = distribution(wanted.name)
        except PackageNotFoundError:
            return None
        found[known.name] = known.version
        waiting += _needs([Requirement(each) for each in known.requires or ()], wanted.extras)
    return {each: version for each, version in sorted(found.items(), key=_by_name) if each != name}


def _needs(requirements: Sequence[Any], extras: set[str]) -> Iterator[Any]:
    for each in requirements:
        asked = [{"extra": extra} for extra in ("", *extras)]
        if each.marker is None or any(
            each.marker.evaluate({**place, **extra}) for place in ({}, _RUNNER) for extra in asked
        ):
            yield each


def _by_name(pin: tuple[str, str]) -> str:
    return pin[0].lower()


def hashes_of(pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Of each the files that this machine and a runner would install; empty unless pip could say all."""
    found: dict[str, set[str]] = {name: set() for name in pins}
    for files in ((), _RUNNER_FILES):
        report = _report([f"{name}=={version}" for name, version in pins.items()], files)
        digests = {_plain(name): digest for name, digest in _digests(report)}
        if not {_plain(name) for name in pins} <= digests.keys():
            return {}
        for name in pins:
            found[name].add(digests[_plain(name)])
    return {name: tuple(sorted(each)) for name, each in found.items()}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _digests(report: Any) -> Iterator[tuple[str, str]]:
    for each in report.get("install", ()):
        hashes = each["download_info"].get("archive_info", {}).get("hashes", {})
        if "sha256" in hashes:
            yield each["metadata"]["name"], f"sha256:{hashes['sha256']}"


def _report(requirements: Sequence[str], files: Sequence[str]) -> Any:
    """What pip would install; an empty answer if it is not here, or cannot say."""
    with TemporaryDirectory() as nowhere:
        command = [
            *(sys.executable, "-m", "pip", "install", "--dry-run", "--report=-", "--quiet", "--no-input"),
            *("--ignore-installed", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"),
            *("--retries=1", f"--target={nowhere}", *files, *requirements),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - our own words, and names of what is installed
                command, capture_output=True, text=True, timeout=_LONGEST, check=True
            )
            return json.loads(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError):
            return {}
