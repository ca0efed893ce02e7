"""What holds for a plan and its apply, whatever is live and whatever the layers say."""

from hypothesis import given, settings
from tests.laws.layers import FIRM
from tests.laws.portals import apply, loaded, look, made_plan, part_of, portal, respell, rollback
from tests.laws.worlds import World, fitting, worlds

from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.settings import differing
from portalsync.model.substance import plan_name
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan
from portalsync.wire import Origin


@given(worlds())
def test_apply_writes_what_the_plan_shows_and_plan_after_apply_is_empty(world: World) -> None:
    """Law 1: what was applied needs no further plan. Law 2: the portal's history has the plan's changes, and
    the firm what is in force after them.

    Seen to fail when a firm whose digests are equal was planned all the same, and when entries that no file
    names any more were left out of the changes.
    """
    with portal(world) as backend:
        before = backend.state(FIRM)
        wanted = fitting(world.after, world.facts, before.settings, world.at)
        config = loaded(world.files(wanted))
        plan = make_plan(config, backend, "local", world.at)
        apply(plan, backend)
        assert make_plan(config, backend, "local", world.at).is_empty
        after = backend.state(FIRM)
        assert after.settings == desired_of(config, FIRM).in_force(before.settings)
        firm = part_of(plan)
        if firm is None:
            assert after == before
            return
        newest = backend.history(FIRM)[0]
        assert (newest.origin, newest.plan, newest.generation) == (
            Origin.PLAN,
            plan_name(plan),
            after.generation,
        )
        assert newest.writes == firm.edits
        assert [edit.path for edit in firm.edits] == [*differing(before.settings, after.settings)]
        assert after.managed == firm.managed


@given(worlds())
def test_a_portal_that_spells_values_otherwise_differs_in_nothing(world: World) -> None:
    """It needs no plan and has not drifted; what else is planned there is committed and read back.

    Seen to fail when values were compared as they are written.
    """
    with portal(world) as backend:
        wanted = fitting(world.after, world.facts, backend.state(FIRM).settings, world.at)
        config = loaded(world.files(wanted))
        apply(make_plan(config, backend, "local", world.at), backend)
        respell(backend)
        live = backend.state(FIRM)
        assert hand_edits(live, past_of(backend, live)) == {}
        assert make_plan(config, backend, "local", world.at).is_empty
        apply(made_plan(world, world.before or world.after, backend), backend)


@settings(max_examples=30)
@given(worlds())
def test_a_rollback_restores_everything(world: World) -> None:
    """Law 8: settings, claims and every page are as before, byte for byte; its edits are those of the plan,
    the other way round.

    Seen to fail when what is not set any more was left as it is, and when claims stayed as they are.
    """
    with portal(world) as backend:
        before, live = look(world, backend), backend.state(FIRM)
        plan = made_plan(world, world.after, backend)
        apply(plan, backend)
        back = rollback(world, backend, live.generation)
        apply(back, backend)
        assert look(world, backend) == before
        assert backend.state(FIRM).managed == live.managed
        assert backend.state(FIRM).digest == live.digest
        there, again = part_of(plan), part_of(back)
        assert (again is None) == (there is None)
        if there is not None and again is not None:
            assert tuple(edit.inverse for edit in again.edits) == there.edits
