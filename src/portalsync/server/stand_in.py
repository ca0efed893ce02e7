"""Whoever answers some questions in place of a whole portal, which takes longer to import than to ask."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property

from portalsync.backend.protocol import Reader
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.wire import FirmState, FirmSummary, HistoryEntry, PortalInfo


class StandIn:
    """Asks the whole portal, which is opened for the first question that needs it."""

    def __init__(self, whole: Callable[[], Reader]) -> None:
        self._open = whole

    @cached_property
    def _whole(self) -> Reader:
        return self._open()

    def portal(self) -> PortalInfo:
        return self._whole.portal()

    def firms(self) -> Iterator[FirmSummary]:
        return self._whole.firms()

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        return self._whole.summaries(firms)

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        return self._whole.state(firm, generation)

    def facts(self, firm: str) -> Facts:
        return self._whole.facts(firm)

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        return self._whole.states(firms)

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        return self._whole.history(firm)

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        return self._whole.older(firm, before)

    def audit(self, firm: str) -> Iterator[JSONObject]:
        return self._whole.audit(firm)

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        return self._whole.page(firm, persona, locale, file, at)

    def close(self) -> None:
        if "_whole" in self.__dict__:
            self._whole.close()
