"""New files beside somebody's own: nothing is lost; what cannot be is named before anything is written."""

import json
from pathlib import Path

import pytest

from portalsync.errors import PortalsyncError
from portalsync.scaffold.arrangement import Arrangement, arranged


def _arranged(root: Path, name: str, content: bytes = b"ours\n", within: str = "") -> Arrangement:
    return arranged({name: content}, root, within)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_where_nothing_is_it_goes_there(tmp_path: Path) -> None:
    assert _arranged(tmp_path, "a/b") == Arrangement({"a/b": b"ours\n"})


def test_what_is_there_just_so_is_left(tmp_path: Path) -> None:
    _write(tmp_path / "a", b"ours\n")
    assert _arranged(tmp_path, "a") == Arrangement({})


def test_what_is_there_otherwise_is_in_the_way(tmp_path: Path) -> None:
    _write(tmp_path / ".github/workflows/portal-check.yml", b"theirs")
    found = _arranged(tmp_path, ".github/workflows/portal-check.yml")
    assert found == Arrangement({}, in_the_way=(".github/workflows/portal-check.yml",))


@pytest.mark.parametrize(
    "name",
    [".github/CODEOWNERS", ".github/dependabot.yml", ".pre-commit-config.yaml", ".vscode/extensions.json"],
)
def test_what_everything_works_without_stays_theirs(name: str, tmp_path: Path) -> None:
    _write(tmp_path / name, b"theirs")
    assert _arranged(tmp_path, name) == Arrangement({}, kept=(name,))


@pytest.mark.parametrize("within", ["", "portals/"])
def test_ignored_files_are_added_below_theirs(within: str, tmp_path: Path) -> None:
    _write(tmp_path / f"{within}.gitignore", b"*.pyc\r\n/plan.json")
    found = _arranged(tmp_path, f"{within}.gitignore", b"# ours\n/plan.json\n\n/preview/\n", within)
    assert found.files == {f"{within}.gitignore": b"*.pyc\r\n/plan.json\r\n\r\n# ours\r\n/preview/\r\n"}
    assert found.added_to == (f"{within}.gitignore",)
    _write(tmp_path / f"{within}.gitignore", b"/plan.json\n/preview/")
    again = _arranged(tmp_path, f"{within}.gitignore", b"# ours\n/plan.json\n\n/preview/\n", within)
    assert again == Arrangement({})


def test_editors_learn_the_schemas_and_keep_their_settings(tmp_path: Path) -> None:
    _write(tmp_path / ".vscode/settings.json", b'{"editor.rulers": [80]}')
    found = json.loads(_arranged(tmp_path, ".vscode/settings.json").files[".vscode/settings.json"])
    assert found["editor.rulers"] == [80]
    assert "portal-config/portalsync.yaml" in found["yaml.schemas"].values()


@pytest.mark.parametrize("name", [".vscode/settings.json", ".idea/jsonSchemas.xml"])
def test_settings_that_cannot_be_written_back_as_they_are_stay(name: str, tmp_path: Path) -> None:
    _write(tmp_path / name, b"// a comment\n{}")
    assert _arranged(tmp_path, name) == Arrangement({}, kept=(name,))


@pytest.mark.parametrize("linked", [".github", ".gitignore"])
def test_a_link_is_never_written_through(linked: str, tmp_path: Path) -> None:
    """Others made the clone: a link could lead to a file of whoever calls `init`."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / linked).symlink_to(tmp_path / "outside")
    name = linked if linked == ".gitignore" else f"{linked}/requirements.txt"
    assert _arranged(tmp_path / "clone", name) == Arrangement({}, in_the_way=(name,))


def test_a_file_where_a_folder_has_to_be_is_in_the_way(tmp_path: Path) -> None:
    _write(tmp_path / "schemas", b"theirs")
    assert _arranged(tmp_path, "schemas/firm.schema.json").in_the_way == ("schemas/firm.schema.json",)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    _write(tmp_path / ".gitignore", b"#" * 2_000_000)
    with pytest.raises(PortalsyncError, match=r"larger|most"):
        _arranged(tmp_path, ".gitignore")
