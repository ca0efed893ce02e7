"""Home pages on which a change leaves nothing of the firm's own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TypeAlias

from portalsync.catalog import OPTIONS
from portalsync.catalog.option import Block, Option
from portalsync.model.effect import EffectKind, Reach
from portalsync.model.page import MOBILE_HOME, WEB_HOME, PageName, Place
from portalsync.model.persona import Persona
from portalsync.planning.outlook import Outlook
from portalsync.portal.classes import Classes, blocks_on

_HOMES = (WEB_HOME, MOBILE_HOME)
_Defined: TypeAlias = tuple[Option, Block]
_OPTIONS = frozenset(option.key for option in OPTIONS)


def emptied(firm: Outlook, effects: Iterable[Reach]) -> int:
    """For how many sample clients a home page, now or at a coming instant, has something from an option
    before and nothing after. To-dos, credit, welcome and contact are there anyway.
    """
    if not any(_leaves_home(each) for each in effects):
        return 0
    return sum(any(_empties(firm, each, home) for home in _HOMES) for each in firm.samples.each)


def _leaves_home(reach: Reach) -> bool:
    effect = reach.effect
    return effect.kind is EffectKind.DISAPPEARS and effect.place.page is PageName.HOME


def _empties(firm: Outlook, client: Persona, home: Place) -> bool:
    now = firm.instants[0]
    always, timed = _blocks(home)
    if _has_any(firm.after, always, client, now):
        return False
    had = _has_any(firm.before, always, client, now)
    return any(
        not _has_any(firm.after, timed, client, at) and (had or _has_any(firm.before, timed, client, at))
        for at in firm.instants
    )


@cache
def _blocks(home: Place) -> tuple[Sequence[_Defined], Sequence[_Defined]]:
    """Those of options: what does not depend on the time, and what does."""
    found = [(option, block) for option, block in blocks_on(home) if option.key in _OPTIONS]
    return [each for each in found if not each[0].is_timed], [each for each in found if each[0].is_timed]


def _has_any(side: Classes, blocks: Iterable[_Defined], client: Persona, at: datetime) -> bool:
    return any(
        placed.shown and placed.admits(client.tags)
        for option, block in blocks
        for placed in side.answers(option).placed(block, client, client.locale, at)
    )
