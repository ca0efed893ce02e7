"""What holds when a portal is pulled into files, whatever the portal has and the files say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import cast

from hypothesis import given, settings
from tests.laws.layers import CHANCE, FIRM, WORDY, Layers, config_file, layers, read, resolved, retouched
from tests.laws.messy import messy
from tests.laws.portals import NOW, part_of, portal, respell
from tests.laws.values import ASSETS
from tests.laws.worlds import World, facts, fitting, worlds

from portalsync.backend.protocol import Backend
from portalsync.catalog.kinds.image import data_uri
from portalsync.catalog.normal import differing_values
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import check_file
from portalsync.config.file import HeldFile
from portalsync.living.pull import OnPortal, Pictures, pulled, wanted
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.pull import Brought, Wish, pull
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.pipeline.surveyed import Survey
from portalsync.wire import FirmState

THERE = {name: data_uri(name, content) for name, content in ASSETS.items()}


def live_of(layers: Layers | None) -> Settings:
    return resolved(layers)[0].settings() if layers else {}


def written(files: Mapping[str, JSON], chance: Random) -> dict[str, bytes]:
    """The files as somebody has left them."""
    texts = {name: messy(data, chance).encode() for name, data in files.items()}
    return {**texts, **ASSETS}


def loaded(contents: Mapping[str, bytes]) -> Survey:
    files = [config_file(name, content) for name, content in contents.items()]
    assets = tuple(each for each in files if each.kind == "asset")
    return survey(ConfigFolder(Path(), tuple(each for each in files if each.kind != "asset"), assets))


@given(worlds(), CHANCE)
def test_pulled_files_want_what_the_portal_has_and_pulling_again_changes_nothing(
    world: World, chance: Random
) -> None:
    live = live_of(world.before)
    config = read(world.after.files())
    name = f"firms/{FIRM}.yaml"
    file = config_file(name, written(world.after.files(), chance)[name])
    assert isinstance(file, HeldFile)
    whole = chance.random() < 0.5
    on_portal, pictures = OnPortal(FIRM, live, facts_from_json(world.facts)), Pictures(FIRM, THERE)
    after = replace(file, content=pulled(config, file, on_portal, pictures, whole=whole))
    desired = wanted(config, check_file(after), FIRM, pictures)
    assert [*differing_values(live, desired.in_force(live))] == []
    assert not whole or all(path in desired.managed for path in live)
    assert pulled(config, after, on_portal, pictures, whole=whole) == after.content
    before = wanted(config, check_file(file), FIRM, pictures)
    is_other = [*differing_values(live, before.in_force(live))] or any(
        path not in before.managed for path in live
    )
    assert after.content == file.content or is_other


@settings(max_examples=25)
@given(worlds(), CHANCE)
def test_after_a_pull_the_plan_changes_nothing(world: World, chance: Random) -> None:
    """Law 3, on a portal: into files that are there, and where the firm has none yet."""
    with portal(world) as backend:
        live = backend.state(FIRM).settings
        files = world.files(fitting(world.after, world.facts, live, world.at))
        if chance.random() < 0.3:
            respell(backend)
        if chance.random() < 0.4:
            del files[f"firms/{FIRM}.yaml"]
        contents = written(files, chance)
        brought = brought_in(contents, backend)
        after = {**contents, **brought.contents}
        plan = make_plan(loaded(after), backend, "local", world.at)
        part = part_of(plan)
        assert part is None or (part.edits, part.effects) == ((), ())
        assert brought_in(after, backend).contents == {}


def brought_in(contents: Mapping[str, bytes], backend: Backend) -> Brought:
    shared, firms = pull(loaded(contents), backend, {FIRM}, Wish(lambda kind, _name: f"# {kind.name}\n"))
    [brought] = firms
    assert shared == {}
    return brought


@dataclass(frozen=True)
class OnlyRead:
    """A portal of which some firms can be read, and nothing else."""

    live: Mapping[str, Settings]
    known: Facts

    def states(self, firms: Sequence[str]) -> list[tuple[FirmState, Facts]]:
        return [(FirmState(firm, 1, "", self.live[firm], ()), self.known) for firm in firms]

    def state(self, firm: str) -> FirmState:
        return self.states([firm])[0][0]

    def facts(self, _firm: str) -> Facts:
        return self.known


@settings(max_examples=20)
@given(CHANCE, WORDY)
def test_firms_that_share_a_layer_want_what_each_of_them_has(chance: Random, wordy: int) -> None:
    """Alike, but for a few words of each; the last one comes later, when the layer is there."""
    alike, known = layers(chance, wordy), facts(chance)
    names = ("ash", "elm", "fir", "oak")[: chance.randint(2, 4)]
    live = {name: live_of(fitting(retouched(chance, alike), known, {}, NOW)) for name in names}
    portal = OnlyRead(live, facts_from_json(known))
    contents = {**written({"portalsync.yaml": Layers().files()["portalsync.yaml"]}, chance)}
    for some in (names[:-1], names):
        contents |= everything(contents, portal, some)
    assert everything(contents, portal, names) == {}
    for name in names:
        desired = desired_of(loaded(contents), name)
        assert [*differing_values(live[name], desired.in_force(live[name]))] == []
        assert all(path in desired.managed for path in live[name])


def everything(contents: Mapping[str, bytes], portal: OnlyRead, names: Iterable[str]) -> dict[str, bytes]:
    """All files that a pull of these firms into one layer writes."""
    wish = Wish(lambda _kind, _name: "", group="shared")
    shared, firms = pull(loaded(contents), cast("Backend", portal), {*names}, wish)
    return {**shared, **{name: each for firm in firms for name, each in firm.contents.items()}}
