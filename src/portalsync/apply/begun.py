"""A reviewed change that an earlier apply began: the portal as it was before anything of it was done.

Whoever plans anew after an apply was killed half way sees only the rest of the change, which nobody reviewed.
Seen from before, it is the whole change again, and can be held against the review. See docs/decisions/0053.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portalsync.apply.confirm import is_of
from portalsync.backend.protocol import Reader
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.wire import FirmState, FirmSummary, HistoryEntry, PortalInfo


def begun(review: str, firms: Iterable[str], portal: Reader) -> Mapping[str, int]:
    """Those of the firms whose live generation a plan of this review made, with the generation before."""
    latest = ((firm, next(iter(portal.history(firm)), None)) for firm in firms)
    return {
        firm: entry.generation - 1 for firm, entry in latest if entry is not None and is_of(review, entry)
    }


@dataclass(frozen=True, slots=True)
class Before:
    """A portal to read, on which some firms stand at an earlier generation."""

    now: Reader
    generations: Mapping[str, int]

    def portal(self) -> PortalInfo:
        return self.now.portal()

    def firms(self) -> Iterator[FirmSummary]:
        return map(self._before, self.now.firms())

    def _before(self, firm: FirmSummary) -> FirmSummary:
        if firm.id not in self.generations:
            return firm
        past = self.state(firm.id)
        return FirmSummary(firm.id, past.generation, past.digest, bool(past.managed), past.audit)

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        return [*map(self._before, self.now.summaries(firms))]

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        return self.now.state(firm, self.generations.get(firm) if generation is None else generation)

    def facts(self, firm: str) -> Facts:
        return self.now.facts(firm)

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        return self.now.states([firm for firm in firms if firm not in self.generations])

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        entries = self.now.history(firm)
        last = self.generations.get(firm)
        return entries if last is None else [entry for entry in entries if entry.generation <= last]

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        return self.now.older(firm, min(before, self.generations.get(firm, before) + 1))

    def audit(self, firm: str) -> Iterator[JSONObject]:
        return self.now.audit(firm)

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        return self.now.page(firm, persona, locale, file, at)

    def close(self) -> None:
        self.now.close()
