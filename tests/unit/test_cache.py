"""What is kept from run to run: it may be lost, and is never wrong."""

import errno
import gc
import os
import stat
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from portalsync import cache
from portalsync.cache import Cache

Patch = pytest.MonkeyPatch


def key(number: int) -> bytes:
    return sha256(str(number).encode()).hexdigest().encode()


def value(number: int) -> bytes:
    return f'{{"number":{number}}}'.encode()


def keep(folder: Path, numbers: Iterator[int] | range, name: str = "shelf") -> None:
    shelf = Cache.at(folder).shelf(name)
    for number in numbers:
        shelf.put(key(number), value(number))
    shelf.save()


def kept(folder: Path, numbers: range = range(100), name: str = "shelf") -> list[int]:
    """The numbers whose values are there, each the right one."""
    shelf = Cache.at(folder).shelf(name)
    there = {number: shelf.get(key(number)) for number in numbers}
    wrong = {number: each for number, each in there.items() if each not in (None, value(number))}
    assert not wrong
    return [number for number, each in there.items() if each is not None]


def test_what_is_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    keep(tmp_path, range(3))
    keep(tmp_path, range(5, 7))
    assert kept(tmp_path) == [0, 1, 2, 5, 6]
    assert kept(tmp_path, name="other") == []


def test_without_a_folder_nothing_is_kept() -> None:
    shelf = Cache().shelf("shelf")
    shelf.put(key(1), value(1))
    shelf.save()
    assert Cache().shelf("shelf").get(key(1)) is None


def test_a_value_is_one_line(tmp_path: Path) -> None:
    """What is not would be read back as another; other signs that end lines somewhere do not matter."""
    shelf = Cache.at(tmp_path).shelf("shelf")
    with pytest.raises(ValueError, match="b'"):
        shelf.put(key(1), b"a\nb")
    with pytest.raises(ValueError, match="b'"):
        shelf.put(b"short", b"a")
    odd = "\r\x0b\x0c\x1c\x85\u2028".encode()
    shelf.put(key(1), odd)
    shelf.save()
    assert Cache.at(tmp_path).shelf("shelf").get(key(1)) == odd


def _flip(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _swap(content: bytes, chance: Random) -> bytes:
    """The values of two entries, each under the other's key."""
    lines = content.split(b"\n")
    one, two = chance.sample(range(1, 6), 2)
    (first, left), (second, right) = lines[one].split(b" ", 1), lines[two].split(b" ", 1)
    lines[one], lines[two] = first + b" " + right, second + b" " + left
    return b"\n".join(lines)


def _twice(content: bytes, _chance: Random) -> bytes:
    return content + content


def _foreign(content: bytes, chance: Random) -> bytes:
    return chance.randbytes(len(content))


@pytest.mark.parametrize("damage", [_flip, _cut, _swap, _twice, _foreign])
def test_damage_is_thrown_away(tmp_path: Path, damage: Callable[[bytes, Random], bytes]) -> None:
    """Seen to fail without the digest at the end, for all but what is foreign."""
    keep(tmp_path, range(5))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for seed in range(200):
        path.write_bytes(damage(whole, Random(seed)))  # noqa: S311 - repeatable, not secret
        assert kept(tmp_path) == []
    keep(tmp_path, range(7, 9))
    assert kept(tmp_path) == [7, 8]


def test_nor_is_what_is_damaged_later_believed(tmp_path: Path) -> None:
    """Values are read when somebody asks. Seen to fail without the checksums."""
    keep(tmp_path, range(5))
    shelf = Cache.at(tmp_path).shelf("shelf")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes().replace(value(3), value(4)))
    assert [shelf.get(key(number)) for number in (2, 3)] == [value(2), None]
    path.write_bytes(path.read_bytes()[:40])
    shelf.put(key(7), value(7))
    shelf.save()
    assert kept(tmp_path) == [7]


def test_a_shelf_under_the_name_of_another_is_none(tmp_path: Path) -> None:
    """What results follow from is in the name, too. Seen to fail without the name in the last line."""
    keep(tmp_path, range(3))
    (tmp_path / "shelf.shelf").rename(tmp_path / "other.shelf")
    assert kept(tmp_path, name="other") == []
    (tmp_path / "other.shelf").rename(tmp_path / "shelf.shelf")
    assert kept(tmp_path) == [0, 1, 2]


def test_what_another_version_wrote_is_not_read(tmp_path: Path, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cache, "_HEAD", b"portalsync cache 0\n")
        keep(tmp_path, range(3))
        assert kept(tmp_path) == [0, 1, 2]
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    "stand", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path.parent / "elsewhere"), Path.touch]
)
def test_what_is_no_shelf_is_in_nobodys_way(tmp_path: Path, stand: Callable[[Path], object]) -> None:
    stand(tmp_path / "shelf.shelf")
    assert kept(tmp_path) == []
    keep(tmp_path, range(3))
    assert kept(tmp_path) == ([] if (tmp_path / "shelf.shelf").is_dir() else [0, 1, 2])


