"""What holds for a plan as a file, and for what is told of a difference inside a value."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.layers import FIRM
from tests.laws.portals import loaded, portal
from tests.laws.worlds import World, fitting, worlds
from tests.plan_files import file_of, plan_in

from portalsync.model.edit import ABSENT
from portalsync.pipeline.run import make_plan
from portalsync.planning.diff import differences_within

LANGUAGES = st.sampled_from(("en", "de", "__", "a b", "root['x']"))
TEXTS = st.dictionaries(LANGUAGES, st.text(st.characters(codec="utf-8"), max_size=3))


@given(worlds())
def test_a_plan_file_is_the_plan(world: World) -> None:
    """Reading what was written gives an equal plan, and writing that gives the same bytes; making the
    plan again does, too.

    Seen to fail when reading took a value that was not set for one that was null.
    """
    with portal(world) as backend:
        live = backend.state(FIRM).settings
        config = loaded(world.files(fitting(world.after, world.facts, live, world.at)))
        plan = make_plan(config, backend, "local", world.at)
        content = file_of(plan)
        assert file_of(make_plan(config, backend, "local", world.at)) == content
        assert file_of(plan_in(content)) == content
        assert plan_in(content) == plan
        assert [*plan_in(content).firms] == [*plan.firms]


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_every_difference_inside_a_value_is_named_once(before: dict[str, str], after: dict[str, str]) -> None:
    """By its key, with what is there before and after.

    Seen to fail when deepdiff left out keys that begin with two underscores, as it does by default.
    """
    found = {each.keys: (each.before, each.after) for each in differences_within({**before}, {**after})}
    keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    assert found == {(key,): (before.get(key, ABSENT), after.get(key, ABSENT)) for key in keys}
