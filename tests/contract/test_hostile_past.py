"""Whatever a portal says of its past: it is told, or named as what nobody can use, and acts on nobody."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from tests.clocks import hurried
from tests.contract.faults import Portal, Question, Reply, Spoilt
from tests.contract.test_hostile_portal import SPOILT

from portalsync.backend.http_reader import HttpReader
from portalsync.commits import Commit
from portalsync.errors import PortalsyncError
from portalsync.lexicon import lexicon_of
from portalsync.living.audit import Anchor, exported, verified_over_contract
from portalsync.living.back import before_plan, to_instant
from portalsync.living.history import between, history_of
from portalsync.model.codec import encode
from portalsync.model.persona import NOBODY
from portalsync.server.app import create_app
from portalsync.server.in_process import InProcess
from portalsync.server.store import Store
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.history_json import difference_document, history_document
from portalsync.views.report import Report
from portalsync.views.screen import Screen
from portalsync.views.wording.audit import word_verification
from portalsync.views.wording.history import word_difference, word_history

NOW = datetime(2026, 12, 1, tzinfo=UTC)
LEXICON = lexicon_of("de")
CLIENT = replace(NOBODY, locale="en")


def looked_back(portal: HttpReader) -> Report:
    history = history_of(portal, "local", "alder", [CLIENT], 10)
    encode(history_document(history))
    return word_history(history, LEXICON)


def compared(portal: HttpReader) -> Report:
    difference = between(portal, "local", "alder", (1, 2), [CLIENT], NOW)
    encode(difference_document(difference))
    return word_difference(difference, LEXICON)


def verified(portal: HttpReader) -> Report:
    anchor = Anchor().and_of(b"".join(exported(portal, ["alder"])), "kept")
    return word_verification(verified_over_contract(portal, "local", anchor))


def aimed(portal: HttpReader) -> None:
    for aim in (to_instant(NOW), before_plan(("sha256:p",))):
        aim(portal, "alder")


def as_is(report: Report) -> Report:
    return report


@pytest.mark.parametrize("look", [looked_back, compared, verified, aimed])
@pytest.mark.parametrize("spoilt", SPOILT)
def test_it_is_told_or_refused(
    spoilt: str, look: Callable[[HttpReader], Report | None], store: Store, commit: Callable[..., Commit]
) -> None:
    """Seen to fail where a value of the history was believed unread."""
    store.commit("alder", 1, "k1", commit({"chat.clients_can_start": False}))
    kept = InProcess(create_app(store, store._clock), store)  # noqa: SLF001 - the same clock

    def fault(portal: Portal, question: Question) -> Reply:
        reply = portal.ask(question)
        is_past = any(part in question.path for part in ("/history", "/audit", "/generations", "/firms?"))
        return SPOILT[spoilt](reply) if is_past else reply

    portal = HttpReader("http://localhost", Spoilt(kept, fault), hurried())
    with suppress(PortalsyncError):
        if report := look(portal):
            for form in (RESULTS["text"], RESULTS["markdown"]):
                text = "".join(form.of_result(Result(partial(as_is, report), lambda: ()), LEXICON, Screen()))
                assert "\x1b" not in text
                assert "\u202e" not in text
