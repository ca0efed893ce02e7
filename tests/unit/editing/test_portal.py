"""The portal behind the workbench: no page waits for it longer than once, and that not long."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from tests.base_firms import network_of

from portalsync.backend.connect import connected_to_read
from portalsync.backend.protocol import Reader
from portalsync.cache import NOTHING_KEPT
from portalsync.editing import portal as module
from portalsync.editing.files import EditedFiles, EditedFirm
from portalsync.editing.portal import LivePortal
from portalsync.errors import BackendUnreachable, InvalidConfig

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SETTINGS = {"backend": "embedded", "database": ".portalsync/portal.db"}
LONGEST = 300
"""Seconds until a test that waits in vain fails."""


@pytest.fixture
def edited(tmp_path: Path) -> EditedFirm:
    network_of(tmp_path, ())
    firm = EditedFiles(tmp_path, lambda: NOW, NOTHING_KEPT).firm("oak")
    assert firm is not None
    return firm


@pytest.fixture
def portal(tmp_path: Path, edited: EditedFirm) -> LivePortal:
    del edited
    return LivePortal(tmp_path, lambda _: ("local", SETTINGS), offline=False)


def test_what_the_portal_says_at_once_is_on_the_first_page(
    portal: LivePortal, edited: EditedFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", LONGEST)
    assert portal.live("oak", edited).state is not None
    assert portal.turn == 0


def test_a_portal_that_lets_wait_is_shown_once_it_answers(
    portal: LivePortal, edited: EditedFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen to fail where the first page waited for it."""
    may_answer, answered = Event(), Event()

    @contextmanager
    def slow(*arguments: object) -> Iterator[Reader]:
        assert may_answer.wait(LONGEST)
        with connected_to_read(*arguments) as reader:  # type: ignore[arg-type] # handed on
            yield reader
        answered.set()

    monkeypatch.setattr(module, "connected_to_read", slow)
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    assert portal.live("oak", edited).state is None
    assert portal.live("oak", edited).facts.currency == "EUR"
    assert portal.turn == 0
    may_answer.set()
    assert answered.wait(LONGEST)
    assert portal.turn == 1
    assert portal.live("oak", edited).state is not None


def test_a_portal_that_is_gone_is_told_beside_the_page(
    portal: LivePortal, edited: EditedFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: object) -> object:
        raise BackendUnreachable("nobody listens")

    monkeypatch.setattr(module, "connected_to_read", gone)
    monkeypatch.setattr(module, "PATIENCE", LONGEST)
    assert portal.live("oak", edited).state is None
    (why,) = portal.since("oak", edited, NOW).why
    assert why.message == "nobody listens"


def test_without_facts_there_is_no_page(tmp_path: Path, edited: EditedFirm) -> None:
    del edited
    (tmp_path / "facts" / "oak.yaml").unlink()
    firm = EditedFiles(tmp_path, lambda: NOW, NOTHING_KEPT).firm("oak")
    assert firm is not None
    with pytest.raises(InvalidConfig):
        LivePortal(tmp_path, lambda _: ("local", SETTINGS), offline=True).live("oak", firm)
