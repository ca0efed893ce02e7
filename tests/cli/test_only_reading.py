"""What only reads leaves no trace beside the configuration: no byte, no file, no time of change."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import AT, DATABASE, Cli
from tests.cli.test_bad_input import at_address
from tests.permissions import held_to_permissions

from portalsync.commits import Commit
from portalsync.model.edit import Edit
from portalsync.pipeline.load import load, seed_of
from portalsync.server import database
from portalsync.server.app import create_app
from portalsync.server.serve import running
from portalsync.server.store import Store
from portalsync.wire import Origin

CONFIG = Path("portal-config")
READING = (
    ("validate", AT),
    ("plan", AT, "--out=plan.json"),
    ("preview", AT, "--out=now.html"),
    ("preview", "--plan=plan.json", "--out=change.html"),
    ("drift",),
    ("explain", "oak", "--persona=ada"),
    ("explain", "defaults.yaml:10"),
    ("find", "--unset"),
    ("status", AT, "--html=status.html"),
    ("timeline", AT),
    ("show", "plan.json"),
    ("comment", "--plan=plan.json", "--print"),
)
WRITES = "insert into idempotency values ('oak', 'key', 'request', 201, '{}')"


def traces(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder, and itself: when it changed, and what a file has in it."""
    paths = [folder, *folder.rglob("*")]
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths
    }


@contextmanager
def missing() -> Iterator[None]:
    shutil.rmtree(DATABASE.parent)
    yield


@contextmanager
def at_rest() -> Iterator[None]:
    yield


@contextmanager
def open_elsewhere() -> Iterator[None]:
    """Another program is in the middle of writing."""
    writes = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        f'c.execute("begin immediate"); c.execute("{WRITES}"); print(flush=True); input()'
    )
    command = [sys.executable, "-c", writes, str(DATABASE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"\n"
        yield
        writer.communicate(b"\n")


@contextmanager
def left_by_a_killed_program() -> Iterator[None]:
    writes = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        f'c.execute("{WRITES}"); os._exit(9)'
    )
    subprocess.run([sys.executable, "-c", writes, str(DATABASE)], check=False, timeout=300)
    assert DATABASE.with_name("portal.db-wal").stat().st_size
    yield


@contextmanager
def copied_while_open() -> Iterator[None]:
    with left_by_a_killed_program():
        DATABASE.with_name("portal.db-shm").unlink()
        yield


@contextmanager
def left_without_its_log() -> Iterator[None]:
    DATABASE.with_name("portal.db-shm").write_bytes(b"\0" * 32768)
    yield


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "state",
    [missing, at_rest, open_elsewhere, left_by_a_killed_program, copied_while_open, left_without_its_log],
)
def test_commands_that_read(state: Callable[[], AbstractContextManager[None]], cli: Cli) -> None:
    """Seen to fail where the database was opened as it is for writing, and where it was only opened `ro`."""
    with state():
        before = traces(CONFIG)
        for command in READING:
            done = cli(*command)
            assert done.code == 0, (command, done.err)
            assert traces(CONFIG) == before, command


def test_a_folder_that_nobody_may_write(world: Path) -> None:
    """Read-only as on a medium. Seen to fail: it took the right to write, and a database."""
    for state in ("with its portal", "before there is one"):
        if state == "before there is one":
            DATABASE.parent.chmod(0o755)
            shutil.rmtree(DATABASE.parent)
        for folder in (CONFIG, DATABASE.parent):
            if folder.exists():
                folder.chmod(0o555)
        command = held_to_permissions(sys.executable, "-m", "portalsync", "plan", AT, "--no-pager")
        done = subprocess.run(command, cwd=world, capture_output=True, text=True, check=False, timeout=300)
        CONFIG.chmod(0o755)
        assert (done.returncode, done.stderr) == (0, ""), state
        assert "oak" in done.stdout


