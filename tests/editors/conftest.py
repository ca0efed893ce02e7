"""The language server that most editors read YAML with, installed once, beside the tests."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.editors.language_server import LanguageServer

from portalsync.cli import run

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def installed() -> Path:
    """The language server, in the version of the lock file."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules" / ".portalsync-lock"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return PROGRAM
    for needed in ("node", "npm"):
        if shutil.which(needed) is None:
            pytest.fail(
                f"The tests of editors need {needed}, and it is not installed; make test brings it. "
                "To leave them out: make test PYTEST_ARGS='-m \"not editors\"'",
                pytrace=False,
            )
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    found = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=300)
    if found.returncode:
        pytest.fail(f"yaml-language-server could not be installed:\n{found.stderr}", pytrace=False)
    done.write_bytes(lock.read_bytes())
    return PROGRAM


@pytest.fixture(scope="session")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """An editor on a repository into which `portalsync schema --write schemas --editors` wrote."""
    program = installed()
    folder = tmp_path_factory.mktemp("repository")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["schema", "--write", "schemas", "--editors"]) == 0
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    with LanguageServer(program, folder, settings["yaml.schemas"]) as server:
        yield server
