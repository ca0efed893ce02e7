"""What holds where people apply by hand: whoever stops when, and however often, only what was ticked is
recorded, and all of it ends where a portal with an API would be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from tests.laws.layers import CHANCE, FIRM, Layers, resolved
from tests.laws.portals import loaded, made_plan, part_of, rollback
from tests.laws.worlds import World, fitting, worlds

from portalsync.backend.protocol import Seed
from portalsync.lexicon import lexicon_of
from portalsync.model.click_list import Action, StepOutcome, StepResult
from portalsync.model.edit import Edit, applied_to
from portalsync.model.plan import Plan
from portalsync.model.settings import Settings
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan
from portalsync.record.by_hand import ByHand
from portalsync.record.firm_record import Sighting
from portalsync.record.sitting import Sitting, sit_down
from portalsync.views.click_list.listing import click_list

AT = "2026-06-01T12:00:00+00:00"
TESTER = Sighting("tester", AT)
DONE, COULD_NOT, LATER = StepOutcome.DONE, StepOutcome.COULD_NOT, StepOutcome.LATER


@contextmanager
def portal(world: World) -> Iterator[ByHand]:
    """A portal without an API on which the world's past was recorded."""
    with TemporaryDirectory() as folder:
        backend = ByHand(Path(folder), "portal-record", "a portal", Seed({FIRM: world.facts}))
        if world.before is not None:
            all_of_it(made_plan(world, world.before, backend), backend)
        if world.edits is not None:
            see(world.edits, backend)
        yield backend


def see(layers: Layers, backend: ByHand) -> None:
    """Somebody looks, and finds what the layers say."""
    record = backend.record(FIRM)
    wanted = resolved(layers)[0].settings()
    edits = (Edit.between(path, record.values, wanted) for path in wanted)
    seen = tuple(edit for edit in edits if edit.before != edit.after)
    backend.keep(record.with_seen(seen, (), Sighting("somebody", AT)), record)


def sitting(plan: Plan, backend: ByHand) -> Sitting:
    begun = sit_down(
        plan, click_list(plan, None, lexicon_of("en")), backend, frozenset({FIRM}), lambda: TESTER
    )
    begun.begin()
    return begun


def all_of_it(plan: Plan, backend: ByHand) -> None:
    going = sitting(plan, backend)
    for step in going.left:
        going.note(StepResult(step.id, DONE, "tester", AT))


def some_of_it(plan: Plan, backend: ByHand, chance: Random, before: Settings, ticked: set[str]) -> None:
    """One sitting: some steps in any order. On record is what was `ticked` so far, and nothing besides."""
    going = sitting(plan, backend)
    left = [*going.left]
    for step in chance.sample(left, chance.randrange(len(left) + 1)):
        outcome = chance.choice((DONE, DONE, COULD_NOT, LATER))
        going.note(StepResult(step.id, outcome, f"person {chance.randrange(3)}", AT))
        ticked |= {step.id} if outcome is DONE else set()
        done = [each for each in going.clicks.steps if each.id in ticked or each.action is Action.KEEP]
        edits = [edit for each in done for edit in each.edits]
        assert backend.record(FIRM).values == applied_to(before, edits)


@given(worlds(), CHANCE)
@settings(max_examples=16)
def test_however_often_somebody_stops_all_of_it_ends_as_planned(world: World, chance: Random) -> None:
    """Seen to fail where a plan that is begun is held against the record as it is by now, and where what
    could not be done is recorded all the same.
    """
    with portal(world) as backend:
        before = backend.state(FIRM)
        wanted = fitting(world.after, world.facts, before.settings, world.at)
        config = loaded(world.files(wanted))
        plan = make_plan(config, backend, "local", world.at)
        ticked = set[str]()
        for _ in range(3):
            some_of_it(plan, backend, chance, before.settings, ticked)
        if chance.random() < 0.5:  # another plan for what is left, as of somebody who lost the first
            plan = make_plan(config, backend, "local", world.at)
        all_of_it(plan, backend)
        assert make_plan(config, backend, "local", world.at).is_empty
        after = backend.state(FIRM)
        assert after.settings == desired_of(config, FIRM).in_force(before.settings)
        if (firm := part_of(plan)) is not None:
            assert (after.digest, after.managed) == (firm.digest_after, firm.managed)
            assert after.generation == firm.generation + 1


@given(worlds())
@settings(max_examples=8)
def test_a_rollback_by_hand_brings_back_what_was_there(world: World) -> None:
    with portal(world) as backend:
        before = backend.state(FIRM)
        all_of_it(made_plan(world, world.after, backend), backend)
        plan = rollback(world, backend, before.generation)
        all_of_it(plan, backend)
        after = backend.state(FIRM)
        assert (after.settings, after.managed) == (before.settings, before.managed)
