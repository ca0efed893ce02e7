"""Whoever stands below the folder of the configuration need not name it, as with git."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.cli.conftest import Cli

from portalsync.cli.nearest import nearest_config

BASE = Path(__file__).parents[1] / "cases" / "validate" / "base"


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    shutil.copytree(BASE, tmp_path / "outer" / "office" / "portal-config")

    def at(place: str) -> Path:
        folder = tmp_path / "outer" / place
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(folder)
        return folder

    return at


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("office", "portal-config"),
        ("office/notes/2026", "../../portal-config"),
        ("office/portal-config", "."),
        ("office/portal-config/firms", ".."),
        ("elsewhere", "portal-config"),
    ],
)
def test_it_is_named_as_seen_from_where_one_stands(
    place: str, seen: str, stand: Callable[[str], Path]
) -> None:
    stand(place)
    assert nearest_config() == Path(seen)


def test_commands_work_in_a_subfolder_and_name_files_as_seen_from_there(
    stand: Callable[[str], Path], cli: Cli
) -> None:
    """Seen to fail: every command asked for a folder that was not in this one."""
    folder = stand("office/notes")
    assert cli("validate", "--at=2026-12-01").code == 0
    oak = folder.parent / "portal-config" / "firms" / "oak.yaml"
    oak.write_text(oak.read_text().replace("kind: Firm", "kind: Frim"))
    for language in ("en", "de"):
        refused = cli("validate", f"--lang={language}")
        assert refused.code == 3
        assert "--> ../portal-config/firms/oak.yaml:2:7" in refused.out


def test_the_root_of_a_repository_is_where_looking_ends(stand: Callable[[str], Path]) -> None:
    """Also that of a worktree or a submodule, whose `.git` is a file."""
    folder = stand("office/vendored/below")
    assert nearest_config() == Path("../../portal-config")
    (folder.parent / ".git").touch()
    assert nearest_config() == Path("portal-config")
    (folder.parent / ".git").unlink()
    (folder.parents[1] / ".git").mkdir()
    assert nearest_config() == Path("../../portal-config")


@pytest.mark.parametrize("differs", ["st_uid", "st_dev"])
def test_a_folder_of_somebody_else_or_of_another_disk_is_not_looked_into(
    differs: str, stand: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may write into a folder above mine, /tmp for example, must not choose my configuration."""
    others = stand("office/mine").parent
    real = Path.stat

    def stat(path: Path) -> os.stat_result | SimpleNamespace:
        known = real(path)
        if path != others:
            return known
        whose = {name: getattr(known, name) for name in ("st_dev", "st_uid")}
        return SimpleNamespace(**{**whose, differs: whose[differs] + 1})

    assert nearest_config() == Path("../portal-config")
    monkeypatch.setattr(Path, "stat", stat)
    assert nearest_config() == Path("portal-config")


def test_what_somebody_else_put_into_a_folder_above_is_not_taken(
    stand: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root below /tmp, which is open to all. Seen to fail: it named the portal that gets the token."""
    config = stand("office/mine").parent / "portal-config"
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result | SimpleNamespace:
        known = real(path)
        return SimpleNamespace(st_uid=known.st_uid + 1) if path == config else known

    monkeypatch.setattr(Path, "lstat", lstat)
    assert nearest_config() == Path("portal-config")
    monkeypatch.chdir(config.parent)
    assert nearest_config() == Path("portal-config"), "who stands beside it sees it"


def test_a_folder_that_is_gone_is_no_bug(stand: Callable[[str], Path]) -> None:
    stand("office/gone").rmdir()
    assert nearest_config() == Path("portal-config")
