"""What SQLite alone reads of a portal is what the whole portal answers, or the whole portal is asked."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.commits import agreed

from portalsync.backend.protocol import Reader, Seed
from portalsync.commits import Commit
from portalsync.errors import BackendError, DatabaseUnusable
from portalsync.model.edit import Edit
from portalsync.server import at_rest
from portalsync.server.at_rest import AtRest, portal_at_rest
from portalsync.server.embedded import connect
from portalsync.server.in_process import read_embedded
from portalsync.server.store import Store
from portalsync.wire import Origin

CHAT = "chat.clients_can_start"
FIRMS = ("alder", "birch", "cedar")
SEED = Seed(
    {firm: {"firm": firm, "currency": "EUR"} for firm in FIRMS},
    {"ada": {"id": "ada", "title": {"en": "A client"}, "client": "Ada", "locale": "en", "tags": ["x"]}},
    digests=dict.fromkeys(FIRMS, "1"),
)


def now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)


def opened(path: Path) -> Store:
    store = Store.open(path, now)
    store.seed(SEED)
    return store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A portal that is filled, of which one firm is managed, and closed."""
    path = tmp_path / "portal.db"
    store = opened(path)
    commit = Commit(Origin.PLAN, "ci", "sha256:p", {}, (Edit(CHAT, after=True),), (CHAT,))
    store.commit("birch", 1, "k", agreed(commit))
    store.close()
    return path


def altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def reader(path: Path, seed: Seed = SEED) -> Reader:
    """As a plan gets it."""
    return connect({"database": path.name}, path.parent, replace(seed, is_kept=False))


def no_portal() -> Reader:
    pytest.fail("the whole portal was asked")


def answers(portal: Reader) -> tuple[object, ...]:
    try:
        return portal.portal(), [*portal.firms()]
    finally:
        portal.close()


def same_as_whole(path: Path) -> bool:
    return answers(reader(path)) == answers(read_embedded(path, SEED, now))


def test_it_answers_what_the_whole_portal_does(path: Path) -> None:
    before = path.read_bytes()
    assert isinstance(reader(path), AtRest)
    assert same_as_whole(path)
    assert [*path.parent.iterdir()] == [path]
    assert path.read_bytes() == before


def test_so_it_does_of_a_portal_that_was_restored(path: Path) -> None:
    altered(path, "update portal set epoch = 'e', restored = '2026-03-02T09:00:00.000+00:00'")
    assert isinstance(reader(path), AtRest)
    assert same_as_whole(path)


def test_whoever_asks_for_more_gets_it_from_the_whole_portal(path: Path) -> None:
    portal, whole = reader(path), read_embedded(path, SEED, now)
    assert portal.state("birch", 1) == whole.state("birch", 1)
    assert portal.history("birch") == whole.history("birch")
    assert portal.summaries(FIRMS) == whole.summaries(FIRMS)
    assert portal.page("alder", "ada", "en", "web-home.html", now()).startswith(b"<!")
    portal.close()
    whole.close()


MOMENTS = {
    "as it was applied": "select 1",
    "never applied": "update generations set applied = null",
    "a digest that is not of what is there": "update firms set digest = 'sha256:0'",
    "settings that are not managed": "update generations set managed = '[]'",
    "a row of the trail that is missing": "delete from audit where firm = 'birch' and generation = 2",
    "no trail": "delete from audit",
    "a trail that goes on": "update firms set generation = 1 where id = 'birch'",
    "settings that nobody knows": "update generations set settings = '{\"a.b\": 1}', managed = '[\"a.b\"]'",
}


@pytest.mark.parametrize("statement", MOMENTS.values(), ids=MOMENTS)
def test_what_firms_have_it_answers_as_the_whole_portal_does(path: Path, statement: str) -> None:
    """Seen to fail with the digest that is kept, and with the trail's first row in place of the last."""
    altered(path, statement)
    portal, whole = portal_at_rest(path, SEED, no_portal), read_embedded(path, SEED, now)
    assert portal is not None
    asked = ("cedar", "birch", "oak")
    assert [state.id for state, _ in portal.states(asked)] == ["birch", "cedar"]
    assert portal.states(asked) == whole.states(asked)
    assert portal.state("birch") == whole.state("birch")
    assert portal.facts("alder") == whole.facts("alder")
    whole.close()


