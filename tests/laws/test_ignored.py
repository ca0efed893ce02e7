"""What others own stays as it is, whatever the layers say and whatever somebody does there."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from tests.laws.layers import CHANCE, FIRM, layers
from tests.laws.portals import apply, edit, loaded, portal
from tests.laws.worlds import World, fitting, worlds

from portalsync.catalog.entries import whole_entry
from portalsync.catalog.files.ignore import IGNORE
from portalsync.living.drift import find_drift, not_in_files
from portalsync.model.path_patterns import PathPatterns
from portalsync.model.settings import differing
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan


@settings(max_examples=15)
@given(worlds(), CHANCE)
def test_what_is_ignored_is_neither_compared_nor_touched(world: World, chance: Random) -> None:
    """Seen to fail when the digest of what is wanted was without entries that are ignored."""
    with portal(world) as backend:
        live = backend.state(FIRM).settings
        wanted = fitting(world.after, world.facts, live, world.at)
        whole = sorted({whole_entry(path) for path in live} - {""})
        others = sorted(path for path in live if not whole_entry(path))
        chance.shuffle(others)
        patterns = [*whole[: chance.randint(0, 2)], *others[: chance.randint(0, 2)]]
        ignored = PathPatterns.of(patterns)
        firm = {**wanted.firm, IGNORE: patterns}
        known = loaded(world.files(replace(wanted, firm=firm)))
        plan = make_plan(known, backend, "local", world.at)
        if plan.stopped:  # the portal's own values and ours do not go together
            return
        apply(plan, backend)
        after = backend.state(FIRM).settings
        assert [path for path in differing(live, after) if path in ignored] == []
        assert make_plan(known, backend, "local", world.at).is_empty
        edit(layers(chance, 2), backend)
        drift = not_in_files(find_drift(backend, "local"), {FIRM: desired_of(known, FIRM)})
        told = (change.path for each in drift.firms for change in each.changes)
        assert [path for path in told if path in ignored] == []
