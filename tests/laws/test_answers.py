"""Whatever a portal answers: it is understood, or it is named. Never a bug."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.laws.portals import apply

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.http import HttpBackend
from portalsync.commits import Commit, Committed, Conditional
from portalsync.errors import BackendError, ExitCode, InvalidConfig, OutcomeUnknown, PortalsyncError
from portalsync.lexicon import lexicon_of
from portalsync.living.drift import find_drift
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.server.app import create_app
from portalsync.server.in_process import ADDRESS, InProcess
from portalsync.server.store import Store
from portalsync.views.text_report import render_text
from portalsync.views.wording.plan import word_plan
from portalsync.wire import Origin

BASE = Path(__file__).parents[1] / "cases" / "validate" / "base"
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRM = """
options:
  prepayments: {enabled: true, method: card, audience: {any: [individual]}}
  appointments: {enabled: true, provider: calendly, url: "https://calendly.com/oak"}
  announcements:
    items:
      - {id: closed, title: {en: Closed}, body: {en: On Friday}, starts: 2026-12-01, ends: 2026-12-24}
  organizers: {templates: [{id: rental-property, self_service: true}]}
  work_in_progress:
    enabled: true
    statuses: [{id: checking, name: {en: Checking}, description: {en: We are at it}}]
    pipelines: [{id: income-tax, stages: [{id: review, show: checking}]}]
"""
HISTORY = "v1/firms/oak/history"

Answers = Mapping[str, Any]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    root = tmp_path_factory.mktemp("answers") / "config"
    shutil.copytree(BASE, root)
    (root / "personas" / "ada.yaml").unlink()
    firm, facts = root / "firms" / "oak.yaml", root / "facts" / "oak.yaml"
    firm.write_text(firm.read_text().partition("options:")[0] + FIRM)
    facts.write_text(facts.read_text() + "booking_integrations: [calendly]\n")
    return load(root)


@pytest.fixture(scope="module")
def answers(loaded: Survey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """What the reference portal answers to all that is read, once a plan was applied and undone by hand."""
    store = Store.open(tmp_path_factory.mktemp("portal") / "portal.db", lambda: AT)
    store.seed(seed_of(loaded))
    with HttpBackend(ADDRESS, InProcess(create_app(store, lambda: AT), store)) as portal:
        apply(make_plan(loaded, portal, "local", AT), portal)
        live = portal.state("oak")
        writes = (
            Edit("chat.clients_can_start", before=True, after=False),
            Edit("announcements.items.closed.title", {"en": "Closed"}, {"en": "Open"}),
        )
        commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, writes, ())
        (done,) = portal.commit([Conditional("oak", live.generation, "by hand", commit)])
        assert isinstance(done, Committed), done
        recorder = Recorder(portal)
        look(HttpBackend(ADDRESS, httpx2.MockTransport(recorder)), loaded)
        yield recorder.answers


class Recorder:
    """Hands requests on, and keeps the answers by path."""

    def __init__(self, portal: HttpBackend) -> None:
        self._portal = portal
        self.answers: dict[str, Any] = {}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/")
        answer = self._portal._exchange.get(path)  # noqa: SLF001 - its bytes, not what is read of them
        self.answers[path] = json.loads(answer.body)
        return httpx2.Response(
            answer.status, content=answer.body, headers={"content-type": answer.media_type}
        )


def look(portal: HttpBackend, loaded: Survey) -> None:
    """All that `plan` and `drift` read of a portal and say of it."""
    plan = make_plan(loaded, portal, "local", AT)
    for locale in ("en", "de"):
        render_text(word_plan(plan, lexicon_of(locale)), lexicon_of(locale), color=False, width=100)
    find_drift(portal, "local")


@dataclass(frozen=True)
class Raw:
    """What no value stands for, as it is written."""

    text: str


def deep(levels: int) -> JSON:
    value: JSON = 1
    for _ in range(levels):
        value = [value]
    return value


GONE = object()
OTHERS: tuple[object, ...] = (
    GONE, None, True, 0, -1, 1.5, 10**30, "", "x", "x" * 70_000, "\x1b[31m\u202e\0", "a.b", [], [1], ["x"],
    {}, {"en": 1}, {"": {"": ""}}, deep(90), deep(700), {"a": deep(700)}, Raw("NaN"), Raw("1e999"),
    Raw('"\\ud800"'), Raw("9" * 5000), Raw('{"a": 1, "a": 2}'), Raw("[" * 20_000),
)  # fmt: skip
MARK = "@here@"


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """All places in a body; of a list the first two entries, for the others are like them. What a write says
    is one place.
    """
    yield at
    if at[-1:] in (("before",), ("after",)):
        return
    inner = value.items() if isinstance(value, dict) else ()
    for key, each in enumerate(value[:2]) if isinstance(value, list) else inner:
        yield from places(each, (*at, key))


def replaced(body: Any, place: tuple[str | int, ...], value: object) -> bytes:
    holder: Any = json.loads(json.dumps({"body": body}))
    node, (*steps, last) = holder, ("body", *place)
    for step in steps:
        node = node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = MARK if isinstance(value, Raw) else value
    text = json.dumps(holder.get("body", {}))
    return (text.replace(f'"{MARK}"', value.text) if isinstance(value, Raw) else text).encode()


def portal_of(answers: Answers, path: str, body: bytes, status: int = 200) -> HttpBackend:
    """A portal that answers one request with these bytes, and all others as they were."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = request.url.path.removeprefix("/")
        if asked == "v1/commits" != path:
            return httpx2.Response(500)  # nobody knows what became of it: the firms are read back
        if asked == path:
            return httpx2.Response(status, content=body, headers={"content-type": "application/json"})
        return httpx2.Response(200, json=answers[asked])

    return HttpBackend("https://portal.example", httpx2.MockTransport(answer))


