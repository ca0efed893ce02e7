"""What a portal must be able to do. Planning gets a `Reader`, which has no way to write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from portalsync.commits import Committed, Conditional, Problem
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON, JSONObject
from portalsync.wire import FirmState, FirmSummary, HistoryEntry, PortalInfo


class Reader(Protocol):
    """Reading a portal. Errors: `BackendUnreachable`, `FirmUnknown`, else `BackendError`."""

    def portal(self) -> PortalInfo: ...

    def firms(self) -> Iterator[FirmSummary]:
        """All firms, sorted by id; fetched page by page."""
        ...

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        """Of these firms, the same as in the list, but made from what is there at this moment. Nothing of
        those that can only be read one by one.
        """
        ...

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        """The live settings, or those of a past generation."""
        ...

    def facts(self, firm: str) -> Facts: ...

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        """Live settings and facts of these firms, those of one at the same moment. Nothing of those that can
        only be read one by one.
        """
        ...

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        """Newest first, as far back as the portal tells at once."""
        ...

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        """The same, from before a generation. Nothing from a portal that tells the newest only."""
        ...

    def audit(self, firm: str) -> Iterator[JSONObject]:
        """The firm's audit trail, oldest first, each row as it was answered: its hash covers all of it.
        Nothing from a portal that keeps none.
        """
        ...

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        """One page as a sample client gets it at an instant."""
        ...

    def close(self) -> None: ...


class Backend(Reader, Protocol):
    """Reading and writing a portal."""

    def commit(self, commits: Sequence[Conditional]) -> Sequence[Committed | Problem]:
        """One request. Each firm is done whole or not at all, and has its own answer, in order; a problem is
        one of `commits.REFUSALS`: nothing was written.

        `OutcomeUnknown` if they were sent and the answer does not say for certain what became of each.
        Nothing was written at all: `CommitRefused` if the portal does not take this request,
        `AccessDenied`, else `BackendError`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Seed:
    """What a portal that starts empty is filled with: facts by firm id, sample clients by theirs, both as
    their documents. Kept, or only laid over what the portal has, for as long as somebody reads it.

    A document of `firms` may be read when it is asked for. `digests` tell, by firm, whether it can be another
    one than it was: a portal that remembers them asks for what has changed, and for what has none.
    """

    firms: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    personas: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    is_kept: bool = True
    digests: Mapping[str, str] = field(default_factory=dict)
