"""What holds for guardrails, whatever a plan does."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.layers import FIRM
from tests.laws.portals import made_plan, part_of, portal
from tests.laws.worlds import World, worlds
from tests.plan_files import file_of, plan_in

from portalsync.addresses import host_of, link_problem
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.guardrail import Counting
from portalsync.catalog.guardrails import LIMITS, RULES, limits
from portalsync.catalog.guardrails.new_host import KNOWN_HOSTS
from portalsync.catalog.kinds.link import HOST
from portalsync.errors import Blocked, PlanRefused
from portalsync.model.effect import EffectKind
from portalsync.model.guardrails import Verdict
from portalsync.model.plan import Plan
from portalsync.model.substance import review_digest
from portalsync.planning.guardrails import acknowledgement, check_guardrails, guarded

NOTHING_PASSES = limits(dict.fromkeys((limit.name for limit in LIMITS if limit is not KNOWN_HOSTS), 0))


def usual(world: World) -> Plan:
    with portal(world) as backend:
        return made_plan(world, world.after, backend)


def strict(plan: Plan, given: Iterable[str] = ()) -> Plan:
    return guarded(plan, NOTHING_PASSES, map(acknowledgement, given))


@given(worlds())
def test_whatever_a_plan_does(world: World) -> None:
    """Made once for all that has to hold of it: that takes longer than to look."""
    plan = usual(world)
    _acknowledging_exactly_what_blocks_lifts_it(plan)
    _guardrails_change_nothing_but_themselves(plan)
    _a_sealed_plan_is_judged_again(plan)
    _a_firm_reaches_no_more_clients_than_it_has(plan)


def _acknowledging_exactly_what_blocks_lifts_it(plan: Plan) -> None:
    """And leaving out any one of them does not.

    Seen to fail when the number that was found was not accepted, only a higher one.
    """
    blocked = strict(plan)
    needed = [str(each.acknowledgement) for each in blocked.blocking]
    assert bool(needed) == bool(blocked.firms and any(firm.changes for firm in blocked.firms))
    check_guardrails(strict(plan, needed))
    for left_out in needed:
        with pytest.raises(Blocked):
            check_guardrails(strict(plan, [each for each in needed if each != left_out]))


def _guardrails_change_nothing_but_themselves(plan: Plan) -> None:
    """The same change has the same review digest, whatever the limits and whoever accepted it; but the
    plan's own digest tells them apart.

    Seen to fail when verdicts were part of the substance.
    """
    blocked = strict(plan)
    accepted = strict(plan, [str(each.acknowledgement) for each in blocked.blocking])
    assert review_digest(blocked) == review_digest(accepted) == review_digest(plan)
    assert blocked.firms.digests == accepted.firms.digests == plan.firms.digests
    assert (blocked.digest == accepted.digest) == (not blocked.guardrails)


def tampered(plan: Plan) -> Iterable[Plan]:
    """The same plan with less objected to, sealed again."""
    first, *rest = plan.guardrails
    other = "9" if isinstance(RULES[first.rule], Counting) else "b.example"
    for verdict in (
        replace(first, acknowledged="accepted"),
        replace(first, acknowledged=f"{first.rule}:{other}"),
        replace(first, found=first.found + 1),
        replace(first, firms=()),
    ):
        yield replace(plan, guardrails=(verdict, *rest))
    yield replace(plan, guardrails=tuple(rest))
    yield replace(plan, guardrails=())


def _a_sealed_plan_is_judged_again(plan: Plan) -> None:
    """Taking a verdict out, or writing another into it, is refused even with a digest that fits.

    Seen to fail when only the digest was checked.
    """
    blocked = strict(plan)
    assert plan_in(file_of(blocked)) == blocked
    if not blocked.guardrails:
        return
    for each in tampered(blocked):
        if each.guardrails and _is_honest(each.guardrails[0]):
            continue
        with pytest.raises(PlanRefused, match="altered"):
            plan_in(file_of(each))


def _is_honest(verdict: Verdict) -> bool:
    """Whether what stands there would really accept it."""
    try:
        return RULES[verdict.rule].accepts(acknowledgement(verdict.acknowledged).subject, verdict)
    except ValueError:
        return False


def _a_firm_reaches_no_more_clients_than_it_has(plan: Plan) -> None:
    """As many at least as its widest effect; a home page that is emptied has lost something."""
    firm = part_of(strict(plan))
    if firm is None:
        return
    assert firm.id == FIRM
    assert max((each.clients for each in firm.effects), default=0) <= firm.affected <= firm.clients
    lost = [
        each.effect
        for each in firm.effects
        if (each.effect.kind, each.effect.place.page) == (EffectKind.DISAPPEARS, "home")
    ]
    assert not firm.emptied or lost


LABELS = st.lists(st.text("aZ0-", min_size=1, max_size=3), min_size=1, max_size=3)
ENDS = st.sampled_from(("example", "EXAMPLE", "xn--p1ai", "1", "example.", "example:1", "müller"))


@settings(max_examples=400)
@given(st.sampled_from(("", "x@", "xn--")), LABELS, ENDS)
def test_every_link_leads_to_a_host_that_can_be_named(start: str, labels: list[str], end: str) -> None:
    """No link is accepted to whose host no acknowledgement and no known host could be written.

    Seen to fail when the pattern of hosts took no top-level domain in its `xn--` form.
    """
    address = f"https://{start}{'.'.join(labels)}.{end}/x"
    if not link_problem(address):
        assert not [*faults(validator(HOST), host_of(address))]
        assert acknowledgement(f"new-host:{host_of(address)}").subject == host_of(address)
