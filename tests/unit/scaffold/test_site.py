"""The repository around a folder, and the branch that others merge into."""

import subprocess
from pathlib import Path

import pytest

from portalsync.scaffold.answers import UnsuitableAnswer, branch_name
from portalsync.scaffold.site import default_branch, repository_around, site


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Git, without what whoever runs the tests has set."""
    file = tmp_path / "gitconfig"
    file.write_text("[user]\nname = Ada\nemail = ada@firm.example\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return file


def _git(folder: Path, *arguments: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def _repository(folder: Path, *branches: str) -> Path:
    """With a commit on each branch, the last one checked out."""
    _git(folder, "init", "--quiet", f"--initial-branch={branches[0]}")
    _git(folder, "commit", "--quiet", "--allow-empty", "--message=First")
    for branch in branches[1:]:
        _git(folder, "checkout", "--quiet", "-b", branch)
    return folder


def test_the_root_is_where_git_is(tmp_path: Path) -> None:
    below = tmp_path / "repository" / "not" / "yet"
    assert repository_around(below) is None
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / ".git").touch()
    assert repository_around(below) == tmp_path / "repository"


def test_a_clone_has_the_branch_of_its_origin(tmp_path: Path) -> None:
    origin = _repository(tmp_path / "origin", "trunk", "main")
    _git(origin, "checkout", "--quiet", "trunk")
    clone = tmp_path / "clone"
    _git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    _git(clone, "checkout", "--quiet", "-b", "my-change")
    assert default_branch(clone) == "trunk"
    assert default_branch(clone / "below" / "not-yet") == "trunk"


@pytest.mark.parametrize(
    ("branches", "found"),
    [(("trunk",), "trunk"), (("master", "my-change"), "master"), (("main", "master"), "main")],
)
def test_without_an_origin_it_is_one_with_a_usual_name_or_the_one_at_hand(
    branches: tuple[str, ...], found: str, tmp_path: Path
) -> None:
    assert default_branch(_repository(tmp_path / "own", *branches)) == found


def test_a_repository_without_a_commit_has_a_branch(tmp_path: Path) -> None:
    _git(tmp_path / "new", "init", "--quiet", "--initial-branch=release/2")
    assert default_branch(tmp_path / "new") == "release/2"


def test_without_a_repository_it_is_what_git_would_make_the_first_one(settings: Path, tmp_path: Path) -> None:
    assert default_branch(tmp_path) == "main"
    settings.write_text("[init]\ndefaultBranch = trunk\n")
    assert default_branch(tmp_path) == "trunk"


def test_without_git_it_is_main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert default_branch(tmp_path) == "main"


@pytest.mark.parametrize("name", ["x' || true || 'x", "a b", "a*", "[x]", "${{x}}", "", "-x", "ü", "a\nb"])
def test_a_branch_that_a_workflow_would_read_otherwise_is_refused(name: str) -> None:
    """The name may be somebody else's: that of a clone's origin."""
    with pytest.raises(UnsuitableAnswer):
        branch_name(name)


def test_a_site_leads_from_the_root_to_the_configuration_and_back(tmp_path: Path) -> None:
    root = site(tmp_path, tmp_path, "main")
    assert (root.root, root.within, root.upward, root.readme) == (tmp_path, "", "", "README")
    below = site(tmp_path / "portals" / "eu", tmp_path, "main")
    assert (below.within, below.upward) == ("portals/eu/", "../../")
    (tmp_path / "Readme.rst").touch()
    assert site(tmp_path, tmp_path, "main").readme == "README.portalsync"


@pytest.mark.parametrize("folder", ["x\ny", "${{ github.token }}", "../beside"])
def test_a_folder_that_files_of_the_forge_cannot_name_is_refused(folder: str, tmp_path: Path) -> None:
    with pytest.raises(UnsuitableAnswer):
        site(tmp_path / "in" / folder, tmp_path / "in", "main")
