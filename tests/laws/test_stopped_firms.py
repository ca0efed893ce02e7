"""What a plan stops is what the portal would refuse, whatever became of the firm's facts."""

from collections import Counter
from random import Random

from hypothesis import given
from tests.commits import agreed
from tests.laws.layers import CHANCE, FIRM, resolved, retouched
from tests.laws.portals import loaded, portal_with_other_facts
from tests.laws.worlds import World, facts, worlds

from portalsync.backend.protocol import Backend
from portalsync.catalog import SECTIONS
from portalsync.commits import Commit, Committed, Conditional
from portalsync.diagnostics import Severity, has_errors
from portalsync.model.desired import Desired
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import Plan
from portalsync.pipeline.run import make_plan
from portalsync.planning.diff import changes
from portalsync.planning.spelt import as_spelt_on_portal
from portalsync.wire import Origin

OURS = {"tag-unknown"}
"""The portal takes any tag."""

ERRORS = {rule.code for option in SECTIONS for rule in option.rules if rule.severity is Severity.ERROR}

seen: Counter[str] = Counter()


@given(worlds(), CHANCE)
def test_a_plan_stops_what_the_portal_would_refuse_and_nothing_else(world: World, chance: Random) -> None:
    """The files may say anything that is valid by itself; the facts changed since the firm was last applied.

    Seen to fail when rules were not held against what is live.
    """
    known: JSONObject = {
        **facts(chance),
        "pipelines": [],
        "payment_providers": [],
        "booking_integrations": [],
        "organizer_templates": [],
    }
    likely = world.before is not None and chance.random() < 0.7
    wanted = retouched(chance, world.before) if likely and world.before else world.after
    desired, findings = resolved(wanted)
    if has_errors(findings):
        return
    with portal_with_other_facts(world, known) as portal:
        plan = make_plan(loaded(world.files(wanted)), portal, "local", world.at)
        stops = bool({each.finding.code for each in plan.stopped} - OURS)
        seen["stopped" if stops else "broken before" if _warned(plan) else "neither"] += 1
        assert _is_refused(desired, portal) is stops


def test_the_law_was_tried() -> None:
    assert all(seen[each] > 1 for each in ("stopped", "broken before", "neither")), seen


def _warned(plan: Plan) -> bool:
    return any(each.before and each.code in ERRORS for firm in plan.firms for each in firm.warnings)


def _is_refused(desired: Desired, portal: Backend) -> bool:
    """Whether the portal refuses what the files want, sent without asking a plan."""
    live = portal.state(FIRM)
    writes = tuple(
        each.edit for each in changes(as_spelt_on_portal(desired, live.settings), live.settings, {})
    )
    commit = agreed(Commit(Origin.PLAN, "tester", "sha256:all", {}, writes, tuple(sorted(desired.claims))))
    [answer] = portal.commit([Conditional(FIRM, live.generation, "all", commit)])
    return not isinstance(answer, Committed)