@pytest.mark.usefixtures("world")
def test_a_plan_from_before_the_first_apply_is_applied(cli: Cli) -> None:
    """The portal is made by the apply, and is the one that was planned for."""
    shutil.rmtree(DATABASE.parent)
    assert cli("plan", AT, "--out=first.json").code == 0
    assert not DATABASE.parent.exists()
    applied = cli("apply", "first.json")
    assert applied.code == 0, applied.err
    assert DATABASE.exists()
    assert "already applied" in cli("apply", "first.json").out


def test_served_or_embedded_the_first_plan_is_the_same(world: Path, cli: Cli) -> None:
    """Seen to fail when a new portal's identity was drawn by lot, and its firms began when it was made."""
    shutil.rmtree(DATABASE.parent)
    embedded = planned(cli)
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    store.seed(seed_of(load(CONFIG)))
    with running(create_app(store, lambda: datetime.now(UTC))) as address:
        at_address(world, address)
        served = planned(cli)
    store.close()
    assert served == embedded
    assert embedded["firms"]


def planned(cli: Cli) -> dict[str, object]:
    """A plan, without the names of the files that it was made from."""
    made = cli("plan", AT, "--format=json")
    assert made.code == 0, made.err
    plan = json.loads(made.out)
    return {name: value for name, value in plan.items() if name not in ("config", "digest")}


@pytest.mark.usefixtures("world")
def test_facts_of_the_files_count_before_they_are_the_portals(cli: Cli) -> None:
    """What an apply would tell the portal first is in the plan. Seen to fail without the seed."""
    facts = next((CONFIG / "facts").iterdir())
    text = facts.read_text(encoding="utf-8")
    facts.write_text(re.sub(r"clients: \d+", "clients: 777", text), encoding="utf-8")
    before = traces(CONFIG)
    assert "777" in cli("plan", AT).out
    assert traces(CONFIG) == before


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", f"Another program holds the database {DATABASE}, and did not let go of it in time."),
        ("de", f"Ein anderes Programm hält die Datenbank {DATABASE}"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_lock_that_does_not_come_free(
    command: str, lang: str, says: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail: it waited, then called it a bug."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    monkeypatch.setenv("PORTALSYNC_LANG", lang)
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        if command == "plan":  # which only a program that wants the database for itself keeps out
            other.execute("COMMIT")
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute(WRITES)
        ended = cli(command, AT, *(["--yes"] if command == "apply" else []))
    assert ended.code == 1
    assert says in " ".join(ended.err.split())


@pytest.mark.usefixtures("world")
def test_a_file_that_cannot_be_read(cli: Cli) -> None:
    DATABASE.unlink()
    DATABASE.mkdir()
    ended = cli("plan", AT)
    assert ended.code == 1
    assert f"The database {DATABASE} cannot be used" in " ".join(ended.err.split())


@pytest.mark.usefixtures("world")
def test_behind_a_link_the_log_is_read_too(cli: Cli) -> None:
    """SQLite keeps it beside the file, not beside the link. Seen to fail: the plan was of the day before."""
    home = CONFIG / ".portalsync" / "home"
    home.mkdir()
    DATABASE.rename(home / "real.db")
    DATABASE.symlink_to(Path("home", "real.db"))
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit("done_uploading.button", after=True),), ())
    store.commit("oak", 1, "key", commit)
    refused = cli("apply", "plan.json")
    assert "oak was planned at generation 1" in " ".join(refused.err.split())
    assert json.loads(cli("plan", AT, "--format=json").out)["firms"][0]["generation"] == 2
    store.close()


def test_serving_needs_the_right_to_write(world: Path) -> None:
    DATABASE.parent.chmod(0o555)
    DATABASE.chmod(0o444)
    command = held_to_permissions(sys.executable, "-m", "portalsync", "serve", "--port=0")
    done = subprocess.run(command, cwd=world, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert f"The database {DATABASE} cannot be used" in " ".join(done.stderr.split())
