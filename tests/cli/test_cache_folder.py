"""A folder for what is kept that was named and cannot be used: said once, and nothing else depends on it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.permissions import held_to_permissions

from portalsync import cache

Patch = pytest.MonkeyPatch
COMMANDS = [("validate", AT), ("plan", AT), ("apply", AT, "--yes")]


def _open(folder: Path) -> Path:
    """One that others may write to."""
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_it_is_told_once_and_the_command_ends_as_without(
    world: Path, cli: Cli, command: tuple[str, ...]
) -> None:
    """Seen to fail: not a word, and every run of a workflow checked all firms."""
    named = _open(world / "cache")
    ended = cli(*command, f"--cache-dir={named}")
    assert ended.code == 0, ended.err
    assert ended.err.count("warning: Nothing is kept in") == 1
    assert f"{named}: other users may write to it." in " ".join(ended.err.split())
    assert "chmod 700" in ended.err
    assert [*named.iterdir()] == []


def test_nor_does_what_is_printed(world: Path, cli: Cli) -> None:
    named = _open(world / "cache")
    told, silent = (cli("plan", AT, "--format=json", each) for each in (f"--cache-dir={named}", "--no-cache"))
    assert (told.out, told.code) == (silent.out, silent.code)


def test_as_a_variable_it_was_named_too(world: Path, cli: Cli, monkeypatch: Patch) -> None:
    monkeypatch.setenv("PORTALSYNC_CACHE_DIR", str(_open(world / "cache")))
    assert "Nothing is kept in" in cli("validate", AT).err
    assert "Nothing is kept in" not in cli("validate", AT, "--no-cache").err


def test_it_is_told_in_german(world: Path, cli: Cli, monkeypatch: Patch) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    named = _open(world / "cache")
    told = " ".join(cli("validate", AT, f"--cache-dir={named}").err.split())
    assert f"In {named} wird nichts aufgehoben: andere Benutzer dürfen hineinschreiben." in told


def test_somebody_elses_is_told(world: Path, cli: Cli, monkeypatch: Patch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "it is another user's" in cli("validate", AT, f"--cache-dir={world}").err


def test_one_without_permission_is_told(world: Path) -> None:
    below = world / "closed" / "cache"
    below.parent.mkdir(0o500)
    program = [sys.executable, "-m", "portalsync", "validate", AT, f"--cache-dir={below}"]
    ended = subprocess.run(held_to_permissions(*program), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.count(f"Nothing is kept in {below}: you have no permission.") == 1


def test_a_full_disk_is_told(world: Path, cli: Cli, monkeypatch: Patch) -> None:
    """And what stood there before is still whole."""
    named = world / "cache"
    assert "Nothing is kept" not in cli("validate", AT, f"--cache-dir={named}").err
    (before,) = ((each.name, each.read_bytes()) for each in named.iterdir())
    with (world / "portal-config" / "firms" / "oak.yaml").open("a") as file:
        file.write("# another day\n")
    monkeypatch.setattr(cache, "beside", _full)
    ended = cli("validate", AT, f"--cache-dir={named}")
    assert ended.code == 0
    assert ended.err.count("there is no space left on the disk.") == 1
    assert [(each.name, each.read_bytes()) for each in named.iterdir()] == [before]


def _full(place: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))


def test_of_the_usual_one_nothing_is_told(world: Path, cli: Cli, monkeypatch: Patch) -> None:
    """Nobody asked for it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(world / "home"))
    (world / "home").mkdir()
    _open(world / "home" / "portalsync")
    assert "kept" not in cli("validate", AT).err
