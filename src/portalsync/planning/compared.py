"""One option before and after a change: what clients of a class notice, found once and remembered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TypeAlias

from portalsync.catalog.option import Block
from portalsync.model.effect import Effect, EffectKind, Reading
from portalsync.model.page import Audience, Placed
from portalsync.model.persona import Persona
from portalsync.model.remembered import Memory
from portalsync.planning.reach import Among, Sides
from portalsync.planning.readings import label, readings
from portalsync.portal.answers import MOST_REMEMBERED, Alike, Answers
from portalsync.portal.differences import between

Interval: TypeAlias = tuple[int, int]
"""Of the option before, and of the option after."""


Shown: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The keys of what is shown at an instant, before and after, to whomever it is for."""


@dataclass(eq=False)
class Difference:
    """At one block, in one language. `sides`: the block before and after, hidden for its own reasons."""

    kind: EffectKind
    key: str
    sides: Sides
    locale: str
    end: int | None
    """The number of the instant at which it is over, if time alone ends it."""

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
    """An instant from which on a block can be seen otherwise. `before` and `after`: what of it is new then,
    whoever it is for; `audiences` the numbers of those that it is for.
    """

    number: int
    locale: str
    before: Mapping[str, Placed]
    after: Mapping[str, Placed]
    audiences: Sequence[int]
    shown: Sequence[Shown]
    """At each instant."""
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
            end = None if kind is EffectKind.MOVES else self._end(key)
            yield Difference(kind, key, (self.before.get(key), self.after.get(key)), self.locale, end)

    def _end(self, key: str) -> int | None:
        """When the block is shown otherwise than now, before or after the change."""
        now, *later = ([key in side for side in sides] for sides in self.shown[self.number :])
        return next((number for number, then in enumerate(later, self.number + 1) if then != now), None)

    @staticmethod
    def _seen(side: Mapping[str, Placed], tags: frozenset[str]) -> Iterator[Placed]:
        return (placed for placed in side.values() if placed.shown and placed.admits(tags))


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What is told of one thing that clients notice, the same at each place; `sides` are those of the first
    who does. `among` are those who notice anything of the block: who has other jobs than a sample client may
    notice another thing.
    """

    kind: EffectKind
    sides: Sides
    locales: Collection[str]
    effects: Sequence[Effect]
    among: Among


@dataclass(eq=False)
class Compared:
    before: Answers
    after: Answers
    tellings: Memory[object, Sequence[Telling]] = field(default_factory=Memory)
    """Of each block, by all that it follows from besides."""
    _turns: Memory[object, Sequence[Turn]] = field(default_factory=Memory)

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
            found = [*self._turns_of(block, alike.first, locale, instants)]
            self._turns.keep(key, found, sum(len(turn.after) for turn in found))
        return found

    def _turns_of(
        self, block: Block, client: Persona, locale: str, instants: Mapping[Interval, datetime]
    ) -> Iterator[Turn]:
        old, new = (_Side(each, block, client, locale) for each in (self.before, self.after))
        reordered = _is_reordered(old.entries, new.entries)
        had, has, found = frozenset[str](), frozenset[str](), list[Shown]()
        for number, ((earlier, later), at) in enumerate(instants.items()):
            shown = old.shown(earlier, at), new.shown(later, at)
            found.append(shown)
            fresh = (shown[0] ^ had) | (shown[1] ^ has)
            had, has = shown
            if fresh:
                looked_at = had | has if reordered else fresh
                before, after = old.then(earlier, looked_at), new.then(later, looked_at)
                audiences = self._numbers((*before.values(), *after.values()))
                yield Turn(number, locale, before, after, audiences, found)

    def _numbers(self, blocks: Iterable[Placed]) -> Sequence[int]:
        """Of the audiences that what is shown is for."""
        audiences = {audience for block in blocks if block.shown for audience in block.audiences}
        return sorted(self.audiences[audience] for audience in audiences)


def _is_reordered(before: Sequence[Placed], after: Sequence[Placed]) -> bool:
    """Whether two of them can have changed places. If not, what stays as it is cannot be news."""
    had, has = [block.key for block in before], [block.key for block in after]
    return [key for key in had if key in has] != [key for key in has if key in had]


@dataclass(eq=False)
class _Side:
    """A block before or after, as one client finds it; between two instants nothing changes."""

    answers: Answers
    block: Block
    client: Persona
    locale: str
    _reasons: dict[int, Sequence[str]] = field(default_factory=dict)
    _shown: dict[int, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = self.answers.entries(self.block, self.client, self.locale)

    def shown(self, interval: int, at: datetime) -> frozenset[str]:
        """The keys of what is shown then to whomever it is for."""
        if interval not in self._shown:
            reasons = self._reasons[interval] = self.answers.reasons(self.block, self.client, at)
            shown = [each.key for each, reason in zip(self.entries, reasons, strict=True) if not reason]
            self._shown[interval] = frozenset(shown)
        return self._shown[interval]

    def then(self, interval: int, keys: Collection[str]) -> Mapping[str, Placed]:
        """What is looked at, hidden for its own reasons alone."""
        return {
            placed.key: placed.hidden(reason) if reason else placed
            for placed, reason in zip(self.entries, self._reasons[interval], strict=True)
            if placed.key in keys
        }


@lru_cache(MOST_REMEMBERED)
def compared(before: Answers, after: Answers) -> Compared:
    return Compared(before, after)
