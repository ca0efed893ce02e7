"""By when an apply is through, whatever the portal does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from portalsync.lexicon import Phrase, Text, counted

USUAL_MINUTES = 60
GRACE = 120.0
"""Seconds for reading back what was under way at the end."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`minutes` from when it is made, counted by `now` in seconds."""

    minutes: int
    now: Callable[[], float] = time.monotonic
    end: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "end", self.now() + 60 * self.minutes)

    @property
    def passed(self) -> Text:
        """What it stops: nothing is sent any more. Empty before."""
        return self._stops if self.now() >= self.end else ""

    @property
    def long_passed(self) -> Text:
        """The same, once not even a firm is read back any more."""
        return self._stops if self.now() >= self.end + GRACE else ""

    @property
    def _stops(self) -> Phrase:
        return counted("receipt.stopped.deadline", self.minutes)
