"""The axes along which one page differs: clients, languages, moments."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.profile import LOCALES
from portalsync.model.page import PLACES, Place, Situation
from portalsync.model.persona import Persona


def instants(*situations: Situation) -> list[datetime]:
    """The instant of the situations, and every later one at which a page changes by itself."""
    now = situations[0].at
    later = {
        moment
        for situation in situations
        for option in DEFINITIONS
        for moment in option.instants(situation)
        if moment > now
    }
    return [now, *sorted(later)]


def readable(situation: Situation, persona: Persona) -> tuple[str, ...]:
    """Languages in which a client can read the portal: their own, then those the firm writes in."""
    return tuple(dict.fromkeys((persona.locale, *situation.settings[LOCALES])))


def variants(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[Persona, str, Place]]:
    """Persona x locale x page at one instant."""
    for persona in personas:
        for locale in readable(situation, persona):
            for place in PLACES:
                yield persona, locale, place
