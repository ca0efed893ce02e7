"""Whatever answers: the checks come to an end, and say what was put back and what was not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.contract.faults import GIVEN, Portal, Question, Reply, Spoilt
from tests.contract.gate import READER

from portalsync.conformance.checks import CHECKS
from portalsync.conformance.probe import Probe
from portalsync.conformance.suite import begin, examine
from portalsync.errors import PortalsyncError
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.conformance import Grade
from portalsync.server.app import create_app
from portalsync.server.in_process import InProcess
from portalsync.server.store import Store
from portalsync.views.formats import CHECKS as FORMATS
from portalsync.views.screen import Screen

Spoil = Callable[[Reply], Reply]
PROBLEM = "application/problem+json"


def saying(body: bytes, kind: str = "application/json", status: int = 200) -> Spoil:
    return lambda _reply: Reply(status, {"content-type": kind}, body)


def each_value(change: Callable[[Any], Any]) -> Spoil:
    """Everything inside of what is answered, one way or another."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: changed(inner) for key, inner in value.items()}
        return [changed(inner) for inner in value] if isinstance(value, list) else change(value)

    def spoil(reply: Reply) -> Reply:
        return reply.of(changed(reply.json)) if b"{" in reply.body[:1] else reply

    return spoil


def emptied(value: Any) -> Any:
    """Lists and objects inside of what is answered have nothing in them."""
    return {key: type(inner)() if isinstance(inner, list | dict) else inner for key, inner in value.items()}


def hollow(reply: Reply) -> Reply:
    return reply.of(emptied(reply.json)) if b"{" in reply.body[:1] else reply


DEEP = b"[" * 900 + b"]" * 900
SPOILT: dict[str, Spoil] = {
    "nothing": saying(b""),
    "null": saying(b"null"),
    "a list": saying(b"[]"),
    "an object": saying(b"{}"),
    "a number": saying(b"9" * 4000),
    "deep": saying(DEEP),
    "deep inside": lambda reply: replace(reply, body=reply.body.replace(b"true", DEEP).replace(b"[]", DEEP)),
    "no UTF-8": saying(b"\xff\xfe"),
    "a page": saying(b"<h1>Welcome</h1>", "text/html"),
    "a redirect": saying(b"", "text/html", 302),
    "no content": saying(b"", "", 204),
    "teapot": saying(b'{"type": 1}', PROBLEM, 418),
    "a problem of a bare kind": saying(
        b'{"type": "urn:portalsync:problem:", "title": "", "status": 0}', PROBLEM, 404
    ),
    "hollow": hollow,
    "texts": each_value(lambda _: "\x1b[31m::warning::\u202e\n" * 20),
    "numbers": each_value(lambda _: 10**400),
    "the token": each_value(lambda _: "x" * 350 + GIVEN),
    "the token for a key": lambda reply: reply.of({GIVEN: 1, "firms": [{GIVEN: 1}], "settings": {GIVEN: 1}}),
    "nulls": each_value(lambda _: None),
    "bools": each_value(lambda _: True),
    "all headers gone": lambda reply: replace(
        reply, headers={"content-type": reply.headers.get("content-type", "")}
    ),
    "without its end": lambda reply: replace(reply, body=reply.body[: len(reply.body) // 2]),
    "a key twice": lambda reply: replace(reply, body=b'{"id": 1,' + reply.body[1:]),
}
WHERE: dict[str, Callable[[Question], bool]] = {
    "of commits": lambda question: question.method == "POST",
    "of a firm": lambda question: question.method == "GET" and "/firms/" in question.path,
    "of lists": lambda question: question.path.endswith(("/firms", "/history", "/audit", "limit=1")),
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("spoilt", SPOILT)
def test_the_checks_come_to_an_end(spoilt: str, where: str, store: Store) -> None:
    """And every format says what came of them. Seen to fail for a history without the entry of a commit."""
    kept = InProcess(create_app(store, store._clock), store)  # noqa: SLF001 - the same clock

    def fault(portal: Portal, question: Question) -> Reply:
        reply = portal.ask(question)
        return SPOILT[spoilt](reply) if WHERE[where](question) else reply

    probe = Probe("http://localhost", Spoilt(kept, fault), token=GIVEN)
    try:
        trial = begin(probe, "alder", READER)
    except PortalsyncError:
        return
    checked = examine(trial, CHECKS)
    assert len(checked.checks) == len(CHECKS)
    assert checked.having(Grade.FAILED)
    for form in FORMATS.values():
        for locale in LOCALES:
            text = "".join(form.of_checks(checked, lexicon_of(locale), Screen()))
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert GIVEN[:16] not in text, "half of it is one too many"
