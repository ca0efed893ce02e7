"""Programs of npm for tests, each installed once, in the version of the lock file beside its tests."""

import shutil
import subprocess
from pathlib import Path

import pytest


def installed(folder: Path, program: str) -> Path:
    """A program below `node_modules` of a folder with a package.json and its lock file."""
    lock, done = folder / "package-lock.json", folder / "node_modules" / ".portalsync-lock"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return folder / "node_modules" / program
    for needed in ("node", "npm"):
        if shutil.which(needed) is None:
            pytest.fail(
                f"These tests need {needed}, and it is not installed; make test brings it. "
                "To leave them out: make test PYTEST_ARGS='-m \"not editors\"'",
                pytrace=False,
            )
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if found.returncode:
        pytest.fail(f"{program} could not be installed:\n{found.stderr}", pytrace=False)
    done.write_bytes(lock.read_bytes())
    return folder / "node_modules" / program
