"""A backend that a package brings: what goes wrong in it is named as its own, not as a bug of ours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from portalsync.backend.protocol import Backend
from portalsync.errors import BackendError, OutcomeUnknown, PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.facts import Facts
from portalsync.wire import Committed, Conditional, FirmState, FirmSummary, HistoryEntry, PortalInfo, Problem


@contextmanager
def blamed(kind: str, becomes: type[PortalsyncError] = BackendError) -> Iterator[None]:
    """What goes wrong inside is the fault of the package that brings `kind`; what it raises as an error of
    `portalsync.errors` it says on purpose.
    """
    try:
        yield
    except PortalsyncError:
        raise
    except Exception as error:  # whatever a package of others does wrong
        message = phrase("errors.backend.failed.message", name=kind, reason=type(error).__name__)
        raise becomes(message, phrase("errors.backend.failed.hint")) from error


class BroughtBackend:
    """Each call goes to the package's own backend."""

    def __init__(self, kind: str, backend: Backend) -> None:
        self._kind = kind
        self._backend = backend

    def portal(self) -> PortalInfo:
        with blamed(self._kind):
            return self._backend.portal()

    def firms(self) -> Iterator[FirmSummary]:
        with blamed(self._kind):
            yield from self._backend.firms()

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        with blamed(self._kind):
            return self._backend.state(firm, generation)

    def facts(self, firm: str) -> Facts:
        with blamed(self._kind):
            return self._backend.facts(firm)

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        with blamed(self._kind):
            return self._backend.history(firm)

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        with blamed(self._kind):
            return self._backend.page(firm, persona, locale, file, at)

    def close(self) -> None:
        with blamed(self._kind):
            self._backend.close()

    def commit(self, commits: Sequence[Conditional]) -> Sequence[Committed | Problem]:
        """Nobody knows what was written before it failed: the firms are read back."""
        with blamed(self._kind, OutcomeUnknown):
            return self._backend.commit(commits)
