"""What is wrong with one firm of a network stops that firm alone, and only if the change brings it about."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend
from portalsync.catalog.option import Option
from portalsync.config import expectations
from portalsync.errors import BackendError, BackendUnreachable, FirmUnknown
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.page import Situation
from portalsync.model.plan import Plan
from portalsync.model.receipt import Outcome
from portalsync.pipeline import plan as pipeline
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.planning.planfile import write_plan
from portalsync.portal.answers import Answers
from portalsync.server.in_process import open_embedded
from portalsync.wire import FirmState

BASE = Path(__file__).parents[2] / "cases" / "plan" / "base"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRMS = ["harbor", "linden", "mill", "quay"]


class Network:
    """Four firms: their files, to be edited, and their portal, which knows at each look what facts/ say."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "portal-config"
        self.database = folder / "portal.db"
        shutil.copytree(BASE, self.config)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.config / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    @contextmanager
    def portal(self) -> Iterator[Backend]:
        portal = open_embedded(self.database, seed_of(load(self.config)), lambda: NOW)
        try:
            yield portal
        finally:
            portal.close()

    def plan(self, *accepted: Acknowledgement, portal: Backend | None = None) -> Plan:
        if portal is not None:
            return make_plan(load(self.config), portal, "local", NOW, acknowledged=accepted)
        with self.portal() as own:
            return self.plan(*accepted, portal=own)

    def apply(self, plan: Plan) -> list[str]:
        """The firms that were committed; none is refused."""
        with self.portal() as portal:
            receipt = apply_plan(check_fresh(plan, portal), portal, "deployment")
        assert {each.outcome for each in receipt.firms} <= {Outcome.COMMITTED}
        return [each.id for each in receipt.firms]


@pytest.fixture
def fresh(tmp_path: Path) -> Network:
    """Nothing was applied yet."""
    return Network(tmp_path)


@pytest.fixture
def network(fresh: Network) -> Network:
    """The portal has what the files say."""
    assert fresh.apply(fresh.plan()) == FIRMS
    return fresh


def ids(plan: Plan) -> list[str]:
    return [each.id for each in plan.firms.digests]


def part(plan: Plan, firm: str) -> FirmPlan:
    return next(each for each in plan.firms if each.id == firm)


def stopped(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.finding.code, each.firms) for each in plan.stopped]


def warned(firm: FirmPlan) -> list[tuple[str, bool]]:
    return [(each.code, each.before) for each in firm.warnings]


def switch_chat_off(network: Network) -> None:
    network.edit("defaults.yaml", "clients_can_start: true", "clients_can_start: false")


def lose_a_stage(network: Network) -> None:
    """On the portal of Linden, a stage goes that its file tells clients of."""
    network.edit("facts/linden.yaml", "filed", "archived")


def test_a_stage_that_vanished_is_a_warning_and_every_firm_is_planned_and_applied(network: Network) -> None:
    lose_a_stage(network)
    switch_chat_off(network)
    plan = network.plan()
    assert ids(plan) == FIRMS
    assert warned(part(plan, "linden")) == [("stage-unknown", True)]
    assert warned(part(plan, "harbor")) == []
    assert network.apply(plan) == FIRMS


def test_a_stage_that_the_change_names_and_nobody_has_stops_that_firm_alone(network: Network) -> None:
    switch_chat_off(network)
    network.edit("firms/linden.yaml", "{id: filed, show: filed}", "{id: no-such-stage, show: filed}")
    plan = network.plan()
    assert ids(plan) == ["harbor", "mill", "quay"]
    assert stopped(plan) == [("stage-unknown", ("linden",))]
    [found] = plan.stopped
    assert found.finding.source.startswith("firms/linden.yaml:44:")
    assert "no-such-stage" in found.finding.message["de"]
    assert plan.network_size == 4
    assert network.apply(plan) == ["harbor", "mill", "quay"]


def test_what_a_firm_breaks_with_its_first_plan_stops_it(fresh: Network) -> None:
    """What the portal has says nothing yet: all of it is new."""
    lose_a_stage(fresh)
    plan = fresh.plan()
    assert ids(plan) == ["harbor", "mill", "quay"]
    assert stopped(plan) == [("stage-unknown", ("linden",))]


def test_a_firm_that_asks_for_nothing_else_is_unchanged_whatever_its_facts_say(network: Network) -> None:
    lose_a_stage(network)
    plan = network.plan()
    assert plan.is_quiet
    assert plan.unchanged == tuple(FIRMS)


def test_what_several_firms_break_by_one_line_stands_once(network: Network) -> None:
    network.edit("defaults.yaml", "options:\n", "options:\n  prepayments: {enabled: true}\n")
    plan = network.plan()
    assert stopped(plan) == [("prepayments-no-provider", ("harbor", "mill", "quay"))]
    assert ids(plan) == []


