"""Home pages on which a change leaves nothing of the firm's own."""

from collections.abc import Iterable
from datetime import datetime

from portalsync.catalog import OPTIONS
from portalsync.model.effect import EffectKind, Reach
from portalsync.model.page import MOBILE_HOME, WEB_HOME, PageName, Place
from portalsync.model.persona import Persona
from portalsync.planning.outlook import Outlook
from portalsync.portal.classes import Classes

_HOMES = (WEB_HOME, MOBILE_HOME)


def emptied(firm: Outlook, effects: Iterable[Reach]) -> int:
    """For how many sample clients a home page, now or at a coming instant, has something from an option
    before and nothing after. To-dos, credit, welcome and contact are there anyway.
    """
    if not any(_leaves_home(each) for each in effects):
        return 0
    return sum(
        any(
            not _has_something(firm.after, each, home, at) and _has_something(firm.before, each, home, at)
            for at in firm.instants
            for home in _HOMES
        )
        for each in firm.samples.each
    )


def _leaves_home(reach: Reach) -> bool:
    effect = reach.effect
    return effect.kind is EffectKind.DISAPPEARS and effect.place.page is PageName.HOME


def _has_something(side: Classes, client: Persona, home: Place, at: datetime) -> bool:
    return any(
        placed.shown for option in OPTIONS for placed in side.placed(option, client, home, client.locale, at)
    )