WRONG = {
    "settings that are no JSON": "update generations set settings = '{' where firm = 'birch'",
    "settings of another kind": "update generations set settings = '[]' where firm = 'birch'",
    "settings that are a number": "update generations set settings = 1 where firm = 'birch'",
    "settings that are bytes": "update generations set settings = cast('{}' as blob) where firm = 'birch'",
    "a value that fits nowhere": "update generations set settings = replace(settings, 'true', '1')",
    "a key twice": "update generations set settings = '{\"a.b\": 1, \"a.b\": 2}' where firm = 'birch'",
    "claims that are no texts": "update generations set managed = '[1]' where firm = 'birch'",
    "a generation of nothing": "update generations set applied = -1 where firm = 'birch'",
    "a head that is no text": "update audit set hash = x'00' where firm = 'birch'",
    "facts that no portal takes": "update firms set facts = '{}' where id = 'birch'",
    "another firm's facts": "update firms set facts = (select facts from firms where id = 'alder')",
    "no generation": "delete from generations where firm = 'birch'",
}


def asked_one_by_one(portal: Reader) -> list[str]:
    return [
        outcome(lambda: portal.states(["birch"])),
        outcome(lambda: portal.state("birch")),
        outcome(lambda: portal.facts("birch")),
    ]


def outcome(ask: Callable[[], object]) -> str:
    try:
        return repr(ask())
    except BackendError as error:
        return repr(error)


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_firm_the_whole_portal_tells(path: Path, statement: str) -> None:
    """Seen to fail when bytes were taken for a text."""
    altered(path, statement)
    portal, whole = reader(path), read_embedded(path, SEED, now)
    assert isinstance(portal, AtRest)
    assert asked_one_by_one(portal) == asked_one_by_one(whole)
    portal.close()
    whole.close()


def test_what_somebody_wrote_since_the_list_the_whole_portal_reads(path: Path) -> None:
    """Seen to fail without the look at the file afterwards."""
    asked: list[str] = []

    def whole() -> Reader:
        asked.append("whole")
        return read_embedded(path, SEED, now)

    portal = portal_at_rest(path, SEED, whole)
    assert portal is not None
    altered(path, "create table more (a)")
    assert [state.id for state, _ in portal.states(FIRMS)] == [*FIRMS]
    assert asked == ["whole"]
    portal.close()


UNLIKE = {
    "an older portal": "update alembic_version set version_num = '0004'",
    "facts of another digest": "update firms set seeded = '0' where id = 'cedar'",
    "facts without one": "update firms set seeded = null where id = 'cedar'",
    "a sample client that was changed": "update sample_clients set document = '{}'",
    "a missing sample client": "delete from sample_clients",
    "a firm that is missing": "update firms set id = 'dogwood' where id = 'cedar'",
    "a digest that is no text": "update firms set digest = x'00' where id = 'cedar'",
    "claims that cannot be counted": "update firms set claims = 'many' where id = 'cedar'",
    "less than no claims": "update firms set claims = -1 where id = 'cedar'",
    "a generation before the first": "update firms set generation = 0 where id = 'cedar'",
    "no identity": "delete from portal",
    "a missing table": "drop table sample_clients",
}


@pytest.mark.parametrize("statement", UNLIKE.values(), ids=UNLIKE)
def test_where_a_look_is_not_enough_the_whole_portal_answers(path: Path, statement: str) -> None:
    """Seen to fail without a look at the revision and at the number of claims."""
    altered(path, statement)
    assert portal_at_rest(path, SEED, no_portal) is None  # it says that it does not know


def test_what_is_wrong_the_whole_portal_tells(tmp_path: Path) -> None:
    path = tmp_path / "portal.db"
    path.write_bytes(b"no database")
    with pytest.raises(DatabaseUnusable):
        reader(path)


def test_what_somebody_has_open_is_read_by_the_whole_portal(path: Path) -> None:
    writer = opened(path)
    assert not isinstance(reader(path), AtRest)
    writer.close()


def test_so_is_what_somebody_opens_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail without the second look at the file."""
    read = at_rest._read  # noqa: SLF001 - the moment in between

    def meanwhile(connection: sqlite3.Connection, seed: Seed) -> object:
        found = read(connection, seed)
        altered(path, "create table more (a)")
        return found

    monkeypatch.setattr(at_rest, "_read", meanwhile)
    assert portal_at_rest(path, SEED, no_portal) is None  # it says that it does not know


def test_a_seed_with_one_firm_less_is_no_other_portal(path: Path) -> None:
    less = replace(SEED, firms={"alder": SEED.firms["alder"]})
    portal = reader(path, less)
    assert isinstance(portal, AtRest)
    assert [firm.id for firm in portal.firms()] == [*FIRMS]