def test_a_tag_whose_last_client_left_is_a_warning(network: Network) -> None:
    network.edit("defaults.yaml", "button: true", "button: true\n    audience: {any: [individual]}")
    assert network.apply(network.plan()) == FIRMS
    for firm in FIRMS:
        file = network.config / "facts" / f"{firm}.yaml"
        file.write_text(file.read_text().replace("individual", "business-2"))
    network.edit("personas/translator.yaml", "individual", "business-2")
    switch_chat_off(network)
    plan = network.plan()
    assert ids(plan) == FIRMS
    assert all(warned(each) == [("tag-unknown", True)] for each in plan.firms)


def test_a_tag_that_nobody_has_stops_whom_the_change_gives_it(network: Network) -> None:
    network.edit("firms/linden.yaml", "provider: custom", "provider: custom\n    audience: {any: [buisness]}")
    switch_chat_off(network)
    plan = network.plan()
    assert ids(plan) == ["harbor", "mill", "quay"]
    assert stopped(plan) == [("tag-unknown", ("linden",))]


def test_a_firm_that_the_portal_does_not_know_stops_no_other(network: Network) -> None:
    """Its file came before the portal has it."""
    with network.portal() as portal:
        text = (network.config / "firms/mill.yaml").read_text()
        (network.config / "firms/tarn.yaml").write_text(text.replace("mill", "tarn"))
        switch_chat_off(network)
        plan = network.plan(portal=portal)
        assert ids(plan) == FIRMS
        assert stopped(plan) == [("firm-unknown", ("tarn",))]
        (network.config / "firms/mill.yaml").unlink()
        plan = network.plan(portal=portal)
        assert ids(plan) == FIRMS, "one is let go"
        assert "These have no file any more: mill." in plan.stopped[0].finding.hint["en"]


def test_a_portal_that_knows_none_of_the_firms_is_another_portal(network: Network, tmp_path: Path) -> None:
    portal = open_embedded(tmp_path / "other.db", None, lambda: NOW)
    try:
        with pytest.raises(FirmUnknown, match="harbor, linden, mill, quay"):
            network.plan(portal=portal)
    finally:
        portal.close()


