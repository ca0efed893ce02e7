"""A portal of another version: what both know alike can be planned and applied."""

from collections.abc import Mapping

import pytest
from tests.cli.conftest import AT, Cli

from portalsync.catalog.vocabulary import vocabulary
from portalsync.server import at_rest, judge, store, unmade

OTHER = f"sha256:{'f' * 64}"
OURS = vocabulary()["chat"]


@pytest.fixture
def portal_knows(monkeypatch: pytest.MonkeyPatch) -> "Portal":
    return Portal(monkeypatch)


class Portal:
    """The reference portal as if it were of another version than the portalsync that asks it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, options: Mapping[str, str]) -> None:
        for module in (at_rest, judge, store, unmade):
            self._monkeypatch.setattr(module, "vocabulary", lambda: options)


def without(key: str) -> dict[str, str]:
    return {option: digest for option, digest in vocabulary().items() if option != key}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "options",
    [without("document_renaming"), {**vocabulary(), "document_renaming": OTHER, "surveys": OTHER}],
    ids=["it does not have it", "it has it in another version"],
)
def test_an_option_that_the_plan_does_not_touch_may_differ(
    cli: Cli, portal_knows: Portal, options: Mapping[str, str]
) -> None:
    portal_knows(options)
    assert cli("plan", AT, "--out=plan.json").code == 0
    assert cli("apply", "plan.json").code == 0
    assert cli("plan", AT, "--detailed-exitcode").code == 0


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("options", "theirs"),
    [(without("chat"), "none"), ({**vocabulary(), "chat": OTHER}, OTHER[:19])],
    ids=["it does not have it", "it has it in another version"],
)
def test_an_option_that_is_to_be_touched_may_not_differ(
    cli: Cli, portal_knows: Portal, options: Mapping[str, str], theirs: str
) -> None:
    assert cli("plan", AT, "--out=plan.json").code == 0
    portal_knows(options)
    planning = cli("plan", AT)
    assert (planning.code, planning.out) == (1, "")
    assert f"chat (here {OURS[:19]}, on the portal {theirs})" in " ".join(planning.err.split())
    applying = cli("apply", "plan.json")
    assert applying.code == 4
    sides = f"chat (planned {OURS[:19]}, here {OURS[:19]}, on the portal {theirs})"
    assert sides in " ".join(applying.err.split())
    assert cli("drift").code == 0
