"""A portal that nobody has made yet: what it will answer follows from what it is filled with."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from portalsync.backend.protocol import Reader, Seed
from portalsync.backend.reading import facts_of
from portalsync.catalog.vocabulary import vocabulary
from portalsync.errors import PortalsyncError
from portalsync.json_bodies import WireError
from portalsync.model.claims import Claims
from portalsync.model.facts import Facts
from portalsync.server.sown import CLIENTS, FACTS, FIRST, checked, first_entry, identity_at, written
from portalsync.server.stand_in import StandIn
from portalsync.wire import FirmState, FirmSummary, PortalInfo

_NOTHING = Claims.of(()).digest({})


def unmade_portal(path: Path, seed: Seed, whole: Callable[[], Reader]) -> Reader | None:
    """The portal that would be made where there is none. None where something lies there, or cannot be looked
    for, and for a seed that no portal takes: the whole portal says why.
    """
    try:
        if path.exists():
            return None
        for id_, each in seed.personas.items():
            checked(CLIENTS, "id", id_, each)
    except (OSError, PortalsyncError):
        return None
    return Unmade(path, seed, whole)


class Unmade(StandIn):
    """Answers of firms of which nothing was ever set."""

    def __init__(self, path: Path, seed: Seed, whole: Callable[[], Reader]) -> None:
        super().__init__(whole)
        self._path = path
        self._seed = seed

    def portal(self) -> PortalInfo:
        return PortalInfo(identity_at(self._path), vocabulary())

    def firms(self) -> Iterator[FirmSummary]:
        return (
            FirmSummary(firm, FIRST, _NOTHING, managed=False, audit=first_entry(firm).hash)
            for firm in sorted(self._seed.firms)
        )

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        if firm not in self._seed.firms or generation not in (None, FIRST):
            return super().state(firm, generation)
        return FirmState(firm, FIRST, _NOTHING, {}, (), audit=first_entry(firm).hash)

    def facts(self, firm: str) -> Facts:
        known = self._known(firm) if firm in self._seed.firms else None
        return super().facts(firm) if known is None else known

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        return [(self.state(firm), self.facts(firm)) for firm in sorted({*firms} & self._seed.firms.keys())]

    def _known(self, firm: str) -> Facts | None:
        """As they would be written and read again. None for what no portal takes."""
        document = self._seed.firms[firm]
        try:
            return facts_of(json.loads(written(checked(FACTS, "firm", firm, document))))
        except (PortalsyncError, WireError):
            return None
