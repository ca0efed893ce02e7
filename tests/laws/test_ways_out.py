"""Whatever somebody changes in a portal, whichever way out each piece of it goes: nothing is left then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from tests.held_files import held_file
from tests.laws.layers import CHANCE, FIRM, folder, layers
from tests.laws.messy import messy
from tests.laws.portals import apply, edit, empty_portal
from tests.laws.worlds import World, fitting, worlds

from portalsync.backend.protocol import Backend
from portalsync.catalog.entries import whole_entry
from portalsync.catalog.normal import is_portals_own
from portalsync.commits import Commit, Conditional
from portalsync.living.drift import Drift, find_drift, not_in_files
from portalsync.living.piece import Piece, pieces
from portalsync.living.ways_out import Way, edited_files
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import desired_of, own_file
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.pipeline.surveyed import Survey
from portalsync.wire import Origin

OWN = f"firms/{FIRM}.yaml"


def surveyed(files: Mapping[str, JSON], contents: Mapping[str, bytes]) -> Survey:
    """Documents, of which some are there as people write them, and pictures."""
    found = folder({name: data for name, data in files.items() if name not in contents})
    kinds = {"firms": "firm", "assets": "asset"}
    others = [held_file(name, kinds[name.partition("/")[0]], content) for name, content in contents.items()]
    texts = tuple(each for each in others if each.kind == "firm")
    pictures = tuple(each for each in others if each.kind == "asset")
    return survey(replace(found, files=(*found.files, *texts), assets=(*found.assets, *pictures)))


def drift_of(known: Survey, backend: Backend) -> Drift:
    return not_in_files(find_drift(backend, "local", wanted=known.wanted), {FIRM: desired_of(known, FIRM)})


def paths_of(drift: Drift) -> set[str]:
    return {change.path for firm in drift.firms for change in firm.changes}


def may_be_filled_in(edit: Edit) -> bool:
    """Whether it takes away what the portal does anyway: no drift, though a plan takes it away."""
    return edit.after is ABSENT and edit.before is not ABSENT and is_portals_own(edit.path, edit.before)


def take_away(chance: Random, backend: Backend) -> None:
    """Somebody removes a setting, or a whole entry, as far as the portal lets them."""
    live = backend.state(FIRM)
    if not live.settings:
        return
    path = chance.choice([*live.settings])
    entry = whole_entry(path) or path
    gone = [each for each in live.settings if each == path or each.startswith(f"{entry}.")]
    writes = tuple(Edit(each, live.settings[each], ABSENT) for each in gone)
    commit = Commit(Origin.PORTAL, "somebody", "", {}, writes, ())
    backend.commit([Conditional(FIRM, live.generation, "take away", commit)])


def each_way(found: Sequence[Piece], chance: Random) -> Iterator[tuple[Way, Piece]]:
    """All go the same way, or each its own."""
    ways = [chance.choice([*Way])] if chance.random() < 0.5 else [*Way]
    return ((chance.choice(ways), piece) for piece in found)


@settings(max_examples=20)
@given(worlds(), CHANCE)
def test_each_way_out_leads_out(world: World, chance: Random) -> None:
    """And until a piece has gone its way, it is drift. Seen to fail when no null was written over what lower
    layers say, and when what a plan of some settings left was taken for applied.
    """
    before = world.before or fitting(world.after, world.facts, {}, world.at)
    with empty_portal(world) as backend:
        files = world.files(before)
        contents = {OWN: messy(files[OWN], chance).encode()}
        known = surveyed(files, contents)
        apply(make_plan(known, backend, "local", world.at), backend)
        edit(layers(chance, 2), backend)
        take_away(chance, backend)
        found = drift_of(known, backend)
        assume(found.firms)
        ways = [*each_way(pieces(change.edit for change in found.firms[0].changes), chance)]
        going = {way: [piece for taken, piece in ways if taken is way] for way in Way}
        restored = [edit.path for piece in going[Way.RESTORE] for edit in piece.edits]
        plan = make_plan(known, backend, "local", world.at, only={FIRM: restored})
        assume(not plan.stopped)
        own = own_file(known, FIRM, backend.facts(FIRM))
        edited = edited_files(own, going[Way.KEEP], going[Way.UNMANAGE])
        apply(plan, backend)
        assert paths_of(drift_of(known, backend)) == {
            edit.path for way, piece in ways if way is not Way.RESTORE for edit in piece.edits
        }
        after = surveyed(files, {name: content for name, (_, content) in edited.items()})
        assert drift_of(after, backend).firms == ()
        rest = make_plan(after, backend, "local", world.at)
        changes = [change.edit for part in rest.firms for change in part.changes]
        assert [each for each in changes if not may_be_filled_in(each)] == []
        apply(rest, backend)
        assert make_plan(after, backend, "local", world.at).is_empty
        assert drift_of(after, backend).firms == ()
