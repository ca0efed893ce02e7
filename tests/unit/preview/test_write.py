"""A folder of pages: what an earlier preview wrote is replaced, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import everything

from portalsync.errors import OutputFailed
from portalsync.preview.write import PAGES


def write(folder: Path, files: Mapping[str, str]) -> None:
    PAGES.write(folder, files, ((name, text.encode()) for name, text in files.items()))


def texts(folder: Path) -> dict[str, str]:
    """The files in a folder, but for the list that a preview leaves there."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != PAGES.marker)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_only_what_a_preview_wrote_goes(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write(pages, {"index.html": "old", "oak/home.html": "old"})
    (pages / "CNAME").write_text("pages.example")
    (pages / "oak" / "note.txt").write_text("mine")
    (pages / ".git" / "objects").mkdir(parents=True)
    (pages / "latest").symlink_to("oak")
    write(pages, {"index.html": "new", "elm/home.html": "new"})
    assert texts(pages) == {
        "index.html": "new",
        "elm/home.html": "new",
        "CNAME": "pages.example",
        "oak/note.txt": "mine",
    }
    assert (pages / ".git" / "objects").is_dir()
    assert (pages / "latest").readlink() == Path("oak")
    assert [*tmp_path.iterdir()] == [pages]


def test_what_was_kept_once_is_kept_again(tmp_path: Path) -> None:
    write(tmp_path / "pages", {"index.html": "old"})
    (tmp_path / "pages" / "CNAME").write_text("pages.example")
    for text in ("first", "second"):
        write(tmp_path / "pages", {"index.html": text})
        assert texts(tmp_path / "pages") == {"index.html": text, "CNAME": "pages.example"}


@pytest.mark.parametrize("name", ["elm", "elm/home.html"])
def test_a_file_of_others_in_the_way_stays(name: str, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write(pages, {"index.html": "old"})
    (pages / name).parent.mkdir(exist_ok=True)
    (pages / name).write_text("mine")
    before = everything(tmp_path)
    with pytest.raises(OutputFailed):
        write(pages, {"index.html": "new", "elm/home.html": "new"})
    assert everything(tmp_path) == before


def test_what_a_list_names_outside_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / PAGES.marker).write_text(f"made\n../mine\n{tmp_path / 'mine'}\n")
    write(tmp_path / "pages", {"index.html": "new"})
    assert texts(tmp_path) == {"mine": "mine", "pages/index.html": "new"}


@pytest.mark.parametrize("there", [True, False], ids=["which is there", "which is new"])
def test_a_folder_behind_a_link_is_filled_and_the_link_stays(there: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    if there:
        (tmp_path / "real").mkdir()
    (tmp_path / "pages").symlink_to("real")
    for text in ("old", "new"):
        write(tmp_path / "pages", {"index.html": text})
    assert (tmp_path / "pages").readlink() == Path("real")
    assert texts(tmp_path / "real") == {"index.html": "new"}