@pytest.fixture
def facts_fail(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The portal cannot tell the facts of some firms, whether it is asked for them alone or with others."""

    def fail(portal: Backend, error: Exception, firms: Sequence[str] = ("mill",)) -> None:
        facts, states = portal.facts, portal.states

        def checked(asked: Sequence[str]) -> Sequence[str]:
            if not {*firms}.isdisjoint(asked):
                raise error
            return asked

        monkeypatch.setattr(portal, "facts", lambda firm: facts(*checked([firm])))
        monkeypatch.setattr(portal, "states", lambda asked: states(checked(asked)))

    return fail


def test_a_firm_about_which_the_portal_answers_nonsense_stops_no_other(
    network: Network, facts_fail: Callable[..., None]
) -> None:
    switch_chat_off(network)
    with network.portal() as portal:
        facts_fail(portal, BackendError("no facts", "ask"))
        plan = network.plan(portal=portal)
        assert ids(plan) == ["harbor", "linden", "quay"]
        assert stopped(plan) == [("firm-not-read", ("mill",))]
        assert plan.stopped[0].finding.message["en"] == "no facts"


def test_a_firm_that_is_released_and_cannot_be_read_stops_no_other(
    network: Network, facts_fail: Callable[..., None]
) -> None:
    switch_chat_off(network)
    (network.config / "firms/mill.yaml").unlink()
    with network.portal() as portal:
        facts_fail(portal, BackendError("no facts"))
        plan = network.plan(portal=portal)
        assert ids(plan) == ["harbor", "linden", "quay"]
        assert stopped(plan) == [("firm-not-read", ("mill",))]
        assert plan.stopped[0].finding.source == ""


def test_a_portal_that_answers_nonsense_about_every_firm_is_no_portal(
    network: Network, facts_fail: Callable[..., None]
) -> None:
    switch_chat_off(network)
    with network.portal() as portal:
        facts_fail(portal, BackendError("no facts"), FIRMS)
        with pytest.raises(BackendError, match="no facts"):
            network.plan(portal=portal)


def test_a_portal_that_cannot_be_reached_stops_everything(
    network: Network, facts_fail: Callable[..., None]
) -> None:
    switch_chat_off(network)
    with network.portal() as portal:
        facts_fail(portal, BackendUnreachable("gone"))
        with pytest.raises(BackendUnreachable):
            network.plan(portal=portal)


@pytest.mark.parametrize("offered", [[], ["linden", "quay"]])
def test_firms_that_a_portal_does_not_tell_together_are_read_one_by_one(
    network: Network, monkeypatch: pytest.MonkeyPatch, offered: Sequence[str]
) -> None:
    """None or some: the plan is the same."""
    switch_chat_off(network)
    with network.portal() as portal:
        plan = network.plan(portal=portal)
        states, state, alone = portal.states, portal.state, list[str]()

        def one(firm: str) -> FirmState:
            alone.append(firm)
            return state(firm)

        monkeypatch.setattr(portal, "state", one)
        monkeypatch.setattr(portal, "states", lambda asked: states(sorted({*asked} & {*offered})))
        assert b"".join(write_plan(network.plan(portal=portal))) == b"".join(write_plan(plan))
        assert alone == [firm for firm in FIRMS if firm not in offered]


def test_firms_that_differ_are_read_together(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_chat_off(network)
    with network.portal() as portal:
        for part in ("state", "facts"):
            monkeypatch.delattr(type(portal).__mro__[1], part)
        assert ids(network.plan(portal=portal)) == FIRMS


def test_a_firm_with_more_than_a_request_holds_stops_no_other(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_chat_off(network)
    monkeypatch.setattr(pipeline, "is_sendable", lambda firm, _apart: firm.id != "mill")
    plan = network.plan()
    assert ids(plan) == ["harbor", "linden", "quay"]
    assert stopped(plan) == [("firm-too-large", ("mill",))]


def test_warnings_of_a_changed_firm_stand_in_its_part(network: Network) -> None:
    """The announcement is over; in the firm that does not change, nobody asks."""
    network.edit("firms/linden.yaml", "id: office-closed", "id: office-closed\n        ends: 2026-11-01")
    plan = network.plan()
    assert ids(plan) == ["linden"]
    assert warned(part(plan, "linden")) == [("announcement-expired", False)]
    assert network.apply(plan) == ["linden"]
    switch_chat_off(network)
    assert warned(part(network.plan(), "linden")) == [("announcement-expired", True)]


EXPECT = "expect: {all: {mobile: {home: {see: [chat.message_firm]}}}}\n"


def promise(network: Network) -> None:
    """The translator finds *Message firm* on the phone, at every firm."""
    file = network.config / "personas/translator.yaml"
    file.write_text(file.read_text() + EXPECT)


def test_a_promise_that_the_change_breaks_blocks_the_plan_until_somebody_accepts_it(network: Network) -> None:
    promise(network)
    switch_chat_off(network)
    plan = network.plan()
    assert [(each.persona, each.finding.code) for each in part(plan, "mill").broken] == [
        ("translator", "expect-broken")
    ]
    [verdict] = plan.blocking
    assert (verdict.rule, verdict.subject, verdict.found) == ("broken-promise", "translator", 4)
    assert verdict.firms == tuple(FIRMS)
    accepted = network.plan(Acknowledgement("broken-promise", "translator"))
    assert accepted.blocking == ()
    assert accepted.acknowledged["mill"] == ("broken-promise:translator",)
    assert [*network.plan(Acknowledgement("broken-promise", "bakery")).blocking] == [verdict]


def test_a_promise_that_was_broken_before_is_a_warning(network: Network) -> None:
    """Whoever changes something else is not asked about it."""
    switch_chat_off(network)
    assert network.apply(network.plan()) == FIRMS
    promise(network)
    network.edit("firms/mill.yaml", "Mill Lane Tax", "Mill Lane Taxes")
    plan = network.plan()
    assert ids(plan) == ["mill"]
    assert warned(part(plan, "mill")) == [("expect-broken", True)]
    assert plan.blocking == ()


def test_a_first_plan_keeps_every_promise_or_asks(fresh: Network) -> None:
    promise(fresh)
    switch_chat_off(fresh)
    assert [each.rule for each in fresh.plan().blocking] == ["new-host", "new-host", "broken-promise"]


def test_promises_are_asked_for_changed_firms_alone_and_of_one_option(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each firm, and once more for how it was if one is broken."""
    promise(network)
    asked: list[tuple[str, str]] = []

    def counted(option: Option, situation: Situation, digest: bytes) -> Answers:
        asked.append((situation.firm, option.key))
        return Answers(option, situation, digest)

    monkeypatch.setattr(expectations, "Answers", counted)
    network.edit("firms/mill.yaml", "Mill Lane Tax", "Mill Lane Taxes")
    network.plan()
    assert asked == [("mill", "chat")]
    switch_chat_off(network)
    asked.clear()
    network.plan()
    assert asked == [(firm, "chat") for firm in FIRMS for _ in range(2)]
