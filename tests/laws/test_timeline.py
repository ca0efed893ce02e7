"""What the timeline says that clients will notice is what they find: pages composed before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portalsync.catalog import DEFINITIONS
from portalsync.living.coming import coming_effects
from portalsync.model.page import MOBILE_LOGIN, WEB_HOME, Place, Situation, situation_of
from portalsync.model.persona import Persona
from portalsync.pipeline.load import config_of, desired_of, load
from portalsync.portal.compose import compose
from portalsync.portal.differences import differences

EXAMPLE = Path(__file__).parents[2] / "portal-config"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLACES = (WEB_HOME, MOBILE_LOGIN)
OF_THE_DAY = {
    f"{option.key}.{block.name}" for option in DEFINITIONS for block in option.blocks if block.reads.day
}
"""What a client is late with is another each day, and no event of the firm."""


@pytest.fixture(scope="module")
def cases() -> Mapping[str, tuple[Situation, Sequence[Persona]]]:
    known = load(EXAMPLE)
    found = {}
    for firm in ("grazer-lohnkontor", "harlow-pike", "lohnwerk-rhein"):
        config = config_of(known, firm)
        settings = desired_of(known, firm).in_force({})
        found[firm] = situation_of(firm, settings, config.facts[firm], NOW), [*config.personas.values()]
    return found


@pytest.mark.parametrize("firm", ["grazer-lohnkontor", "harlow-pike", "lohnwerk-rhein"])
def test_pages_change_when_the_timeline_says_so_and_for_whom(
    firm: str, cases: Mapping[str, tuple[Situation, Sequence[Persona]]]
) -> None:
    """Block by block and sample client by sample client, in the language each of them reads. Seen to fail for
    audiences that were not looked at.
    """
    case, personas = cases[firm]
    effects = [each.effect for each in coming_effects(case, personas)]
    said = {
        (effect.since, str(effect.kind), effect.block, effect.place, persona)
        for effect in effects
        if effect.place in PLACES
        for persona in effect.personas
    }
    instants = sorted({datetime.fromisoformat(effect.since) for effect in effects})
    seen = {event for at in instants for event in _seen(case, personas, at)}
    assert said == seen
    assert len(said) > len(PLACES)


def _seen(
    case: Situation, personas: Sequence[Persona], at: datetime
) -> Iterator[tuple[str, str, str, Place, str]]:
    for persona in personas:
        for place in PLACES:
            before, after = (
                compose(replace(case, at=each), persona, place, persona.locale) for each in (at - MINUTE, at)
            )
            for kind, block in differences(before, after):
                if block not in OF_THE_DAY and kind != "moves":
                    yield at.isoformat(), str(kind), block, place, persona.id
