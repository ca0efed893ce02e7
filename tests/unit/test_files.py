"""Files and folders that are whole or as they were."""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import everything

from portalsync.errors import OutputFailed, PortalsyncError
from portalsync.files import append_file, read_file, write_file, write_files
from portalsync.folders import fill_folder, replace_folder


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


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "interrupt"])
def test_failure_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever step fails, the old file is as it was, and no scrap is left."""
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        if call == "interrupt":
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = {"replace": "pathlib.Path.replace", "open": "portalsync.aside.os.open"}
    with monkeypatch.context() as patch:
        patch.setattr(place.get(call, "portalsync.files.os.fsync"), full)
        with pytest.raises(KeyboardInterrupt if call == "interrupt" else OutputFailed):
            write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [target]


def _rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("mask", "file", "folder"), [(0o022, 0o644, 0o755), (0o007, 0o660, 0o770), (0o077, 0o600, 0o700)]
)
def test_something_new_has_the_rights_that_the_umask_leaves(
    mask: int, file: int, folder: int, tmp_path: Path
) -> None:
    before = os.umask(mask)
    try:
        write_file(tmp_path / "plan.json", b"x")
        replace_folder(tmp_path / "pages", {"index.html": b"x"}.items())
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert [_rights(tmp_path / name) for name in ("plan.json", "pages/index.html")] == [file, file]
    assert _rights(tmp_path / "pages") == folder


def test_something_replaced_keeps_its_rights(tmp_path: Path) -> None:
    """A file with a secret is not readable for a moment either."""
    secret, folder = tmp_path / "secret", tmp_path / "pages"
    write_file(secret, b"x")
    replace_folder(folder, {"index.html": b"x"}.items())
    secret.chmod(0o600)
    folder.chmod(0o750)

    def content() -> Iterator[bytes]:
        yield b"y"
        assert {_rights(path) for path in tmp_path.glob(".portalsync-*")} == {0o600}

    write_file(secret, content())
    replace_folder(folder, {"index.html": b"y"}.items())
    assert (_rights(secret), _rights(folder)) == (0o600, 0o750)
    assert secret.read_bytes() == b"y"


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(PortalsyncError, match="4 bytes"):
        read_file(path, 4)
    with pytest.raises(PortalsyncError, match="there is no such file"):
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
    replace_folder(folder / "kept", {"a/one": b"new", "two": b"new"}.items())


def _replaces_files(folder: Path) -> None:
    write_files({folder / "kept" / "one": b"new", folder / "kept" / "two": b"new"})


def _adds_files(folder: Path) -> None:
    write_files(
        {folder / "kept" / "a": b"new", folder / "kept" / "one": b"new", folder / "kept" / "z": b"new"}
    )


@pytest.mark.parametrize("step", range(1, 14))
@pytest.mark.parametrize("change", [_fills, _replaces_a_folder, _replaces_files, _adds_files])
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
    # What was renamed is done, whether or not the folder could be synced.
    for module in ("aside", "files", "folders"):
        monkeypatch.setattr(f"portalsync.{module}.settle", lambda _: None)
    try:
        change(tmp_path)
    except (OSError, OutputFailed):
        assert everything(tmp_path) == before
    else:
        assert calls < step
        assert b"new" in {path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_more_files_are_written_than_may_be_open(tmp_path: Path) -> None:
    """Together, from a number on; nothing else stays there."""
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    names = [f"{number % 3}/{number}" for number in range(300)]
    with Path(os.devnull).open("rb") as next_one:
        next_free = next_one.fileno()  # whatever other tests hold open is below, or takes from what is free
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_free + 100, usual[1]))
    try:
        write_files({tmp_path / name: name.encode() for name in names})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        *names
    }
    assert (tmp_path / names[-1]).read_text() == names[-1]
