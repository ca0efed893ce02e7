"""One thing that the contract demands, as a check."""

from collections.abc import Callable
from dataclasses import dataclass

from portalsync.conformance.trial import Trial
from portalsync.lexicon import Phrase, phrase
from portalsync.model.conformance import Weight


@dataclass(frozen=True, slots=True)
class Check:
    """`run` raises NotKept if the portal does not do what is demanded, Skipped if that cannot be seen.

    `section` is the heading of docs/contract.md that demands it. What `writes` needs a firm that is named
    for it. The demand is worded under `conformance.checks.<code>`.
    """

    run: Callable[[Trial], None]
    section: str
    weight: Weight = Weight.MUST
    writes: bool = False

    @property
    def code(self) -> str:
        return self.run.__name__.replace("_", "-")

    @property
    def demand(self) -> Phrase:
        return phrase(f"conformance.checks.{self.code}")
