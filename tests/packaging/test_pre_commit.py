"""The hooks that this repository offers, run by pre-commit in a fresh repository of a firm.

pre-commit builds and installs portalsync from a commit of the checkout, as it does for everyone.
Nothing is downloaded: what portalsync depends on comes from the tests' environment.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "cases" / "validate" / "base"
PARTS = (
    *("src", "templates", "schemas", "portal-config"),
    *("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"),
)
IGNORED = shutil.ignore_patterns("__pycache__", ".portalsync", "*.egg-info")
OAK = Path("portal-config/firms/oak.yaml")
CONFIG = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks:
      - id: portalsync-fmt
      - id: portalsync-validate
        args: [--at, "2026-12-01"]
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home without settings of whoever runs the tests; pip works offline with what is installed."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTALSYNC", "GIT_"))}
    return {
        **kept,
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "hooks"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@firm.example",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@firm.example",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # the way to say yes to a --no option
        "PYTHONPATH": sysconfig.get_path("purelib"),
    }


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A firm's repository with the hooks installed, nothing committed yet."""
    checkout = tmp_path_factory.mktemp("portalsync")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, checkout / part, ignore=IGNORED)
        else:
            shutil.copy(ROOT / part, checkout)
    commit = _committed(checkout, environment)
    folder = tmp_path_factory.mktemp("firm")
    shutil.copytree(BASE, folder / "portal-config")
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(repository=checkout, commit=commit))
    _git(folder, environment, "init", "--quiet", "--initial-branch=main")
    _run(folder, environment, sys.executable, "-m", "pre_commit", "install")
    return folder


def _committed(folder: Path, environment: dict[str, str]) -> str:
    _git(folder, environment, "init", "--quiet", "--initial-branch=main")
    _git(folder, environment, "add", ".")
    _git(folder, environment, "commit", "--quiet", "--message=All")
    return _git(folder, environment, "rev-parse", "HEAD").stdout.strip()


def _git(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(folder, environment, "git", *arguments)


def _run(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=300
    )


def _commit(folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """What `git commit` of everything ends with, and what it says."""
    _git(folder, environment, "add", ".")
    command = ["git", "commit", "--message=A change"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


def test_hooks_let_good_commits_pass_and_stop_others(repository: Path, environment: dict[str, str]) -> None:
    """One story, for installing the hooks takes longer than all the rest."""
    code, said = _commit(repository, environment)
    assert code == 0, said
    assert said.count("Passed") == 2

    neat = (repository / OAK).read_bytes()
    (repository / OAK).write_bytes(b"\xef\xbb\xbf" + neat.replace(b"\n", b"  \r\n"))
    code, said = _commit(repository, environment)
    assert (code, "files were modified by this hook" in said) == (1, True)
    assert (repository / OAK).read_bytes() == neat

    (repository / OAK).write_bytes(neat + b"\n# Just a word.\n")
    code, said = _commit(repository, environment)
    assert code == 0, said

    (repository / OAK).write_bytes(neat.replace(b"kind: Firm", b"kind: Frim"))
    code, said = _commit(repository, environment)
    assert (code, "error[schema-const]" in said) == (1, True)

    (repository / OAK).write_bytes(neat)
    (repository / "notes.yaml").write_text("a: 1\na: 2  \n")
    code, said = _commit(repository, environment)
    assert code == 0, said