def fault_of(portal: HttpBackend, loaded: Survey) -> PortalsyncError | None:
    try:
        look(portal, loaded)
    except PortalsyncError as error:
        return error
    return None


@pytest.mark.parametrize(
    "path",
    [
        "v1/portal",
        "v1/firms",
        "v1/firms/oak/settings",
        "v1/firms/oak/facts",
        "v1/firms/oak/generations/2",
        HISTORY,
    ],
)
def test_every_value_of_every_answer_replaced_by_others(path: str, answers: Answers, loaded: Survey) -> None:
    """Seen to fail: a list where a switch should be ended with 70, deep in the composition of a page."""
    for place in [*places(answers[path])]:
        for value in OTHERS:
            error = fault_of(portal_of(answers, path, replaced(answers[path], place, value)), loaded)
            if error is not None:
                assert error.exit_code in {ExitCode.ERROR, ExitCode.INVALID, ExitCode.BLOCKED}, (place, value)
                assert str(error.diagnostic.hint) or isinstance(error, InvalidConfig), (place, value)


def test_what_cannot_be_is_named_with_request_firm_and_path(answers: Answers, loaded: Survey) -> None:
    settings, facts = "v1/firms/oak/settings", "v1/firms/oak/facts"
    for path, place, value, named in (
        (
            settings,
            ("settings", "chat.clients_can_start"),
            [],
            "Firm oak, at settings.chat.clients_can_start: expected what",
        ),
        (settings, ("generation",), "2", "Firm oak, at generation: expected a whole number."),
        (settings, ("managed", 0), 1, "Firm oak, at managed[0]: expected a text."),
        (
            facts,
            ("segments", 0, "clients"),
            -1,
            "Firm oak, at segments[0].clients: expected what schemas/facts.v1.schema.json",
        ),
        ("v1/firms", ("firms", 0, "digest"), 5, "Firm oak, at firms[0].digest: expected a text."),
        (HISTORY, ("history", 0, "origin"), "import", "Firm oak, at history[0].origin: expected one of"),
    ):
        error = fault_of(portal_of(answers, path, replaced(answers[path], place, value)), loaded)
        assert isinstance(error, BackendError)
        assert f"answered GET {path} with a value that the contract does not allow. {named}" in str(error)


def test_what_a_newer_portal_says_besides_is_passed_over(answers: Answers, loaded: Survey) -> None:
    def more(value: Any) -> Any:
        if isinstance(value, list):
            return [more(each) for each in value]
        return (
            {**{key: more(each) for key, each in value.items()}, "new": [1]}
            if isinstance(value, dict)
            else value
        )

    portal = portal_of(
        {path: body if path.endswith("/facts") else more(body) for path, body in answers.items()}
        | {
            "v1/portal": {**answers["v1/portal"], "new": [1]},
            "v1/firms/oak/facts": more(answers["v1/firms/oak/facts"]),
            "v1/firms/oak/settings": {**answers["v1/firms/oak/settings"], "new": [1]},
            "v1/firms/oak/generations/2": {**answers["v1/firms/oak/generations/2"], "new": [1]},
        },
        "",
        b"",
    )
    plain = portal_of(answers, "", b"")
    assert make_plan(loaded, portal, "local", AT).digest == make_plan(loaded, plain, "local", AT).digest
    assert find_drift(portal, "local") == find_drift(plain, "local")


