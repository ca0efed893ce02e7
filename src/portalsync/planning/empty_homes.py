"""Home pages on which a change leaves nothing of the firm's own."""

from collections.abc import Iterable
from dataclasses import replace

from portalsync.catalog import OPTIONS
from portalsync.model.effect import EffectKind, Reach
from portalsync.model.page import MOBILE_HOME, WEB_HOME, PageName, Place, Situation
from portalsync.model.persona import Persona
from portalsync.planning.effects import sample_clients
from portalsync.portal.compose import compose
from portalsync.portal.variants import instants

_HOMES = (WEB_HOME, MOBILE_HOME)


def emptied(
    before: Situation, after: Situation, personas: Iterable[Persona], effects: Iterable[Reach]
) -> int:
    """For how many sample clients a home page, now or at a coming instant, has something from an option
    before and nothing after. To-dos, credit, welcome and contact are there anyway.
    """
    if not any(_leaves_home(each) for each in effects):
        return 0
    moments = [(replace(before, at=at), replace(after, at=at)) for at in instants(before, after)]
    samples = sample_clients(before, after, personas)
    return sum(
        any(
            _has_something(earlier, each, home) and not _has_something(later, each, home)
            for earlier, later in moments
            for home in _HOMES
        )
        for each in samples
    )


def _leaves_home(reach: Reach) -> bool:
    effect = reach.effect
    return effect.kind is EffectKind.DISAPPEARS and effect.place.page is PageName.HOME


def _has_something(situation: Situation, persona: Persona, home: Place) -> bool:
    return bool(compose(situation, persona, home, persona.locale, OPTIONS).shown)
