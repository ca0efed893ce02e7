"""Opening a database: made, migrated, or refused in words."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from tests.commits import agreed
from tests.permissions import held_to_permissions

from portalsync.commits import Commit
from portalsync.errors import PortalsyncError
from portalsync.model.edit import ABSENT, Edit
from portalsync.server import database
from portalsync.server.database import open_database
from portalsync.server.migrations import HEAD
from portalsync.server.rows import LIVE
from portalsync.server.store import Store
from portalsync.server.tables import FIRMS, METADATA
from portalsync.wire import Origin


@pytest.fixture(autouse=True)
def nobody_pulls_the_plug() -> None:
    """Somebody may: portals write as they always do."""


def test_a_new_database_is_durable_and_strict(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "new" / "folder" / "portal.db")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_a_file_system_that_cannot_be_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says nothing where it cannot do what it is asked for, so it is asked again."""
    path = tmp_path / "portal.db"
    open_database(path).dispose()
    monkeypatch.setitem(database.PRAGMAS, "page_size", 512)  # which no database changes once it is there
    assert "cannot do page_size=512, which commits need to be safe" in refusal(path)


@pytest.mark.parametrize("way", ["new", "from nothing", "from of old"])
def test_the_migrations_make_the_tables(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a new portal has the same without them."""
    path = tmp_path / "portal.db"
    if way == "from nothing":
        monkeypatch.setattr(database, "_make", lambda connection: database._migrate(connection, None, path))  # noqa: SLF001 - as it was made before
    if way == "from of old":
        with closing(sqlite3.connect(path)) as old:
            old.executescript((Path(__file__).parent / "portal-0001.sql").read_text(encoding="utf-8"))
    engine = open_database(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_a_trail_from_before_acknowledgements_still_holds(tmp_path: Path) -> None:
    """Its rows keep the hashes that they have; those that follow cover what was acknowledged.

    Seen to fail when the migration filled the old rows with empty lists.
    """
    path = tmp_path / "portal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "portal-0001.sql").read_text(encoding="utf-8"))
    store = Store.open(path, lambda: datetime(2026, 3, 3, tzinfo=UTC))
    assert store.verify_audit("alder") == ()  # with what is kept of the generation since
    assert store.firms()[0].digest == store.state("alder").digest
    accepted = ("new-host:pay.example.com",)
    write = Edit("chat.clients_can_start", before=False, after=True)
    store.commit(
        "alder", 2, "k2",
        agreed(Commit(Origin.PLAN, "ci", "sha256:q", {}, (write,), (write.path,), accepted)),
    )  # fmt: skip
    assert store.verify_audit("alder") == ()
    assert [row.acknowledged for row in store.audit("alder")] == [ABSENT, ABSENT, accepted]
    store.close()


def test_a_list_of_firms_reads_no_facts(tmp_path: Path) -> None:
    """They are long; what a list says stands in an index."""
    engine = open_database(tmp_path / "portal.db")
    query = select(FIRMS.c.id, *(FIRMS.c[name] for name in LIVE)).where(FIRMS.c.id > "").order_by(FIRMS.c.id)
    told = str(query.limit(10).compile(engine, compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"explain query plan {told}").all()
    engine.dispose()
    assert [step[-1] for step in plan] == ["SEARCH firms USING COVERING INDEX firms_live (id>?)"]


def test_a_new_portal_needs_no_migrations(tmp_path: Path) -> None:
    """They take longer than all else. Seen to fail: each first plan of a network loaded them."""
    opens = (
        "import pathlib, sys, portalsync.server.database as d;"
        "d.open_copy(pathlib.Path(sys.argv[1])); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", opens, str(tmp_path / "portal.db")]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout == "False\n"
    )


def test_the_identity_is_made_once(tmp_path: Path) -> None:
    identities = set()
    for _ in range(3):
        store = Store.open(tmp_path / "portal.db", lambda: datetime.now(UTC))
        identities.add(store.portal().portal)
        store.close()
    assert len(identities) == 1
    other = Store.open(tmp_path / "other.db", lambda: datetime.now(UTC))
    assert other.portal().portal not in identities
    other.close()


def test_several_programs_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from portalsync.server.store import Store;"
        "s = Store.open(Path(sys.argv[1]), lambda: datetime.now(UTC)); print(s.portal().portal); s.close()"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "portal.db")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    told = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert len({*told}) == 1


def refusal(path: Path) -> str:
    with pytest.raises(PortalsyncError) as caught:
        open_database(path)
    assert str(path) in str(caught.value)
    assert caught.value.diagnostic.hint
    return str(caught.value)


def test_a_folder(tmp_path: Path) -> None:
    assert "it cannot be opened or made" in refusal(tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("apiVersion: portalsync/v1\n" * 100)
    content = path.read_bytes()
    assert "it is no database" in refusal(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table recipes (id integer)")
    assert "another program" in refusal(path)


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "portal.db"
    open_database(path).dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    assert "newer portalsync" in refusal(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [("9999",)]


def test_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be used" in refusal(tmp_path / "file" / "portal.db")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """In a program of its own, which root's power is taken from. Seen to fail when it was not taken."""
    tmp_path.chmod(0o500)
    place = str(tmp_path / "portal.db")
    opens = "import pathlib, sys, portalsync.server.database as d; d.open_database(pathlib.Path(sys.argv[1]))"
    command = held_to_permissions(sys.executable, "-c", opens, place)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert f"{place} cannot be used" in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_place_that_nobody_can_write() -> None:
    assert "cannot be used" in refusal(Path("/proc/portal.db"))


def test_a_damaged_database(tmp_path: Path) -> None:
    whole = tmp_path / "portal.db"
    open_database(whole).dispose()
    damaged = tmp_path / "damaged.db"
    shutil.copy(whole, damaged)
    content = bytearray(damaged.read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)
    damaged.write_bytes(content)
    assert "cannot be used" in refusal(damaged)
