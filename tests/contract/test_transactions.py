"""A commit happens whole or not at all, once, and for one writer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from portalsync.backend.http import HttpBackend
from portalsync.backend.protocol import Seed
from portalsync.commits import Commit, Committed, Conditional
from portalsync.errors import OutcomeUnknown
from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.server.commits import Asked
from portalsync.server.in_process import open_embedded
from portalsync.server.refusal import Refused
from portalsync.server.store import Store

Commits = Callable[..., Commit]
CHAT = "chat.clients_can_start"
FIRMS = ("alder", "birch", "cedar")


class Killed(BaseException):
    """What stops a program between two statements."""


@contextmanager
def killed_at(engine: Engine, number: int) -> Iterator[list[str]]:
    """Stops at the statement of this number; the list tells which ones came that far."""
    seen: list[str] = []

    def statement(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        if len(seen) == number:
            raise Killed
        seen.append(text)

    event.listen(engine, "before_cursor_execute", statement)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", statement)


def everything(store: Store) -> list[Any]:
    return [store.state("alder"), store.history("alder"), store.audit("alder"), store.verify_audit("alder")]


def test_killed_between_any_two_statements_nothing_is_half_written(store: Store, commit: Commits) -> None:
    before = everything(store)
    answer, number, statements = None, 0, list[str]()
    while answer is None:
        with killed_at(store._engine, number) as seen, suppress(Killed):  # noqa: SLF001 - to stop inside the transaction
            answer = store.commit("alder", 1, "k", commit({CHAT: False}))
        statements = seen
        assert answer is not None or everything(store) == before
        number += 1
    assert [text.split()[0] for text in statements if not text.startswith("SELECT")] == [
        "BEGIN",
        "INSERT",
        "UPDATE",
        "INSERT",
        "INSERT",
    ]
    assert number == len(statements) + 1
    assert store.commit("alder", 1, "k", commit({CHAT: False})) == answer
    assert store.state("alder").generation == 2
    assert store.verify_audit("alder") == ()


def of_all(store: Store) -> list[Any]:
    return [(store.state(firm), store.history(firm), store.audit(firm)) for firm in FIRMS]


def test_killed_in_the_middle_of_a_batch_nothing_of_it_is_there(store: Store, commit: Commits) -> None:
    """Seen to fail with a transaction for each firm: some were done."""
    made, wrong = commit({CHAT: False}), commit({CHAT: "x"})
    parts = (("alder", made), ("birch", made), ("cedar", wrong), ("cedar", made))
    asked = [Asked.of(firm, 1, "k", each, encode(each)) for firm, each in parts]
    before, answers, number = of_all(store), None, 0
    while answers is None:
        with killed_at(store._engine, number), suppress(Killed):  # noqa: SLF001 - to stop inside the transaction
            answers = store.commit_all(asked)
        assert answers is not None or of_all(store) == before
        number += 1
    assert [isinstance(answer, Committed) for answer in answers] == [True, True, False, True]
    assert [state.generation for state, _, _ in of_all(store)] == [2, 2, 2]
    assert [store.verify_audit(firm) for firm in FIRMS] == [(), (), ()]
    assert store.commit_all(asked)[:2] == answers[:2]


def test_a_batch_finds_what_its_own_commits_made(store: Store, commit: Commits) -> None:
    """The same firm and key twice is the same answer; the next generation is judged by the one before it."""
    first, second = commit({CHAT: False}), commit({CHAT: True}, before={CHAT: False})
    parts = (("k", 1, first), ("k", 1, first), ("l", 2, second), ("m", 2, second), ("k", 1, second))
    asked = [Asked.of("alder", generation, key, each, encode(each)) for key, generation, each in parts]
    one, same, two, stale, other = store.commit_all(asked)
    assert one == same
    assert isinstance(two, Committed)
    assert two.generation == 3
    assert [each.problem.type for each in (stale, other) if isinstance(each, Refused)] == [
        "stale-generation",
        "idempotency-reuse",
    ]
    assert store.state("alder").settings == {CHAT: True}
    assert store.verify_audit("alder") == ()


def test_the_same_commit_is_told_by_its_json(commit: Commits) -> None:
    """In parts, of which each is made canonical once: the digest of the whole."""
    made = commit({CHAT: False, "profile.name": "\N{GREEK SMALL LETTER ALPHA}"})
    body = dict(reversed(encode(made).items()))
    asked = Asked.of("alder", 7, "k", made, body)
    assert asked.request == digest({"generation": 7, "commit": encode(made)})


def test_two_writers_race_and_one_wins_each_generation(backend: HttpBackend, commit: Commits) -> None:
    rounds, writers = 10, 4
    wins: list[tuple[int, int]] = []
    start = threading.Barrier(writers, timeout=300)

    def write(writer: int) -> None:
        for turn in range(1, rounds + 1):
            start.wait()
            value = {f"work_in_progress.statuses.w{writer}-{turn}.name": {"en": "x"}}
            answer = backend.commit([Conditional("alder", turn, f"{writer}-{turn}", commit(value))])[0]
            if isinstance(answer, Committed):
                wins.append((turn, writer))
            else:
                assert answer.type == "stale-generation"
            start.wait()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [turn for turn, _ in sorted(wins)] == [*range(1, rounds + 1)]
    held = backend.state("alder").settings
    assert sorted(held) == sorted(f"work_in_progress.statuses.w{writer}-{turn}.name" for turn, writer in wins)


def test_what_was_answered_is_there_after_closing(
    database: Path, seed: Seed, commit: Commits, now: datetime
) -> None:
    with open_portal(database, seed, now) as first:
        identity = first.portal()
        first.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
        state, history = first.state("alder"), first.history("alder")
    with open_portal(database, seed, now) as again:
        assert again.portal() == identity
        assert again.state("alder") == state
        assert again.history("alder") == history
        assert isinstance(again.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])[0], Committed)
        assert again.state("alder").generation == 2


@contextmanager
def open_portal(database: Path, seed: Seed, now: datetime) -> Iterator[Any]:
    backend = open_embedded(database, seed, lambda: now)
    try:
        yield backend
    finally:
        backend.close()


def test_a_database_that_another_holds_is_waited_for_and_then_called_unknown(
    backend: HttpBackend, store: Store, commit: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portalsync.server.database.BUSY_SECONDS", 0.05)
    store._engine.dispose()  # noqa: SLF001 - connections made from now on are that impatient
    event.listen(store._engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))  # noqa: SLF001
    other = Store.open(Path(str(store._engine.url.database)), lambda: datetime.now(UTC))  # noqa: SLF001
    with other._writer.begin(), pytest.raises(OutcomeUnknown, match=r"503|Another program holds"):  # noqa: SLF001
        backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])
    assert backend.state("alder").generation == 1
    assert isinstance(backend.commit([Conditional("alder", 1, "k", commit({CHAT: False}))])[0], Committed)
    other.close()
