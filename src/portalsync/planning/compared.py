"""One option before and after a change: what clients of a class notice, found once and remembered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TypeAlias

from portalsync.catalog.option import Block
from portalsync.model.effect import EffectKind, Reading
from portalsync.model.page import Audience, Placed
from portalsync.model.persona import Persona
from portalsync.planning.reach import Sides
from portalsync.planning.readings import label, readings
from portalsync.portal.answers import MOST_REMEMBERED, Alike, Answers, Kept
from portalsync.portal.differences import between

Interval: TypeAlias = tuple[int, int]
"""Of the option before, and of the option after."""


@dataclass(eq=False)
class Difference:
    """At one block, in one language. `sides`: the block before and after, hidden for its own reasons."""

    kind: EffectKind
    key: str
    sides: Sides
    locale: str

    @cached_property
    def label(self) -> str:
        before, after = self.sides
        block = after or before
        return label(block) if block else self.key

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Of what comes, nothing was read before, and of what goes nothing is read after."""
        before, after = self.sides
        had, has = self.kind is not EffectKind.APPEARS, self.kind is not EffectKind.DISAPPEARS
        return tuple(readings(before if had else None, after if has else None, self.locale))


@dataclass(eq=False)
class Turn:
    """An instant from which on a block can be seen otherwise. `before` and `after` are what it then puts on
    pages, whoever it is for; `fresh` are the keys of what is new, `audiences` the numbers of those it is for.
    """

    number: int
    locale: str
    before: Mapping[str, Placed]
    after: Mapping[str, Placed]
    fresh: Collection[str]
    audiences: Sequence[int]
    _found: dict[tuple[bool, ...], Sequence[Difference]] = field(default_factory=dict)

    def differences(self, alike: Alike) -> Sequence[Difference]:
        """What clients notice who are alike, also under the audiences of the option."""
        admissions = tuple([alike.admissions[number] for number in self.audiences])
        found = self._found.get(admissions)
        if found is None:
            found = self._found[admissions] = [*self._noticed(alike.first.tags)]
        return found

    def _noticed(self, tags: frozenset[str]) -> Iterator[Difference]:
        for kind, key in between(self._seen(self.before, tags), self._seen(self.after, tags)):
            yield Difference(kind, key, (self.before.get(key), self.after.get(key)), self.locale)

    def _seen(self, side: Mapping[str, Placed], tags: frozenset[str]) -> Iterator[Placed]:
        for key, placed in side.items():
            if placed.shown and key in self.fresh and placed.admits(tags):
                yield placed


@dataclass(eq=False)
class Compared:
    before: Answers
    after: Answers
    _turns: Kept[Sequence[Turn]] = field(default_factory=Kept)

    @property
    def is_same(self) -> bool:
        return self.before is self.after

    @property
    def is_timed(self) -> bool:
        return bool(self.before.instants or self.after.instants)

    @cached_property
    def audiences(self) -> Mapping[Audience, int]:
        """All that anything of the option is for, numbered."""
        known = dict.fromkeys((*self.before.audiences, *self.after.audiences))
        return {audience: number for number, audience in enumerate(known)}

    def interval(self, at: datetime) -> Interval:
        return self.before.interval(at), self.after.interval(at)

    def turns(
        self, block: Block, alike: Alike, locale: str, instants: Mapping[Interval, datetime]
    ) -> Sequence[Turn]:
        """Those at which there is something to notice; their numbers are those of `instants`, in order."""
        key = block.name, locale, alike.traits, tuple(instants)
        found = self._turns.get(key)
        if found is None:
            found = [*self._turns_of(block, alike.first, locale, instants.values())]
            self._turns.keep(key, found, sum(len(turn.fresh) for turn in found))
        return found

    def _turns_of(
        self, block: Block, client: Persona, locale: str, instants: Iterable[datetime]
    ) -> Iterator[Turn]:
        earlier: Mapping[str, Sides] = {}
        for number, at in enumerate(instants):
            before = {each.key: each for each in self.before.placed(block, client, locale, at)}
            after = {each.key: each for each in self.after.placed(block, client, locale, at)}
            now = _shown(before, after)
            fresh = now.keys() if _is_reordered(before, after) else {*_others(earlier, now)}
            if fresh:
                audiences = self._numbers(pair for key, pair in now.items() if key in fresh)
                yield Turn(number, locale, before, after, fresh, audiences)
            earlier = now

    def _numbers(self, shown: Iterable[Sides]) -> Sequence[int]:
        blocks = (block for pair in shown for block in pair if block)
        return sorted({self.audiences[audience] for block in blocks for audience in block.audiences})


def _shown(before: Mapping[str, Placed], after: Mapping[str, Placed]) -> Mapping[str, Sides]:
    """What is shown on either side to whomever it is for."""
    found = {}
    for key in {**before, **after}:
        had, has = before.get(key), after.get(key)
        pair = had if had and had.shown else None, has if has and has.shown else None
        if pair != (None, None):
            found[key] = pair
    return found


def _is_reordered(before: Mapping[str, Placed], after: Mapping[str, Placed]) -> bool:
    """Whether two of them can have changed places. If not, what stays as it is cannot be news."""
    return [key for key in before if key in after] != [key for key in after if key in before]


def _others(earlier: Mapping[str, Sides], now: Mapping[str, Sides]) -> Iterator[str]:
    """Keys of what is not the very same as before."""
    for key, (before, after) in now.items():
        had = earlier.get(key)
        if had is None or had[0] is not before or had[1] is not after:
            yield key


@lru_cache(MOST_REMEMBERED)
def compared(before: Answers, after: Answers) -> Compared:
    return Compared(before, after)
