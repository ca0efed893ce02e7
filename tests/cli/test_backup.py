"""Backups: whole, also while the portal runs; and put back so that nothing is lost, and plans notice."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import AT, DATABASE, Cli, rows
from tests.permissions import held_to_permissions

from portalsync.commits import Commit, Committed, Conditional
from portalsync.model.edit import Edit
from portalsync.server import backup as backing_up
from portalsync.server.in_process import open_embedded
from portalsync.server.store import Store
from portalsync.wire import Origin


def by_hand(path: str) -> None:
    """The firm's next generation."""
    portal = open_embedded(DATABASE)
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit(path, after=True),), ())
    (answer,) = portal.commit([Conditional("oak", portal.state("oak").generation, path, commit)])
    portal.close()
    assert isinstance(answer, Committed), answer


def kept() -> list[Path]:
    """What `restore` kept."""
    return sorted(DATABASE.parent.glob("*.before-*"))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.usefixtures("world")
def test_back_to_a_backup_and_a_plan_from_before(cli: Cli) -> None:
    """Seen to fail without the epoch: generation and audit head of the plan fit again."""
    assert cli("backup", "monday.db").code == 0
    assert cli("plan", AT, "--out=plan.json").code == 0
    by_hand("done_uploading.button")
    before = rows(DATABASE)
    restored = cli("restore", "monday.db", "--yes")
    assert restored.code == 0, restored.err
    (aside,) = kept()
    assert str(aside) in flat(restored.err)
    assert rows(aside) == before
    refused = cli("apply", "plan.json")
    assert refused.code == 4
    assert "The portal was restored from a backup on" in flat(refused.err)
    assert cli("preview", "--plan=plan.json").code == 4
    assert cli("plan", AT, "--out=plan.json").code == 0
    assert cli("apply", "plan.json").code == 0


@pytest.mark.usefixtures("world")
def test_in_german(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    assert "1 Kanzlei, zuletzt geändert: nie." in flat(cli("backup", "monday.db").err)
    assert cli("restore", "monday.db", "--yes").code == 0
    refused = cli("apply", "plan.json")
    assert "aus einer Sicherung wiederhergestellt; der Plan ist von davor." in flat(refused.err)


@pytest.mark.usefixtures("world")
def test_a_copy_from_before_the_restore_is_noticed_too(cli: Cli) -> None:
    assert cli("backup", "monday.db").code == 0
    old = DATABASE.read_bytes()
    assert cli("restore", "monday.db", "--yes").code == 0
    assert cli("plan", AT, "--out=plan.json").code == 0
    DATABASE.write_bytes(old)
    refused = cli("apply", "plan.json")
    assert refused.code == 4
    assert "was set back to a copy from before it was last restored" in flat(refused.err)


@pytest.mark.usefixtures("world")
def test_a_backup_has_what_a_running_portal_has_committed(cli: Cli) -> None:
    """A copy of the file alone has not: it stands in the log. Seen to fail with such a copy."""
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit("done_uploading.button", after=True),), ())
    made = store.commit("oak", 1, "key", commit)
    Path("copy.db").write_bytes(DATABASE.read_bytes())
    assert cli("backup", "backup.db").code == 0
    for file, generations in (("copy.db", 1), ("backup.db", 2)):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("select count(*) from generations").fetchone() == (generations,)
    assert made.generation == 2
    store.close()


@pytest.mark.usefixtures("world")
def test_a_running_portal_goes_on_with_what_was_restored(cli: Cli) -> None:
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    assert cli("backup", "monday.db").code == 0
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit("done_uploading.button", after=True),), ())
    store.commit("oak", 1, "key", commit)
    assert cli("restore", "monday.db", "--yes").code == 0
    assert store.state("oak").generation == 1
    assert store.verify_audit("oak") == ()
    assert store.commit("oak", 1, "another", commit).generation == 2
    store.close()


