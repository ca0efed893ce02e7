"""Two sequences compared by `difflib`, within a bound: those that are made for it would take hours."""

from collections.abc import Hashable, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


class BoundedMatcher(SequenceMatcher[T]):
    """Looks for the longest passage that both have, then for the longest before and behind it, and so on.
    What it has when it has looked often enough at an item, alone or beside an equal one of the other, counts.
    """

    def __init__(
        self, old: Sequence[T], new: Sequence[T], most_looks: int, *, frequent_count: bool = True
    ) -> None:
        """Unless `frequent_count`, passages do not begin with items that come very often."""
        super().__init__(None, old, new, autojunk=not frequent_count)
        alike = self.b2j  # type: ignore[attr-defined]  # documented, and unknown to the stubs
        self._looks_before = [0, *accumulate(1 + len(alike.get(item, ())) for item in old)]
        self._looks_left = most_looks

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """None (of size 0) where that would take more looks than are left."""
        looks = self._looks_before[-1 if ahi is None else ahi] - self._looks_before[alo]
        if looks > self._looks_left:
            return Match(alo, blo, 0)
        self._looks_left -= looks
        return super().find_longest_match(alo, ahi, blo, bhi)
