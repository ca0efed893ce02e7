"""Claims: a set of settings paths in which whole lists stand too."""

import pytest
from tests.steps import steps

from portalsync.model.claims import Claims
from portalsync.model.json_value import JSON

CLAIMS = Claims.of(["chat.clients_can_start", "announcements.items.*"])


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("chat.clients_can_start", "chat.clients_can_start"),
        ("chat.audience", None),
        ("chat", None),
        ("announcements.items.closed.title", "announcements.items.*"),
        ("announcements.items.closed", "announcements.items.*"),
        ("announcements.items", None),
        ("announcements.itemsets.closed.title", None),
        ("announcements.audience", None),
    ],
)
def test_a_path_is_managed_by_its_own_claim_or_its_lists(path: str, claim: str | None) -> None:
    assert CLAIMS.covering(path) == claim
    assert (path in CLAIMS) is (claim is not None)


@pytest.mark.parametrize("more", [0, 50])
def test_what_is_managed_of_settings_is_what_is_in_the_set(more: int) -> None:
    """However many lists are claimed. Seen to fail when a list's own path counted as below it."""
    lists = [f"work_in_progress.pipelines.p{number}.stages.*" for number in range(more)]
    claims = Claims.of([*CLAIMS.paths, *lists])
    paths = [
        *("chat.clients_can_start", "chat.audience", "announcements.items", "announcements.items.a.title"),
        *(
            "announcements.itemsets.a.title",
            "announcements.items.",
            "work_in_progress.pipelines.p7.stages.s.show",
        ),
    ]
    settings: dict[str, JSON] = dict.fromkeys(paths, 1)
    assert claims.part_of(settings) == {path: 1 for path in paths if path in claims}


def test_the_digest_covers_what_is_managed_and_nothing_else() -> None:
    settings: dict[str, JSON] = {"chat.clients_can_start": False, "announcements.items.a.title": {"en": "A"}}
    digest = CLAIMS.digest(settings)
    assert CLAIMS.digest({**settings, "prepayments.enabled": True}) == digest
    assert CLAIMS.digest({**settings, "chat.clients_can_start": True}) != digest
    assert CLAIMS.digest({**settings, "announcements.items.b.title": {"en": "B"}}) != digest
    assert Claims.of(["chat.clients_can_start"]).digest(settings) != digest
    assert Claims.of([*CLAIMS.paths, *CLAIMS.paths]).digest(settings) == digest


def test_asking_costs_the_same_however_many_claims_there_are() -> None:
    few, many = (Claims.of([f"a.b.{number}" for number in range(size)]) for size in (10, 10_000))
    assert "a.c.d" not in few  # what is above a path is known from the second time on
    assert steps(lambda: "a.c.d" in few) == steps(lambda: "a.c.d" in many)
