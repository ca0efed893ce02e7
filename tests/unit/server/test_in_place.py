"""A database is read where it lies, and what is read is of one moment although somebody may write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.commits import agreed

from portalsync.backend.protocol import Seed
from portalsync.commits import Commit
from portalsync.errors import DatabaseUnusable
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSONObject
from portalsync.server import in_place
from portalsync.server.in_place import Moved, StoreInPlace, open_to_read
from portalsync.server.in_process import read_embedded
from portalsync.server.store import Store
from portalsync.wire import Origin

CHAT = "chat.clients_can_start"
ADA: JSONObject = {
    "id": "ada",
    "title": {"en": "A client"},
    "client": "Ada",
    "locale": "en",
    "tags": ["business"],
}
SEED = Seed({firm: {"firm": firm, "currency": "EUR"} for firm in ("alder", "birch")}, {"ada": ADA})
OTHER = Seed({firm: {"firm": firm, "currency": "CHF"} for firm in ("alder", "birch", "cedar")})


def now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portal that is filled, and closed."""
    path = tmp_path / "portal.db"
    opened(path).close()
    return path


def opened(path: Path) -> Store:
    store = Store.open(path, now)
    store.seed(SEED)
    return store


def advance(store: Store) -> None:
    commit = Commit(Origin.PLAN, "ci", "sha256:p", {}, (Edit(CHAT, after=True),), (CHAT,))
    store.commit("alder", 1, "k", agreed(commit))


@pytest.fixture
def reader(path: Path) -> Iterator[Store]:
    reader = open_to_read(path, SEED, now)
    yield reader
    reader.close()


def test_read_where_it_lies(reader: Store, path: Path) -> None:
    assert isinstance(reader, StoreInPlace)
    assert [firm.id for firm in reader.firms()] == ["alder", "birch"]
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("is_left_open", [True, False])
def test_what_somebody_writes_is_read_again(reader: Store, path: Path, is_left_open: bool) -> None:  # noqa: FBT001 - a case
    """Seen to fail without the second look: it went on with what was there before."""
    writer = opened(path)
    advance(writer)
    if not is_left_open:
        writer.close()
    with pytest.raises(Moved):
        reader.state("alder") if is_left_open else reader.page_source("alder", "ada")
    assert reader.state("alder").settings == {CHAT: True}
    source = reader.page_source("alder", "ada")
    assert source is not None
    assert "true" in source.settings
    writer.close()


def test_in_the_middle_of_a_question_too(reader: Store, path: Path) -> None:
    """Half of it may be of before. Whoever asks the embedded portal hears nothing of that."""
    portal = read_embedded(path, SEED, now)
    for store in (reader, portal_store(portal)):
        event.listen(store._engine, "commit", lambda _connection: touched(path), once=True)  # noqa: SLF001 - the moment in between
    with pytest.raises(Moved):
        reader.state("alder")
    assert portal.state("alder").generation == reader.state("alder").generation == 1
    portal.close()


def portal_store(portal: object) -> Store:
    store = portal._exchange._client._transport._store  # type: ignore[attr-defined] # noqa: SLF001 - what is behind the client
    assert isinstance(store, StoreInPlace)
    return store


def touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table more (a)")


def test_what_has_to_be_laid_over_it_is_laid_over_a_copy(path: Path) -> None:
    before = path.read_bytes()
    reader = open_to_read(path, OTHER, now)
    assert not isinstance(reader, StoreInPlace)
    assert [firm.id for firm in reader.firms()] == ["alder", "birch", "cedar"]
    assert reader.facts("alder")["currency"] == "CHF"
    reader.close()
    assert path.read_bytes() == before


def test_the_copy_is_laid_over_too(path: Path) -> None:
    reader = open_to_read(path, SEED, now)
    path.write_bytes(b"")
    with pytest.raises(Moved):
        reader.firms()
    assert [firm.id for firm in reader.firms()] == ["alder", "birch"]
    reader.close()


def test_of_another_form_it_is_copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "open_in_place", lambda _path: None)
    reader = open_to_read(path, SEED, now)
    assert not isinstance(reader, StoreInPlace)
    assert reader.portal() == opened(path).portal()
    reader.close()


def test_what_is_damaged_is_told(path: Path) -> None:
    path.write_bytes(b"x" * 5_000)
    with pytest.raises(DatabaseUnusable, match="it is no database"):
        open_to_read(path, SEED, now)
