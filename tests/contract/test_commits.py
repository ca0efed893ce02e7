"""What a commit does, and everything it is refused for: whatever the refusal, nothing is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from portalsync.backend.http import HttpBackend
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit, Committed, Conditional, Problem
from portalsync.server import judge
from portalsync.server.store import Store
from portalsync.wire import Origin

Commits = Callable[..., Commit]
CHAT = "chat.clients_can_start"


def sent(backend: HttpBackend, commit: Commit, generation: int = 1, key: str = "k") -> Committed | Problem:
    return backend.commit([Conditional("alder", generation, key, commit)])[0]


def refused(backend: HttpBackend, commit: Commit, generation: int = 1, key: str = "k") -> str:
    """The problem's type; the firm is as it was before."""
    before = backend.state("alder"), backend.history("alder")
    answer = sent(backend, commit, generation, key)
    assert isinstance(answer, Problem)
    assert (backend.state("alder"), backend.history("alder")) == before
    return f"{answer.status} {answer.type} {answer.detail or ''}".strip()


def test_a_key_is_one_firms_own(backend: HttpBackend, commit: Commits) -> None:
    one, other = backend.commit(
        [
            Conditional("alder", 1, "k", commit({CHAT: False})),
            Conditional("birch", 1, "k", commit({CHAT: True})),
        ]
    )
    assert isinstance(one, Committed)
    assert isinstance(other, Committed)
    assert backend.state("birch").settings == {CHAT: True}


@pytest.mark.parametrize(
    "path",
    [
        "nothing.here",
        "chat",
        "",
        "chat.clients_can_start.more",
        "announcements.items",
        "announcements.items.office",
        "announcements.items.Office.title",
        "announcements.items.office\n.title",
        "announcements.items.office.title.more",
        "announcements.items..title",
        "work_in_progress.pipelines.tax.stages.in",
    ],
)
def test_a_path_the_catalogue_does_not_know(backend: HttpBackend, commit: Commits, path: str) -> None:
    assert refused(backend, commit({path: "x"}, managed=())).startswith("422 invalid-commit writes:")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (CHAT, "yes"),
        ("prepayments.method", "cash"),
        ("appointments.url", "http://example.com"),
        ("appointments.url", "https://bank@evil.example"),
        ("profile.accent_color", "#1f5f5b\n"),
        ("profile.logo", "assets/logo.svg"),
        ("chat.audience", {"any": []}),
    ],
)
def test_a_value_its_field_does_not_take(
    backend: HttpBackend, commit: Commits, path: str, value: Any
) -> None:
    assert refused(backend, commit({path: value})).startswith(
        f"422 invalid-settings value-not-accepted: {path}"
    )


@pytest.mark.parametrize(
    "claim",
    ["chat", "chat.*", "chat.clients_can_start.*", "announcements.items", "announcements.items.A.*"],
)
def test_a_claim_that_is_neither_field_nor_list(backend: HttpBackend, commit: Commits, claim: str) -> None:
    assert refused(backend, commit({}, managed=(claim,))).startswith("422 invalid-commit managed:")


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"origin": Origin.SEED}, "origin"),
        ({"actor": ""}, "actor"),
        ({"actor": " "}, "actor"),
        ({"actor": "a\x1b[31m"}, "actor"),
        ({"plan": ""}, "plan"),
        ({"plan": "x" * 201}, "plan"),
        ({"origin": Origin.PORTAL}, "plan"),
    ],
)
def test_a_header_that_says_nothing(
    backend: HttpBackend, commit: Commits, change: dict[str, Any], detail: str
) -> None:
    assert refused(backend, replace(commit({CHAT: True}), **change)).startswith(
        f"422 invalid-commit {detail}"
    )


def test_a_plan_for_other_options(backend: HttpBackend, commit: Commits) -> None:
    other = replace(commit({CHAT: True}), options={"chat": "sha256:other"})
    known = vocabulary()["chat"]
    assert refused(backend, other) == (
        f"409 option-mismatch chat: the commit has sha256:other, the portal {known}"
    )


def test_a_plan_for_an_option_that_the_portal_does_not_have(backend: HttpBackend, commit: Commits) -> None:
    newer = replace(commit({}, managed=("surveys.enabled",)), options={"surveys": "sha256:new"})
    assert refused(backend, newer) == (
        "409 option-mismatch surveys: the commit has sha256:new, the portal none"
    )


def test_options_that_a_plan_does_not_touch_may_be_others(
    backend: HttpBackend, commit: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = {**vocabulary(), "prepayments": "sha256:newer", "surveys": "sha256:new"}
    monkeypatch.setattr(judge, "vocabulary", lambda: newer)
    assert isinstance(sent(backend, commit({CHAT: False})), Committed)


def test_an_entry_keeps_what_it_cannot_be_without(backend: HttpBackend, commit: Commits) -> None:
    item = "announcements.items.office"
    assert "required: announcements.items.office.body" in refused(
        backend, commit({f"{item}.title": {"en": "Closed"}})
    )
    whole: dict[str, Any] = {f"{item}.title": {"en": "Closed"}, f"{item}.body": {"en": "Until May."}}
    sent(backend, commit(whole))
    half = commit({f"{item}.body": None}, before=whole)
    assert "required: announcements.items.office.body" in refused(backend, half, 2, "k2")
    assert isinstance(sent(backend, commit(dict.fromkeys(whole), before=whole), 2, "k3"), Committed)


def test_a_list_has_an_end(backend: HttpBackend, commit: Commits) -> None:
    many = {f"work_in_progress.statuses.s{number}.name": {"en": "S"} for number in range(31)}
    assert "too-many-entries: work_in_progress.statuses (31 of at most 30)" in refused(backend, commit(many))
    many.popitem()
    assert isinstance(sent(backend, commit(many)), Committed)


def test_a_rule_newly_broken(backend: HttpBackend, commit: Commits) -> None:
    show = "work_in_progress.pipelines.tax.stages.in.show"
    assert refused(backend, commit({show: "nowhere"})) == f"422 invalid-settings status-unknown: {show}"
    template = "organizers.templates.canary-birch.self_service"
    assert refused(backend, commit({template: True})) == (
        f"422 invalid-settings organizer-template-unknown: {template}"
    )


def test_a_rule_already_broken_does_not_stop_other_changes(
    backend: HttpBackend, store: Store, commit: Commits, seed: Any
) -> None:
    template = "organizers.templates.canary-alder.self_service"
    sent(backend, commit({template: True}))
    facts = {**seed.firms["alder"], "organizer_templates": []}
    store.seed(replace(seed, firms={"alder": facts}))
    assert isinstance(sent(backend, commit({CHAT: False}), 2, "k2"), Committed)
    assert backend.state("alder").settings[template] is True


def test_each_firm_of_a_batch_has_its_own_answer(backend: HttpBackend, commit: Commits) -> None:
    answers = backend.commit(
        [
            Conditional("alder", 1, "k", commit({CHAT: False})),
            Conditional("birch", 7, "k", commit({CHAT: False})),
            Conditional("nobody", 1, "k", commit({CHAT: False})),
            Conditional("birch", 1, "", commit({CHAT: False})),
            Conditional("cedar", 1, "k", commit({CHAT: "x"})),
            Conditional("cedar", 1, "k", commit({CHAT: False})),
        ]
    )
    types = [each.type if isinstance(each, Problem) else each.id for each in answers]
    assert types == ["alder", "stale-generation", "firm-unknown", "malformed", "invalid-settings", "cedar"]
    assert [firm.generation for firm in backend.firms()] == [2, 1, 2]
