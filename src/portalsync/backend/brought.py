"""A backend that a package brings: what goes wrong in it is named as its own, not as a bug of ours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from portalsync.backend.protocol import Backend
from portalsync.commits import Committed, Conditional, Problem
from portalsync.errors import BackendError, OutcomeUnknown, PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.wire import FirmState, FirmSummary, HistoryEntry, PortalInfo


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


_Asked = TypeVar("_Asked")


def _promised(answer: object, kind: type[_Asked]) -> _Asked:
    """The answer, which is of the kind that the protocol promises; a type checker may never have seen it."""
    if not isinstance(answer, kind):
        raise TypeError(type(answer).__name__)
    return answer


class BroughtBackend:
    """Each call goes to the package's own backend."""

    def __init__(self, kind: str, backend: Backend) -> None:
        self._kind = kind
        self._backend = backend

    def portal(self) -> PortalInfo:
        with blamed(self._kind):
            return _promised(self._backend.portal(), PortalInfo)

    def firms(self) -> Iterator[FirmSummary]:
        with blamed(self._kind):
            for firm in self._backend.firms():
                yield _promised(firm, FirmSummary)

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        """Packages from before it was asked for have none."""
        with blamed(self._kind):
            if not hasattr(self._backend, "summaries"):
                return ()
            return [_promised(firm, FirmSummary) for firm in self._backend.summaries(firms)]

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        with blamed(self._kind):
            return _promised(self._backend.state(firm, generation), FirmState)

    def facts(self, firm: str) -> Facts:
        with blamed(self._kind):
            return _promised(self._backend.facts(firm), Facts)

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        """Packages from before it was asked for have none."""
        with blamed(self._kind):
            if not hasattr(self._backend, "states"):
                return ()
            return [
                (_promised(state, FirmState), _promised(facts, Facts))
                for state, facts in self._backend.states(firms)
            ]

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        with blamed(self._kind):
            return [_promised(entry, HistoryEntry) for entry in self._backend.history(firm)]

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        """Packages from before it was asked for have none."""
        with blamed(self._kind):
            if not hasattr(self._backend, "older"):
                return ()
            return [_promised(entry, HistoryEntry) for entry in self._backend.older(firm, before)]

    def audit(self, firm: str) -> Iterator[JSONObject]:
        """Packages from before it was asked for have none."""
        with blamed(self._kind):
            if hasattr(self._backend, "audit"):
                for row in self._backend.audit(firm):
                    yield _promised(row, dict)

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        with blamed(self._kind):
            return _promised(self._backend.page(firm, persona, locale, file, at), bytes)

    def close(self) -> None:
        with blamed(self._kind):
            self._backend.close()

    def commit(self, commits: Sequence[Conditional]) -> Sequence[Committed | Problem]:
        """Nobody knows what was written before it failed, nor what another answer means: it is read back."""
        with blamed(self._kind, OutcomeUnknown):
            answers = [_answer(each) for each in self._backend.commit(commits)]
            if len(answers) != len(commits):
                raise ValueError(len(answers))
            return answers


def _answer(answer: object) -> Committed | Problem:
    return answer if isinstance(answer, Problem) else _promised(answer, Committed)
