"""Files and folders that are whole or as they were."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import everything

from portalsync.errors import OutputFailed, PortalsyncError
from portalsync.files import (
    append_file,
    fill_folder,
    folder_beside,
    read_file,
    replace_files,
    replace_folder,
    write_file,
)


def test_file_is_replaced(tmp_path: Path) -> None:
    """The new content stands there whole, and nothing beside it."""
    target = tmp_path / "new" / "plan.json"
    for content in (b"one", b"two"):
        write_file(target, content)
        assert target.read_bytes() == content
    assert [*target.parent.iterdir()] == [target]


def test_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a link changes what it leads to."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("call", ["fsync", "replace", "mkstemp", "interrupt"])
def test_failure_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever step fails, the old file is as it was, and no scrap is left."""
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        if call == "interrupt":
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = {"replace": "pathlib.Path.replace", "mkstemp": "portalsync.files.tempfile.mkstemp"}
    with monkeypatch.context() as patch:
        patch.setattr(place.get(call, "portalsync.files.os.fsync"), full)
        with pytest.raises(KeyboardInterrupt if call == "interrupt" else OutputFailed):
            write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [target]


def test_a_new_file_is_for_all_to_read_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    write_file(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644
    (tmp_path / "new").chmod(0o600)
    write_file(tmp_path / "new", b"y")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(PortalsyncError, match="4 bytes"):
        read_file(path, 4)
    with pytest.raises(PortalsyncError, match="No such file"):
        read_file(tmp_path / "none", 4)


def test_what_is_added_stands_behind_what_was_there(tmp_path: Path) -> None:
    for text in ("a=ä\n", "b=2\n"):
        append_file(tmp_path / "outputs", text)
    assert (tmp_path / "outputs").read_bytes() == "a=ä\nb=2\n".encode()
    with pytest.raises(OutputFailed):
        append_file(tmp_path, "x")


def _fills(folder: Path) -> None:
    fill_folder(folder, {"a/one": b"new", "two": b"new"})


def _replaces_a_folder(folder: Path) -> None:
    replace_folder(folder / "kept", folder_beside(folder / "kept"), {"a/one": b"new", "two": b"new"})


def _replaces_files(folder: Path) -> None:
    replace_files({folder / "kept" / "one": b"new", folder / "kept" / "two": b"new"})


@pytest.mark.parametrize("step", range(1, 8))
@pytest.mark.parametrize("change", [_fills, _replaces_a_folder, _replaces_files])
def test_a_step_that_fails_leaves_all_as_it_was(
    change: Callable[[Path], None], step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the steps that change something fails, once; where there are fewer, the work is done."""
    (tmp_path / "kept").mkdir()
    for name in ("one", "two"):
        (tmp_path / "kept" / name).write_bytes(b"old")
    before, calls = everything(tmp_path), 0

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def operation(*arguments: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == step:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **named)

        return operation

    for name in ("write_bytes", "rename", "replace", "chmod"):
        monkeypatch.setattr(Path, name, failing(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    try:
        change(tmp_path)
    except (OSError, OutputFailed):
        assert everything(tmp_path) == before
    else:
        assert calls < step
        assert b"new" in {path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
