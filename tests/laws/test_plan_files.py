"""What holds for a plan as a file, and for the two ways of telling what differs."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.layers import FIRM
from tests.laws.portals import loaded, portal
from tests.laws.worlds import World, fitting, worlds
from tests.plan_files import file_of, plan_in

from portalsync.model.json_value import JSON
from portalsync.model.settings import differing
from portalsync.pipeline.run import make_plan
from portalsync.planning.diff import differing_paths

PATHS = st.sampled_from(("chat.clients_can_start", "profile.name", "announcements.items.a.title", "x.y"))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)
SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from((0.0, 1.0, 1.5)) | TEXTS
KEYS = TEXTS | st.sampled_from(("en", "de", "__private", "root['a']", "0"))
JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(TEXTS, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
SETTINGS = st.dictionaries(PATHS, JSON_VALUES, max_size=3)


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
@given(SETTINGS, SETTINGS)
def test_both_ways_of_differing_agree(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> None:
    """Digests and deepdiff tell the same paths. Lists are of texts, as in all settings: within a list,
    deepdiff takes `1` for `true`.

    Seen to fail when deepdiff left out keys that begin with two underscores, as it does by default.
    """
    assert differing_paths(before, after) == [*differing(before, after)]
    assert differing_paths(before, before) == []