@pytest.mark.usefixtures("world")
def test_nothing_commits_between_what_is_kept_and_what_is_put_there(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever tries waits for the restore. Seen to fail with the copy made before the lock was taken."""
    assert cli("backup", "monday.db").code == 0
    keep = backing_up._keep  # noqa: SLF001 - the moment in between
    refusals: list[str] = []

    def interrupted(database: Path, aside: Path) -> None:
        keep(database, aside)
        with closing(sqlite3.connect(database, timeout=0)) as other:
            try:
                other.execute("update firms set facts = '{}'")
            except sqlite3.OperationalError as error:
                refusals.append(str(error))

    monkeypatch.setattr(backing_up, "_keep", interrupted)
    assert cli("restore", "monday.db", "--yes").code == 0
    assert refusals == ["database is locked"]


def garbled(content: bytes) -> bytes:
    return content[:8192] + bytes(255 - each for each in content[8192:])


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "no database": lambda _: b"x" * 5000,
    "truncated": lambda content: content[:5000],
    "garbled": garbled,
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_portal_is_kept_aside_as_it_is(damage: str, cli: Cli) -> None:
    assert cli("backup", "monday.db").code == 0
    whole = rows(DATABASE)
    DATABASE.write_bytes(DAMAGES[damage](DATABASE.read_bytes()))
    content = DATABASE.read_bytes()
    assert cli("backup", "tuesday.db").code == 1
    assert not Path("tuesday.db").exists()
    assert cli("restore", "monday.db", "--yes").code == 0
    (aside,) = kept()
    assert aside.read_bytes() == content
    assert len(rows(DATABASE)) == len(whole)
    assert cli("plan", AT).code == 0


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_changes_nothing(damage: str, cli: Cli) -> None:
    assert cli("backup", "monday.db").code == 0
    Path("monday.db").write_bytes(DAMAGES[damage](Path("monday.db").read_bytes()))
    before = DATABASE.read_bytes()
    refused = cli("restore", "monday.db", "--yes")
    assert refused.code == 1
    assert "The database monday.db cannot be used" in flat(refused.err)
    assert "Name another backup: this one cannot be read." in flat(refused.err)
    assert (DATABASE.read_bytes(), kept()) == (before, [])


@pytest.mark.usefixtures("world")
def test_a_backup_of_another_portal(cli: Cli) -> None:
    open_embedded(Path("other.db")).close()
    before = DATABASE.read_bytes()
    refused = cli("restore", "other.db", "--yes")
    assert refused.code == 1
    assert "other.db is a backup of another portal than the one in" in flat(refused.err)
    assert (DATABASE.read_bytes(), kept()) == (before, [])


@pytest.mark.usefixtures("world")
def test_where_no_portal_is(cli: Cli) -> None:
    assert cli("backup", "monday.db").code == 0
    whole = rows(DATABASE)
    DATABASE.unlink()
    assert "There is no portal in" in cli("backup", "tuesday.db").err
    Path("empty.db").touch()
    for file in ("nothing.db", "empty.db"):
        assert f"There is no portal in {file}" in cli("restore", file, "--yes").err
    assert not DATABASE.exists()
    assert cli("restore", "monday.db", "--yes").code == 0
    assert len(rows(DATABASE)) == len(whole)
    assert kept() == []


@pytest.mark.usefixtures("world")
def test_nobody_is_there_to_agree(cli: Cli) -> None:
    assert cli("backup", "monday.db").code == 0
    before = DATABASE.read_bytes()
    refused = cli("restore", "monday.db")
    assert refused.code == 64
    assert "Add --yes." in refused.err
    assert DATABASE.read_bytes() == before


@pytest.mark.usefixtures("world")
def test_the_portal_itself_is_no_place_for_its_backup(cli: Cli) -> None:
    assert cli("backup", str(DATABASE)).code == 64


@pytest.mark.usefixtures("world")
def test_a_portal_elsewhere_is_not_ours_to_back_up(cli: Cli) -> None:
    network = Path("portal-config/portalsync.yaml")
    text = network.read_text(encoding="utf-8").replace("backend: embedded", "backend: http")
    network.write_text(text.replace("database: .portalsync/portal.db", "url: https://portal.example"))
    refused = cli("backup", "monday.db")
    assert refused.code == 1
    assert "has its portal elsewhere: https://portal.example" in flat(refused.err)


def test_of_a_folder_that_nobody_may_write(world: Path) -> None:
    DATABASE.parent.chmod(0o555)
    command = held_to_permissions(sys.executable, "-m", "portalsync", "backup", "monday.db")
    done = subprocess.run(command, cwd=world, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("world")
def test_a_trail_that_does_not_hold_is_told(cli: Cli) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute("update audit set actor = 'nobody'")
    done = cli("backup", "monday.db")
    assert done.code == 0
    assert "The audit trail of" in done.err
