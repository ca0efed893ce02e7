"""A release: the same bytes from one commit, one version, a workflow that can publish and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder

from portalsync import __version__
from portalsync.config.yaml import parse

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOW = ROOT / ".github" / "workflows" / "publish.yml"
EPOCH = 1_790_000_000


def _built(folder: Path, checkout: Path, umask: int, **variables: str) -> dict[str, bytes]:
    """Wheel and sdist of a copy of the checkout, its files with other times and rights."""
    copy = folder / "checkout"
    shutil.copytree(checkout, copy)
    for path in copy.rglob("*"):
        path.chmod((0o777 if path.is_dir() or os.access(path, os.X_OK) else 0o666) & ~umask)
        os.utime(path, (EPOCH + umask, EPOCH + umask))
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist")],
        cwd=copy,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), **variables},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an sdist of this tree holds, without most of its tests and docs."""
    folder = tmp_path_factory.mktemp("release") / "source"
    for name in _in_the_sdist():
        source, target = ROOT / name, folder / name
        if name in FILES or name.startswith(FOLDERS):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return folder


def _in_the_sdist() -> set[str]:
    return {path.distribution_path for path in SdistBuilder(str(ROOT)).recurse_included_files()}


FOLDERS = ("src/", "templates/", "schemas/", "portal-config/", "tests/packaging/", "docs/decisions/")
FILES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    ".gitignore",
)


@pytest.fixture(scope="module")
def first(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return _built(tmp_path_factory.mktemp("first"), checkout, 0o022, TZ="UTC", LC_ALL="C.UTF-8")


def test_a_second_build_elsewhere_gives_the_same_bytes(
    first: dict[str, bytes], checkout: Path, tmp_path: Path
) -> None:
    """Another folder, time zone, umask, and other times of the files. Seen to fail without SOURCE_DATE_EPOCH
    equal in both, and with `reproducible = false`.
    """
    second = _built(tmp_path, checkout, 0o077, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert second.keys() == first.keys()
    assert {name for name in first if first[name] != second[name]} == set()


def test_wheel_and_sdist_are_named_for_the_version(first: dict[str, bytes]) -> None:
    assert set(first) == {
        f"portalsync-{__version__}-py3-none-any.whl",
        f"portalsync-{__version__}.tar.gz",
    }


def test_the_wheel_is_typed_and_carries_new_repositories_whole(
    first: dict[str, bytes], checkout: Path, tmp_path: Path
) -> None:
    """Hidden folders too. Seen to fail when the sdist, from which it is built, lacked the templates."""
    (tmp_path / "wheel").write_bytes(first[f"portalsync-{__version__}-py3-none-any.whl"])
    with zipfile.ZipFile(tmp_path / "wheel") as archive:
        names = set(archive.namelist())
        metadata = archive.read(f"portalsync-{__version__}.dist-info/METADATA").decode()
    assert "portalsync/py.typed" in names
    templates = checkout / "templates"
    assert names >= {
        f"portalsync/templates/{path.relative_to(templates).as_posix()}"
        for path in templates.rglob("*")
        if path.is_file()
    }
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nAuthor: portalsync contributors\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata


def test_the_sdist_builds_the_same_wheel(first: dict[str, bytes], tmp_path: Path) -> None:
    name = f"portalsync-{__version__}-py3-none-any.whl"
    (tmp_path / "sdist.tar.gz").write_bytes(first[f"portalsync-{__version__}.tar.gz"])
    subprocess.run(["tar", "-xzf", "sdist.tar.gz"], cwd=tmp_path, check=True)
    assert _built(tmp_path / "again", tmp_path / f"portalsync-{__version__}", 0o022)[name] == first[name]


def test_the_sdist_holds_all_that_git_holds() -> None:
    """Workflows, the action, hooks and the site's settings too: its own tests read them. Seen to fail."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        held = {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    else:
        held = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".github").rglob("*.yml")}
    assert held - _in_the_sdist() == set()


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["hatch"]["version"] == {"path": "src/portalsync/__init__.py"}
    written = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if re.search(rf"[\"']{re.escape(__version__)}[\"']", path.read_text(encoding="utf-8"))
        and "since=" not in path.read_text(encoding="utf-8")
    ]
    assert written == ["src/portalsync/__init__.py"]


def test_the_changelog_knows_the_version_or_what_is_to_come() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    versions = [heading.partition(" ")[0] for heading in headings]
    assert versions[0] in ("Unreleased", __version__)
    assert __version__ in versions
    numbers = [tuple(map(int, version.split("."))) for version in versions if version != "Unreleased"]
    assert numbers == sorted(set(numbers), reverse=True)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_classifiers_name_the_versions_that_ci_tries() -> None:
    ci: Any = parse((ROOT / ".github" / "workflows" / "ci.yml").read_bytes(), "ci.yml").data
    tried = ci["jobs"]["check"]["strategy"]["matrix"]["python"]
    prefix = "Programming Language :: Python :: 3."
    named = [
        each.removeprefix("Programming Language :: Python :: ")
        for each in PROJECT["project"]["classifiers"]
        if each.startswith(prefix)
    ]
    assert named == tried
    assert PROJECT["project"]["requires-python"] == f">={tried[0]}"


def test_everything_that_runs_has_a_lowest_version_that_make_lowest_tries() -> None:
    """Seen to fail: `make lowest` would pass with what is newest of a dependency that names none."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    named = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
        *groups["test"],
    ]
    pins = (ROOT / "Makefile").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"sed -nE 's/(.*)/\\1==\\2/p'", pins)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    pinned = {match[1] for line in text if (match := re.match(pattern, line))}
    assert {re.split(r"[>=<;\[ ]", each)[0] for each in named} - pinned == set()


def test_tools_of_a_release_are_pinned() -> None:
    groups = PROJECT["dependency-groups"]
    for requirement in (*groups["release"], *groups["sbom"]):
        assert re.fullmatch(r"[a-z-]+==[0-9.]+", requirement)


def _jobs() -> dict[str, Any]:
    workflow: Any = parse(WORKFLOW.read_bytes(), WORKFLOW.name).data
    assert workflow["permissions"] == {}
    jobs: dict[str, Any] = workflow["jobs"]
    return jobs


def test_only_the_job_that_publishes_may_publish() -> None:
    """What builds runs our code, so it gets no right to sign; what signs runs none of ours."""
    jobs = _jobs()
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["publish"]["environment"]["name"] == "pypi"
    assert [step for step in jobs["publish"]["steps"] if "run" in step] == []
    assert [name for name, job in jobs.items() if "environment" in job] == ["publish"]


def test_actions_are_pinned_by_commit_and_rights_have_reasons() -> None:
    lines = WORKFLOW.read_text(encoding="utf-8").splitlines()
    uses = [line.partition("uses: ")[2] for line in lines if "uses: " in line]
    assert uses
    assert [
        each for each in uses if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)
    ] == []
    rights = [line for line in lines if re.match(r" +[a-z-]+: (read|write)\b", line)]
    assert [line for line in rights if " # to " not in line and " # for " not in line] == []


def test_no_secret_and_no_text_of_others_reaches_a_shell() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert "secrets." not in text
    for job in _jobs().values():
        assert [step for step in job["steps"] if "${{" in step.get("run", "")] == []
