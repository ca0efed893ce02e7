"""One option before and after a change: what clients of a class notice, found once and remembered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from portalsync.catalog.option import Block
from portalsync.model.effect import EffectKind, Reading
from portalsync.model.page import Audience, Placed
from portalsync.planning.readings import label, readings
from portalsync.portal.answers import MOST_REMEMBERED, Answers, Kept
from portalsync.portal.classes import Alike
from portalsync.portal.differences import between


@dataclass(eq=False)
class Difference:
    """At one block, in one language. `sides`: the block before and after, hidden for its own reasons."""

    kind: EffectKind
    key: str
    sides: tuple[Placed | None, Placed | None]
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
class _Sides:
    """A block before and after, whoever it is for. `audiences`: those of what is shown, by their number."""

    before: Mapping[str, Placed]
    after: Mapping[str, Placed]
    audiences: Sequence[int]
    found: dict[tuple[bool, ...], Sequence[Difference]] = field(default_factory=dict)

    def noticed(self, tags: frozenset[str], locale: str) -> Iterator[Difference]:
        seen = ([each for each in side.values() if each.shown and each.admits(tags)] for side in self._both)
        for kind, key in between(*seen):
            yield Difference(kind, key, (self.before.get(key), self.after.get(key)), locale)

    @property
    def _both(self) -> tuple[Mapping[str, Placed], Mapping[str, Placed]]:
        return self.before, self.after


@dataclass(eq=False)
class Compared:
    before: Answers
    after: Answers
    _sides: Kept[_Sides] = field(default_factory=Kept)

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

    def interval(self, at: datetime) -> tuple[int, int]:
        return self.before.interval(at), self.after.interval(at)

    def differences(self, block: Block, alike: Alike, locale: str, at: datetime) -> Sequence[Difference]:
        """What clients who are alike, also under these audiences, notice at that instant."""
        sides = self._sides_of(block, alike, locale, at)
        admissions = tuple([alike.admissions[number] for number in sides.audiences])
        found = sides.found.get(admissions)
        if found is None:
            found = sides.found[admissions] = [*sides.noticed(alike.first.tags, locale)]
        return found

    def _sides_of(self, block: Block, alike: Alike, locale: str, at: datetime) -> _Sides:
        key = block.name, locale, alike.traits, self.interval(at)
        found = self._sides.get(key)
        if found is None:
            seen = block, alike.first, locale, at
            before, after = self.before.placed(*seen), self.after.placed(*seen)
            shown = [each for each in (*before, *after) if each.shown]
            audiences = {self.audiences[audience] for each in shown for audience in each.audiences}
            found = _Sides(_by_key(before), _by_key(after), sorted(audiences))
            self._sides.keep(key, found, len(shown))
        return found


def _by_key(blocks: Iterable[Placed]) -> Mapping[str, Placed]:
    return {block.key: block for block in blocks}


@lru_cache(MOST_REMEMBERED)
def compared(before: Answers, after: Answers) -> Compared:
    return Compared(before, after)
