"""The axes along which one page differs: clients, languages, moments."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.profile import LOCALES
from portalsync.model.page import PLACES, Place, Situation
from portalsync.model.persona import Persona

MOST_INSTANTS = 40
"""How many coming instants of a firm are looked at: each costs the pages of all sample clients."""


def instants(*situations: Situation) -> list[datetime]:
    """The instant of the situations, and the next ones at which a page changes by itself."""
    return [situations[0].at, *_coming(situations)[:MOST_INSTANTS]]


def interval(situation: Situation) -> tuple[datetime | None, datetime | None]:
    """From when on, and until before when, nothing changes by itself: no page, no rule. None is for ever."""
    moments = sorted({each for option in DEFINITIONS for each in option.instants(situation)})
    index = bisect_right(moments, situation.at)
    return moments[index - 1] if index else None, moments[index] if index < len(moments) else None


def unseen_instants(*situations: Situation) -> int:
    """How many more there are, at which nobody looks."""
    return max(0, len(_coming(situations)) - MOST_INSTANTS)


def _coming(situations: Sequence[Situation]) -> list[datetime]:
    return coming(
        situations[0].at,
        (at for situation in situations for option in DEFINITIONS for at in option.instants(situation)),
    )


def coming(now: datetime, instants: Iterable[datetime]) -> list[datetime]:
    """Those that are still to come, each once."""
    return sorted({at for at in instants if at > now})


def readable(own: str, written: Iterable[str]) -> tuple[str, ...]:
    """Languages in which a client can read the portal: their own, then those the firm writes in."""
    return tuple(dict.fromkeys((own, *written)))


def variants(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[Persona, str, Place]]:
    """Persona x locale x page at one instant."""
    for persona in personas:
        for locale in readable(persona.locale, situation.settings[LOCALES]):
            for place in PLACES:
                yield persona, locale, place