def test_only_this_user_can_look(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep(tmp_path / "a" / "b", range(3))
    finally:
        os.umask(before)
    folder = tmp_path / "a" / "b"
    (file,) = folder.iterdir()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, file)] == [0o700, 0o600]


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_to_which_others_can_write_is_not_used(tmp_path: Path, mode: int) -> None:
    """They could say that their files are right. Seen to fail without the check."""
    keep(tmp_path, range(3))
    tmp_path.chmod(mode)
    assert kept(tmp_path) == []


def test_nor_is_one_of_somebody_else(tmp_path: Path, monkeypatch: Patch) -> None:
    keep(tmp_path, range(3))
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert kept(tmp_path) == []


def test_nor_is_one_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep(tmp_path / "file" / "folder", range(3))
    assert kept(tmp_path / "file" / "folder") == []


def test_the_least_recently_used_go_first(tmp_path: Path, monkeypatch: Patch) -> None:
    """Of one shelf. Seen to fail when what a run found there did not count as used."""
    keep(tmp_path, range(5))
    (path,) = tmp_path.iterdir()
    monkeypatch.setattr(cache, "LARGEST_SHELF", path.stat().st_size)
    assert kept(tmp_path) == [0, 1, 2, 3, 4]
    shelf = Cache.at(tmp_path).shelf("shelf")
    assert shelf.get(key(1)) == value(1)
    shelf.put(key(7), value(7))
    shelf.put(key(8), value(8))
    shelf.save()
    assert kept(tmp_path) == [1, 3, 4, 7, 8]


def test_so_do_shelves(tmp_path: Path, monkeypatch: Patch) -> None:
    """And what killed runs left. What is not of the cache stays, and does not count."""
    (tmp_path / "notes").write_bytes(b"." * 9000)
    (tmp_path / ".portalsync-00000000-0").write_bytes(b"." * 9000)
    for age, name in enumerate(("c", "b", "a")):
        keep(tmp_path, range(10), name)
        os.utime(tmp_path / f"{name}.shelf", (1000 + age, 1000 + age))
    os.utime(tmp_path / ".portalsync-00000000-0", (1, 1))
    shelf = Cache.at(tmp_path).shelf("c")
    assert shelf.get(key(1)) == value(1)
    shelf.save()
    size = (tmp_path / "a.shelf").stat().st_size
    monkeypatch.setattr(cache, "MOST_BYTES", 3 * size)
    keep(tmp_path, range(10), "d")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.shelf", "c.shelf", "d.shelf", "notes"]


def test_a_run_that_puts_nothing_writes_nothing(tmp_path: Path) -> None:
    keep(tmp_path, range(3))
    (path,) = tmp_path.iterdir()
    before = path.stat().st_ino
    shelf = Cache.at(tmp_path).shelf("shelf")
    assert shelf.get(key(1)) == value(1)
    shelf.save()
    assert path.stat().st_ino == before


@pytest.mark.parametrize("call", ["open", "read", "scandir", "close", "dup", "utime", "stat"])
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ENOSPC, errno.ESTALE])
def test_no_error_of_the_system_stops_anybody(
    tmp_path: Path, monkeypatch: Patch, call: str, number: int
) -> None:
    keep(tmp_path, range(3))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        shelf = Cache.at(tmp_path).shelf("shelf")
        shelf.put(key(5), value(5))
        shelf.save()
        shelf = Cache.at(tmp_path).shelf("shelf")
        shelf.get(key(1))
        shelf.save()
    assert {*kept(tmp_path)} - {5} in ({0, 1, 2}, set())


def test_runs_beside_each_other_write_whole_shelves(tmp_path: Path) -> None:
    """What one of them puts may be lost; nothing is mixed."""
    one, two = (Cache.at(tmp_path).shelf("shelf") for _ in range(2))
    one.put(key(1), value(1))
    two.put(key(2), value(2))
    one.save()
    two.save()
    assert kept(tmp_path) == [2]


def test_its_file_is_closed_also_where_it_goes_as_part_of_a_cycle(tmp_path: Path) -> None:
    keep(tmp_path, range(1))

    def leave() -> None:
        cycle: list[object] = [Cache.at(tmp_path).shelf("shelf")]
        cycle.append(cycle)

    with warnings.catch_warnings(record=True) as unclosed:
        warnings.simplefilter("always")
        leave()
        gc.collect()
    assert [str(each.message) for each in unclosed if "shelf" in str(each.message)] == []
