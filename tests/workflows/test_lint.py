"""Workflow files pass the linters that know most, and hold what linters do not ask for."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.workflows.steps import BY_HAND, OWN, ROOT, TEMPLATES, path_with

from portalsync.scaffold.answers import Answers
from portalsync.scaffold.installation import Installation
from portalsync.scaffold.place import place
from portalsync.scaffold.repository import repository as new_repository
from portalsync.scaffold.site import Site
from portalsync.scaffold.source import Source

WORKFLOWS = sorted([*TEMPLATES.glob("*.yml"), *BY_HAND.glob("*.yml"), *OWN.glob("*.yml")])
BIN = Path(sys.executable).parent


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lint(*command: str, folder: Path) -> None:
    path = path_with(BIN)
    assert shutil.which(command[0], path=path), f"{command[0]} is in the dependency group lint"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All workflow files, the action and what belongs to them, where linters look for them.

    Beside those of `init`, also by hand, this repository's own, which have the same names:
    `own-portal-check.yml`.
    """
    folder = tmp_path_factory.mktemp("repository")
    answers = Answers("Hedgerow Tax", ("en",), "Europe/Berlin")
    site = Site(folder, "", "main")
    place(new_repository(answers, date(2026, 12, 1), site, Installation(Source())), folder)
    for path in BY_HAND.glob("*.yml"):
        shutil.copy(path, folder / ".github/workflows")
    for path in OWN.glob("*.yml"):
        shutil.copy(path, folder / ".github/workflows" / f"own-{path.name}")
    shutil.copy(ROOT / "action.yml", folder)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def test_zizmor(repository: Path) -> None:
    lint(
        "zizmor",
        "--offline",
        "--persona=pedantic",
        "--no-progress",
        "--strict-collection",
        ".",
        folder=repository,
    )


def test_zizmor_finds_something(tmp_path: Path) -> None:
    """It is not silent for another reason."""
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    text = (TEMPLATES / "portal-check.yml").read_text()
    bad.write_text(text.replace('"$PREVIEW_URL"', '"${{ github.event.pull_request.title }}"'))
    with pytest.raises(AssertionError, match="template-injection"):
        lint("zizmor", "--offline", "--persona=pedantic", "--no-progress", ".", folder=tmp_path)


def test_actionlint(repository: Path) -> None:
    """With shellcheck over every script."""
    assert shutil.which("shellcheck", path=path_with(BIN))
    lint("actionlint", folder=repository)


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.github-actions", "action.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
    ],
)
def test_published_schemas(schema: str, pattern: str, repository: Path) -> None:
    files = [str(path) for path in sorted(repository.glob(pattern))]
    assert files
    lint("check-jsonschema", "--builtin-schema", schema, *files, folder=repository)


def jobs(path: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load(path.read_text())["jobs"].values()


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_permissions_are_few_and_explained(path: Path) -> None:
    """None for the whole file, each in its job with a reason, and never all."""
    text = path.read_text()
    assert yaml.safe_load(text)["permissions"] == {}
    for job in jobs(path):
        assert isinstance(job["permissions"], dict)
        assert job["timeout-minutes"] <= 60
    for line in re.findall(r"^ +[a-z-]+: (?:read|write).*$", text, re.MULTILINE):
        assert " # " in line, line


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=named)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    for line in re.findall(r"uses: .*", path.read_text()):
        assert re.fullmatch(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def scripts(path: Path) -> Iterator[str]:
    data = yaml.safe_load(path.read_text())
    steps = data["runs"]["steps"] if "runs" in data else [step for job in jobs(path) for step in job["steps"]]
    yield from (step["run"] for step in steps if "run" in step)


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=named)
def test_no_expression_in_a_script(path: Path) -> None:
    """Values come in through `env:`, where no shell reads them as code."""
    found = [script for script in scripts(path) if "${{" in script]
    # CI's own scripts name no event.
    assert found == []


@pytest.mark.parametrize("folder", [TEMPLATES, OWN], ids=named)
def test_forks_get_no_secret(folder: Path) -> None:
    """What runs for forks names no secret, no environment and no write permission."""
    check = yaml.safe_load((folder / "portal-check.yml").read_text())
    for job in check["jobs"].values():
        for_branches_only = "head.repo.full_name == github.repository" in job.get("if", "")
        private = "secrets." in str(job) or "environment" in job or "write" in job["permissions"].values()
        assert for_branches_only or not private
    assert "pull_request_target" not in str(check)
    assert "workflow_run" not in str(check)


@pytest.mark.parametrize("folder", [TEMPLATES, OWN], ids=named)
def test_applies_wait_for_each_other(folder: Path) -> None:
    """In order, and none is dropped or cancelled. What waits for an answer waits outside of that line."""
    data = yaml.safe_load((folder / "portal-apply.yml").read_text())
    look, agree, apply = (data["jobs"][name] for name in ("look", "agree", "apply"))
    assert apply["concurrency"] == {"group": "portal-apply", "queue": "max"}
    assert data["concurrency"]["group"] == "portal-apply-${{ github.run_id }}"
    assert "concurrency" not in look
    assert "concurrency" not in agree
    assert (look["environment"], agree["environment"], apply["environment"]) == (
        "portal-read",
        "portal-agree",
        "portal-apply",
    )


@pytest.mark.parametrize("folder", [TEMPLATES, OWN], ids=named)
def test_nobody_is_asked_for_nothing(folder: Path) -> None:
    """The job that asks runs after one that cannot write, and only if that one saw changes; without it, and
    without an answer, nothing is applied.
    """
    jobs = yaml.safe_load((folder / "portal-apply.yml").read_text())["jobs"]
    assert "PORTAL_APPLY_TOKEN" not in str(jobs["look"])
    assert (jobs["agree"]["needs"], jobs["agree"]["if"]) == ("look", "needs.look.outputs.changes != '0'")
    assert jobs["agree"]["permissions"] == {}
    assert jobs["apply"]["needs"] == ["look", "agree"]
    assert "if" not in jobs["apply"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_job_that_runs_again_keeps_its_files_under_another_name(path: Path) -> None:
    """An artifact of one file is named like the file, and a name is taken for all attempts of a run.

    Seen to fail: the plan job could not be run again.
    """
    for job in jobs(path):
        for step in job["steps"]:
            if not step.get("with", {}).get("archive", True):
                assert "${{ github.run_attempt }}" in step["with"]["path"]


def test_init_ships_them(repository: Path) -> None:
    """Each as it is here."""
    for path in TEMPLATES.glob("*.yml"):
        assert (repository / ".github/workflows" / path.name).read_bytes() == path.read_bytes()
