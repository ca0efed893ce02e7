"""`portalsync migrate`: a whole configuration of an older version, all of it or none."""

import os
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, everything
from tests.unit.config.v1alpha1 import BEFORE, STEP, written_in_v1alpha1

from portalsync.resources import folder

ROOT = Path("portal-config")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example as it would have been written then, in the folder where commands run."""
    monkeypatch.setattr("portalsync.config.migrations.step.STEPS", (STEP,))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(folder("portal-config"), ROOT, ignore=shutil.ignore_patterns(".portalsync"))
    for file in ROOT.rglob("*.yaml"):
        file.write_text(written_in_v1alpha1(file.read_text(encoding="utf-8")), encoding="utf-8")
    return tmp_path


def test_the_example_is_todays_afterwards(old: Path, cli: Cli) -> None:
    files = {path: path.read_bytes() for path in folder("portal-config").rglob("*.yaml")}
    refused = cli("validate", AT)
    assert refused.code == 3
    assert "Run portalsync migrate" in refused.out
    done = cli("migrate")
    assert done.code == 0
    assert done.out.splitlines() == sorted(str(path) for path in ROOT.rglob("*.yaml"))
    assert done.err.startswith(f"{len(files)} files of {len(files)} changed.")
    for path, content in files.items():
        assert (ROOT / path.relative_to(folder("portal-config"))).read_bytes() == content
    assert cli("validate", AT).code == 0
    assert {path.name for path in old.iterdir()} == {"portal-config"}


def test_a_second_time_there_is_nothing_to_do(old: Path, cli: Cli) -> None:
    cli("migrate")
    before = everything(old)
    done = cli("migrate")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("0 files of ")
    assert cli("migrate", "--check").code == 0
    assert everything(old) == before


def test_check_changes_nothing_and_says_so_with_its_exit_code(old: Path, cli: Cli) -> None:
    before = everything(old)
    done = cli("migrate", "--check")
    assert done.code == 1
    assert "portal-config/firms/berger-lindner.yaml\n" in done.out
    assert "would change" in done.err
    assert everything(old) == before


@pytest.mark.parametrize("content", [f"apiVersion: {BEFORE}\na: [", "apiVersion: portalsync/v9\n"])
def test_one_file_that_cannot_be_migrated_keeps_all_as_they_are(content: str, old: Path, cli: Cli) -> None:
    (ROOT / "firms" / "weber-koenig.yaml").write_text(content)
    before = everything(old)
    done = cli("migrate")
    assert done.code == 3
    assert "portal-config/firms/weber-koenig.yaml:" in done.err
    assert everything(old) == before


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("operation", ["pathlib.Path.replace", "os.fsync"])
def test_a_failure_in_the_middle_keeps_all_as_they_were(
    operation: str, failure: BaseException, old: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail when files that had been replaced were not put back."""
    before, calls = everything(old), 0
    real = {"pathlib.Path.replace": Path.replace, "os.fsync": os.fsync}[operation]

    def failing(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise failure
        return real(*arguments)  # type: ignore[operator]

    monkeypatch.setattr(operation, failing)
    done = cli("migrate")
    assert done.code == (130 if isinstance(failure, KeyboardInterrupt) else 1)
    assert everything(old) == before


def test_links_and_rights_stay(old: Path, cli: Cli) -> None:
    path, real = ROOT / "firms" / "weber-koenig.yaml", ROOT / "real.yaml"
    path.rename(real)
    real.chmod(0o640)
    path.symlink_to("../real.yaml")
    assert cli("migrate").code == 0
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert BEFORE not in real.read_text(encoding="utf-8")
    assert old.is_dir()


def test_today_there_is_nothing_to_migrate(world: Path, cli: Cli) -> None:
    done = cli("migrate")
    assert (done.code, done.out) == (0, "")
    assert world.is_dir()
