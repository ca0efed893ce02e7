"""Killed at any step: the old or the new stands there whole, and the next run leaves nothing beside it."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from portalsync import aside, folders
from portalsync.errors import OutputFailed
from portalsync.files import write_file
from portalsync.folders import OwnFolder, fill_folder, sweep_within

PAGES = OwnFolder("preview", "made by a test")
OLD = {"index.html": b"old", "oak/home.html": b"old"}
NEW = {"index.html": b"new", "elm/home.html": b"new"}
_STEPS = {
    "open", "os.chmod", "os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.scandir", "os.symlink", "shutil.rmtree", "ctypes.dlsym",
}  # fmt: skip
"""What Python tells of before it does it."""


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Does the work in a process that is killed before its step of this number; whether it had so many."""
    child = os.fork()
    if not child:
        steps = count(1)

        def fall(event: str, _: object) -> None:
            if event in _STEPS and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(fall)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def each_step(
    work: Callable[[Path], None], folder: Path, prepare: Callable[[Path], object] = Path.exists
) -> Iterator[Path]:
    """A place for each step at which the work there was killed."""
    for step in count(1):
        place = folder / str(step)
        place.mkdir()
        prepare(place)
        if not killed_at(step, partial(work, place)):
            assert step > 5
            return
        yield place


def pages(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place / "pages").as_posix(): path.read_bytes()
        for path in (place / "pages").rglob("*")
        if path.is_file() and path.name != PAGES.marker
    }


def an_earlier_preview(place: Path) -> None:
    PAGES.write(place / "pages", OLD, OLD.items())
    (place / "pages" / "CNAME").write_bytes(b"pages.example")


def a_preview(place: Path) -> None:
    PAGES.write(place / "pages", NEW, NEW.items())


MINE = {"CNAME": b"pages.example"}


def test_a_folder_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    """Seen to fail when the old folder was moved away before the new one came."""
    for place in each_step(a_preview, tmp_path, an_earlier_preview):
        assert pages(place) in ({**OLD, **MINE}, {**NEW, **MINE})
        a_preview(place)
        assert pages(place) == {**NEW, **MINE}
        assert [*place.iterdir()] == [place / "pages"]


def test_it_is_where_a_system_cannot_exchange_names_once_the_next_run_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_exchange", lambda *_: False)
    missing = 0
    for place in each_step(a_preview, tmp_path, an_earlier_preview):
        missing += not (place / "pages").exists()
        aside.sweep(place / "pages")
        assert pages(place) in ({**OLD, **MINE}, {**NEW, **MINE})
        a_preview(place)
        assert pages(place) == {**NEW, **MINE}
        assert [*place.iterdir()] == [place / "pages"]
    assert missing == 1


def test_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    def write(place: Path, content: bytes = b"new") -> None:
        write_file(place / "plan.json", content)

    for place in each_step(write, tmp_path, partial(write, content=b"old")):
        assert (place / "plan.json").read_bytes() in {b"old", b"new"}
        write(place)
        assert {path.name: path.read_bytes() for path in place.iterdir()} == {"plan.json": b"new"}


def test_what_waits_in_a_folder_goes_with_the_next_run(tmp_path: Path) -> None:
    """A repository that was being made: nothing waits in it for ever."""

    def fill(place: Path) -> None:
        fill_folder(place, NEW)

    for place in each_step(fill, tmp_path):
        sweep_within(place)
        assert {path.name for path in place.iterdir()} <= {"index.html", "elm"}
        assert all(path.read_bytes() == b"new" for path in place.rglob("*.html"))


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was put on the disk, by its number, in order."""
    found: list[int] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        found.append(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_a_file_lasts_with_its_name(tmp_path: Path, synced: list[int]) -> None:
    """Its content before it has the name, then the folder that says so."""
    write_file(tmp_path / "plan.json", b"new")
    assert synced == [(tmp_path / "plan.json").stat().st_ino, tmp_path.stat().st_ino]


def test_a_folder_lasts_with_all_that_is_in_it(tmp_path: Path, synced: list[int]) -> None:
    """Files, then the folders that they are in, then the one that has the folder's name."""
    an_earlier_preview(tmp_path)
    synced.clear()
    a_preview(tmp_path)
    place = tmp_path / "pages"
    files = [place / name for name in (PAGES.marker, *NEW)]
    assert synced[:3] == [path.stat().st_ino for path in files]
    assert synced[3:] == [path.stat().st_ino for path in (place / "elm", place, tmp_path)]


@pytest.mark.parametrize("together", [True, False])
def test_many_files_go_to_the_disk_together_where_the_system_can(
    together: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
    synced: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once they are all written, and before the folder has its name."""
    files, written = {f"{number}.html": b"new" for number in range(300)}, list[int]()

    def noted(folder: Path) -> bool:
        written.append(len([*folder.iterdir()]))
        return together and aside.sync_all(folder)

    monkeypatch.setattr(folders, "sync_all", noted)
    PAGES.write(tmp_path / "pages", files, files.items())
    assert written == [len(files) + 1]
    assert synced[-1] == tmp_path.stat().st_ino
    assert len(synced) == (1 if together else len(files) + 3)


def test_what_cannot_go_to_the_disk_goes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Path) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    an_earlier_preview(tmp_path)
    monkeypatch.setattr(folders, "sync_all", fails)
    files = {f"{number}.html": b"new" for number in range(300)}
    with pytest.raises(OutputFailed):
        PAGES.write(tmp_path / "pages", files, files.items())
    assert pages(tmp_path) == {**OLD, **MINE}
    assert [*tmp_path.iterdir()] == [tmp_path / "pages"]


def test_what_lives_or_is_not_ours_stays(tmp_path: Path) -> None:
    """Another program at the same place, a link, and whatever has a name alike."""
    place = tmp_path / "plan.json"
    others = [
        tmp_path / name for name in (".portalsync-0", ".portalsync-demo", ".plan.json.abc", "plan.json~")
    ]
    for path in others:
        path.write_bytes(b"mine")
    with aside.beside(place) as (living, _):
        link = living.with_name(living.name[:-1] + "1")
        link.symlink_to(others[0])
        write_file(place, b"new")
        assert living.exists()
    assert not living.exists()
    assert link.is_symlink()
    assert [path.read_bytes() for path in (*others, place)] == [b"mine"] * 4 + [b"new"]


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    place = tmp_path / ("x" * 255)
    write_file(place, b"x")
    assert place.read_bytes() == b"x"


def test_many_at_one_place_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each writes its own; whoever comes last is there, whole."""
    place = tmp_path / "plan.json"
    with aside.beside(place) as (one, _), aside.beside(place) as (other, _):
        assert one != other
        write_file(place, b"third")
        for each in (one, other):
            each.write_bytes(each.name.encode())
            aside.put(each, place)
            assert place.read_bytes() == each.name.encode()
    assert [*tmp_path.iterdir()] == [place]
