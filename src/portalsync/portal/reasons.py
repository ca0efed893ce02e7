"""Why a block is shown or hidden: each reason to hide it that was asked for, and what that looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalsync.catalog.option import Block, Option
from portalsync.model.page import Place, Placed, Situation, View
from portalsync.model.persona import Persona
from portalsync.portal.classes import blocks_on
from portalsync.portal.compose import NOT_FOR_THEM, audiences_of, entries_of
from portalsync.portal.observed import LookedAt, Notes, observed


@dataclass(frozen=True, slots=True)
class Condition:
    """A reason to hide a block (a key of the words), whether it holds, and what it rests on."""

    reason: str
    holds: bool
    rests_on: LookedAt


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A block as a client finds it, with all that was asked in order: the last condition is the only one that
    may hold. `content` is what its text rests on.
    """

    option: Option
    placed: Placed
    conditions: tuple[Condition, ...]
    content: LookedAt

    @property
    def deciding(self) -> frozenset[str]:
        """Settings without which it could be otherwise: of a hidden block, those of what hides it."""
        if not self.placed.shown:
            return frozenset(self.conditions[-1].rests_on.settings)
        every = (*(each.rests_on for each in self.conditions), self.content)
        return frozenset(path for each in every for path in each.settings)


def reasoned(situation: Situation, persona: Persona, place: Place, locale: str) -> Iterator[Reasoned]:
    """The blocks of a page as `compose` has them, in reading order, each with its reasons. What is
    overdue has no part in them.
    """
    for option, block in blocks_on(place):
        yield from reasoned_block(situation, persona, option, block, locale)


def reasoned_block(
    situation: Situation, persona: Persona, option: Option, block: Block, locale: str
) -> Iterator[Reasoned]:
    """What one definition puts on its pages for this client."""
    plain = View(situation.firm, situation.settings, situation.facts, situation.at, persona, locale)
    view, notes = observed(plain)
    for (placed, _), entry in zip(entries_of(option, block, plain), block.each(view), strict=True):
        own = view.on(entry, view.at) if entry.id else view
        notes.taken()
        conditions = _conditions(option, block, own, notes, placed)
        block.content(own)
        hidden = conditions[-1].reason if conditions and conditions[-1].holds else ""
        as_met = placed.hidden(hidden) if hidden else placed
        yield Reasoned(option, as_met, conditions, notes.taken())


def _conditions(
    option: Option, block: Block, view: View, notes: Notes, placed: Placed
) -> tuple[Condition, ...]:
    """All that is asked, up to the first that holds."""
    asked = (*_asked(option, block, view, notes),)
    if asked and asked[-1].holds:
        return asked
    audiences_of(option, view.settings, view.entry)
    for_whom = notes.taken()
    if not placed.audiences:
        return asked
    holds = not placed.admits(view.persona.tags)
    return (*asked, Condition(NOT_FOR_THEM, holds, LookedAt(for_whom.settings, client=("tags",))))


def _asked(option: Option, block: Block, view: View, notes: Notes) -> Iterator[Condition]:
    for hide in block.hide:
        holds = bool(hide.when(view))
        yield Condition(f"options.{option.key}.hidden.{hide.reason}", holds, notes.taken())
        if holds:
            return
