"""What holds when a portal is pulled into files, whatever the portal has and the files say."""

from dataclasses import replace
from random import Random

from hypothesis import given
from tests.held_files import held_file
from tests.laws.layers import CHANCE, FIRM, Layers, read, resolved
from tests.laws.messy import messy
from tests.laws.values import ASSETS
from tests.laws.worlds import World, worlds

from portalsync.catalog.kinds.image import data_uri
from portalsync.catalog.normal import differing_values
from portalsync.config.file import HeldFile
from portalsync.config.validate import ValidConfig
from portalsync.living.pull import OnPortal, Pictures, pulled, wanted
from portalsync.model.facts import facts_from_json
from portalsync.model.settings import Settings

THERE = {name: data_uri(name, content) for name, content in ASSETS.items()}


def live_of(layers: Layers | None) -> Settings:
    return resolved(layers)[0].settings() if layers else {}


def written(config: ValidConfig, chance: Random) -> HeldFile:
    """The firm's file as somebody has left it."""
    name = f"firms/{FIRM}.yaml"
    return held_file(name, "firm", messy(dict(config.firms[FIRM].data), chance).encode())


@given(worlds(), CHANCE)
def test_pulled_files_want_what_the_portal_has_and_pulling_again_changes_nothing(
    world: World, chance: Random
) -> None:
    live = live_of(world.before)
    config = read(world.after.files())
    file = written(config, chance)
    whole = chance.random() < 0.5
    portal, pictures = OnPortal(FIRM, live, facts_from_json(world.facts)), Pictures(FIRM, THERE)
    after = replace(file, content=pulled(config, file, portal, pictures, whole=whole))
    desired = wanted(config, after, FIRM, pictures)
    assert [*differing_values(live, desired.in_force(live))] == []
    assert not whole or all(path in desired.managed for path in live)
    assert pulled(config, after, portal, pictures, whole=whole) == after.content
    if after.content == file.content:
        return
    assert wanted(config, file, FIRM, pictures).in_force(live) != live or whole
