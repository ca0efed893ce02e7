"""All files of a repository, or none, and never over somebody's own."""

import os
from pathlib import Path

import pytest
from tests.cli.conftest import everything

from portalsync.errors import OutputFailed
from portalsync.scaffold.place import check_free, place

FILES = {"a/b/one.txt": b"1", "two.txt": b"2", ".three": b"3"}


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    place(FILES, tmp_path / "new" / "folder")
    assert _content(tmp_path / "new" / "folder") == FILES


def test_an_empty_folder_is_filled_while_somebody_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place(FILES, Path())
    assert _content(Path.cwd()) == FILES


def test_a_repository_without_files_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref")
    place(FILES, tmp_path)
    assert _content(tmp_path) == {**FILES, ".git/HEAD": b"ref"}


@pytest.mark.parametrize("name", ["two.txt", ".gitignore", "portal-config"])
def test_outside_of_a_repository_a_folder_with_something_in_it_is_left_alone(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(OutputFailed, match=f"is not empty: {name}"):
        check_free(tmp_path, tmp_path, in_repository=False)
    assert _content(tmp_path) == {name: b"mine"}


def test_in_a_repository_only_a_configuration_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_bytes(b"mine")
    (tmp_path / "portal-config").mkdir()
    check_free(tmp_path, tmp_path, in_repository=True)
    (tmp_path / "portal-config" / "defaults.yaml").touch()
    with pytest.raises(OutputFailed, match=r"Is there already: .*portal-config"):
        check_free(tmp_path, tmp_path, in_repository=True)


def test_folders_that_are_there_keep_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine").write_bytes(b"mine")
    place(FILES, tmp_path)
    assert _content(tmp_path) == {**FILES, "a/mine": b"mine"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    for target in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputFailed, match="could not be filled"):
            place(FILES, target)
    assert _content(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("operation", ["rename", "write_bytes"])
@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_nothing_behind(
    failure: BaseException, operation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, exists: bool
) -> None:
    """Seen to fail when only the staging folder was removed: files that had been moved stayed."""
    target = tmp_path / "deep" / "target"
    if exists:
        (target / ".git").mkdir(parents=True)
        (target / ".three").write_bytes(b"mine")
    before = everything(tmp_path)
    real, calls = getattr(Path, operation), 0

    def failing(path: Path, *arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise failure
        return real(path, *arguments)

    monkeypatch.setattr(Path, operation, failing)
    with pytest.raises((OutputFailed, KeyboardInterrupt)):
        place(FILES, target)
    assert everything(tmp_path) == before


def test_files_can_be_read_by_whoever_may_read_the_owners_files(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        place(FILES, tmp_path / "new")
    finally:
        os.umask(old)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "new" / "a").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "new" / "two.txt").stat().st_mode & 0o777 == 0o644