def test_settings_that_nobody_knows_are_neither_planned_nor_drift(answers: Answers, loaded: Survey) -> None:
    """Seen to fail: below a list that is the whole truth they were planned away."""
    path = "v1/firms/oak/settings"
    known = answers[path]["settings"]
    unknown = {
        "chat": 1,
        "chat.clients_can_start.x": 1,
        "new.enabled": True,
        "announcements.items.closed.color": "red",
    }
    body = {**answers[path], "settings": {**known, **unknown}}
    portal, plain = portal_of(answers, path, json.dumps(body).encode()), portal_of(answers, "", b"")
    assert make_plan(loaded, portal, "local", AT).digest == make_plan(loaded, plain, "local", AT).digest
    assert find_drift(portal, "local") == find_drift(plain, "local")


def test_what_an_option_has_in_another_version_is_passed_over_unless_it_is_managed(
    answers: Answers, loaded: Survey
) -> None:
    """A newer portal's new way to pay stops no plan for anything else."""
    settings = "v1/firms/oak/settings"
    newer = {**answers["v1/portal"]["options"], "document_renaming": "sha256:newer"}
    odd = {**answers[settings]["settings"], "document_renaming.enabled": "on Mondays"}
    body = {**answers[settings], "settings": odd}
    known = {**answers, "v1/portal": {**answers["v1/portal"], "options": newer}}
    changed = portal_of(known, settings, json.dumps(body).encode())
    plain = portal_of(answers, "", b"")
    assert make_plan(loaded, changed, "local", AT).digest == make_plan(loaded, plain, "local", AT).digest
    for portal in (
        portal_of(answers, settings, json.dumps(body).encode()),
        portal_of(
            known,
            settings,
            json.dumps({**body, "managed": [*body["managed"], "document_renaming.enabled"]}).encode(),
        ),
    ):
        error = fault_of(portal, loaded)
        assert "Firm oak, at settings.document_renaming.enabled: expected what" in str(error)


@pytest.mark.parametrize("path", ["v1/portal", "v1/firms", "v1/firms/oak/settings", HISTORY])
def test_an_apply_reads_the_same_answers(path: str, answers: Answers, loaded: Survey) -> None:
    """Whatever is read before and after a commit, it ends with a receipt or says what is wrong."""
    plan = make_plan(loaded, portal_of(answers, "", b""), "local", AT)
    for place in [*places(answers[path])]:
        for value in OTHERS[::2]:
            portal = portal_of(answers, path, replaced(answers[path], place, value))
            with suppress(PortalsyncError):
                assert apply_plan(check_fresh(plan, portal), portal, "tester").firms, (place, value)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_portal_without_a_history_names_nobody(status: int, answers: Answers, loaded: Survey) -> None:
    portal = portal_of(answers, HISTORY, b"", status)
    drift = find_drift(portal, "local")
    assert [change.changed for change in drift.firms[0].changes] == [None] * 2
    (firm,) = make_plan(loaded, portal, "local", AT).firms
    assert [change.undoes.actor for change in firm.changes if change.undoes] == [""] * 2


def test_every_value_of_the_answer_to_a_commit_replaced_by_others() -> None:
    """What is not certain is unknown, and nothing else is."""
    done = Committed("oak", 1, 2, "sha256:d")
    body = {"results": [{"committed": encode(done)}]}
    sent = Conditional("oak", 1, "k", Commit(Origin.PORTAL, "Dana Reyes", "", {}, (), ()))
    for place in places(body):
        for value in OTHERS:
            portal = portal_of({}, "v1/commits", replaced(body, place, value))
            try:
                (answer,) = portal.commit([sent])
            except OutcomeUnknown:
                continue
            assert isinstance(answer, Committed)
            assert replace(answer, digest="") == replace(done, digest=""), (place, value)
