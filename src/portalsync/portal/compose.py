"""Values in force -> blocks on pages, each shown or hidden with its reason.

The hinge of portalsync: the plan looks at it twice and reports the difference, the preview and the portal
render it. It is pure; the instant is an argument. `compose` says what a page is; those three come to the same
through `portal/classes.py`, which asks once for all who are alike.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.option import Block, Option, audience_field
from portalsync.catalog.profile import TIME_ZONE
from portalsync.lexicon import lexicon_of
from portalsync.model.page import Audience, Composition, Place, Placed, Situation, View
from portalsync.model.persona import Persona
from portalsync.model.settings import Scope
from portalsync.portal.layout import areas

NOT_FOR_THEM = "audience.hidden"


def compose(
    situation: Situation,
    persona: Persona,
    place: Place,
    locale: str,
    definitions: Iterable[Option] = DEFINITIONS,
) -> Composition:
    """One variant of one page, blocks in reading order."""
    view = View(
        situation.firm, situation.settings, situation.facts, situation.at, persona=persona, locale=locale
    )
    placed = [
        admitted(block, persona.tags).on(day_of(definition, situation.settings, situation.at))
        for option in definitions
        for definition in option.blocks
        if place in definition.places
        for block in placed_for_any(option, definition, view)
    ]
    order = areas(place)
    placed.sort(key=lambda block: order.index(block.area))  # stable: definitions' order within an area
    return Composition(place, locale, persona.client, tuple(placed))


def placed_for_any(option: Option, block: Block, view: View) -> Iterator[Placed]:
    """What a block puts on its pages, whoever it is for: hidden for its own reasons alone."""
    for placed, entry in entries_of(option, block, view):
        reason = reason_to_hide(option, block, view.on(entry, view.at) if entry.id else view)
        yield placed.hidden(reason) if reason else placed


def entries_of(option: Option, block: Block, view: View) -> Iterator[tuple[Placed, Scope]]:
    """What a block puts on its pages, hidden or not, and the entry that each stands for. The time has no part
    in it: when something is shown, `hide` alone decides.
    """
    label = lexicon_of(view.locale)(f"options.{option.key}.blocks.{block.name}")
    for entry in block.each(view):
        placed = Placed(
            key=f"{option.key}.{block.name}.{entry.id}" if entry.id else f"{option.key}.{block.name}",
            shape=block.shape,
            area=block.area or str(block.shape),
            label=label,
            content=block.content(view.on(entry, view.at) if entry.id else view),
            audiences=audiences_of(option, view.settings, entry),
        )
        yield placed, entry


def reason_to_hide(option: Option, block: Block, view: View) -> str:
    """The first that holds, if there is one. The language has no part in it."""
    for hide in block.hide:
        if hide.when(view):
            return f"options.{option.key}.hidden.{hide.reason}"
    return ""


def admitted(block: Placed, tags: frozenset[str]) -> Placed:
    """The block as a client with these tags finds it: hidden if it is for others."""
    return block if block.reason or block.admits(tags) else block.hidden(NOT_FOR_THEM)


def day_of(block: Block, settings: Scope, at: datetime) -> date | None:
    """Which day it is where the firm is, if the block looks at that."""
    return at.astimezone(ZoneInfo(settings[TIME_ZONE])).date() if block.reads.day else None


def audiences_of(option: Option, settings: Scope, entry: Scope) -> tuple[Audience, ...]:
    """For whom a block is: for those in the audience of its option, and in that of its entry."""
    stated = []
    if option.has_audience:
        stated.append(settings[audience_field(f"{option.key}.audience")])
    if entry.id:
        stated.append(entry[audience_field("audience")])
    return tuple(audience(value) for value in stated if value)
