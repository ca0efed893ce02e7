"""What clients will notice though nobody changes anything: pages held against themselves, before and after
each instant at which they change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.lexicon import LOCALES
from portalsync.model.effect import Effect, EffectKind, Reach
from portalsync.model.page import Placed, Situation
from portalsync.model.persona import Persona
from portalsync.planning.outlook import Outlook, outlook
from portalsync.planning.reach import Sides
from portalsync.planning.readings import label
from portalsync.portal.answers import Alike, Answers, Traits

_Change: TypeAlias = tuple[EffectKind, Placed, Placed]
"""What becomes of a block, which stands there before and after, hidden or not."""


def coming_effects(case: Situation, personas: Sequence[Persona]) -> list[Reach]:
    """By instant, which stands in `since`; what appears has in `until` when it goes again, if it does."""
    firm = outlook(case, case, personas)
    timed = [option for option in DEFINITIONS if option.is_timed]
    found = (each for option in timed for block in option.blocks for each in _of_block(firm, option, block))
    return sorted(found, key=lambda reach: (reach.effect.since, reach.effect.kind.rank))


def _of_block(firm: Outlook, option: Option, block: Block) -> Iterator[Reach]:
    answers = firm.after.answers(option)
    turns = [*_turns(firm, answers, block)]
    for turn in turns:
        until = next((each.at for each in turns if turn.is_ended_by(each)), None)
        reached = firm.readers.reached(turn.kind, turn.sides, tuple(turn.labels))
        labels = {locale: turn.labels[locale] for locale in LOCALES if locale in turn.labels}
        personas = tuple(each.id for at, each in enumerate(firm.samples.personas) if at in turn.samples)
        since, end = turn.at.isoformat(), until.isoformat() if until else ""
        for place in block.places:
            effect = Effect(turn.kind, turn.key, place, labels, {}, personas, True, since, end)  # noqa: FBT003 - in the order of its fields
            yield Reach(effect, reached.clients, reached.at_most)


@dataclass
class _Turn:
    """A block that is shown, or is not any more, from an instant on. `samples` are numbers of those who
    notice it.
    """

    at: datetime
    kind: EffectKind
    key: str
    sides: Sides
    labels: dict[str, str] = field(default_factory=dict)
    samples: set[int] = field(default_factory=set)

    def note(self, alike: Alike, locale: str, placed: Placed) -> None:
        """Who reads it, and what it is called in their language."""
        self.labels.setdefault(locale, label(placed))
        self.samples.update(alike.indexes)

    def is_ended_by(self, other: "_Turn") -> bool:
        ends = self.kind is EffectKind.APPEARS and other.kind is EffectKind.DISAPPEARS
        return ends and other.key == self.key and other.at > self.at


def _turns(firm: Outlook, answers: Answers, block: Block) -> Iterator[_Turn]:
    """Clients whom the block cannot tell apart are asked about once; who is among them, its audience says."""
    for earlier, at in pairwise((firm.after.situation.at, *firm.coming)):
        if answers.interval(earlier) == answers.interval(at):
            continue
        found: dict[tuple[EffectKind, str], _Turn] = {}
        known: dict[tuple[Traits, str], Sequence[_Change]] = {}
        for alike in firm.samples.alike(block, answers.audiences).classes:
            for locale in firm.after.languages(alike.first):
                among = alike.traits, locale
                if among not in known:
                    sides = (answers.placed(block, alike.first, locale, each) for each in (earlier, at))
                    known[among] = [*_changes(*sides)]
                for kind, before, after in known[among]:
                    if after.admits(alike.first.tags):
                        new = _Turn(at, kind, after.key, (before, after))
                        found.setdefault((kind, after.key), new).note(alike, locale, after)
        yield from found.values()


def _changes(before: Sequence[Placed], after: Sequence[Placed]) -> Iterator[_Change]:
    """Time shows and hides, and changes nothing that is shown: `Block` says so. The same is there before and
    after, hidden or not.
    """
    for old, new in zip(before, after, strict=True):
        if old.shown != new.shown:
            yield EffectKind.APPEARS if new.shown else EffectKind.DISAPPEARS, old, new
