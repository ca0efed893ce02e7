"""One option before and after a change: what clients of a class notice, found once and remembered."""

from collections.abc import Iterator, Sequence
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
class Compared:
    before: Answers
    after: Answers
    _differences: Kept[Difference] = field(default_factory=Kept)

    @property
    def is_same(self) -> bool:
        return self.before is self.after

    @property
    def is_timed(self) -> bool:
        return bool(self.before.instants or self.after.instants)

    @cached_property
    def audiences(self) -> Sequence[Audience]:
        return [*dict.fromkeys((*self.before.audiences, *self.after.audiences))]

    def interval(self, at: datetime) -> tuple[int, int]:
        return self.before.interval(at), self.after.interval(at)

    def differences(self, block: Block, alike: Alike, locale: str, at: datetime) -> tuple[Difference, ...]:
        """What clients who are `alike` under the audiences here notice at that instant."""
        key = block.name, locale, alike.common, self.interval(at)
        found = self._differences.get(key)
        if found is None:
            found = self._differences.keep(key, tuple(self._noticed(block, alike, locale, at)))
        return found

    def _noticed(self, block: Block, alike: Alike, locale: str, at: datetime) -> Iterator[Difference]:
        seen = block, alike.first, locale, at
        old, new = ({each.key: each for each in side.placed(*seen)} for side in (self.before, self.after))
        for kind, key in between(self.before.shown(*seen), self.after.shown(*seen)):
            yield Difference(kind, key, (old.get(key), new.get(key)), locale)


@lru_cache(MOST_REMEMBERED)
def compared(before: Answers, after: Answers) -> Compared:
    return Compared(before, after)
