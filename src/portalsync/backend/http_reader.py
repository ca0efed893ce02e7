"""Reads a portal that speaks the contract over HTTP, and sends nothing but GET."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx2

from portalsync.backend.access import TURNED_AWAY, Token, Wish, denied
from portalsync.backend.answer import Answer
from portalsync.backend.client import client_of
from portalsync.backend.exchange import Exchange
from portalsync.backend.reading import facts_of, misread, state_of, states_of, unlike
from portalsync.backend.retries import Patience
from portalsync.connecting.route import Route, route_to
from portalsync.errors import BackendError, FirmUnknown
from portalsync.json_bodies import WireError, answer_of
from portalsync.lexicon import Text, phrase
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.wire import (
    MOST_IN_PAGE,
    MOST_TOGETHER,
    AuditPage,
    Digests,
    FirmsPage,
    FirmState,
    FirmSummary,
    History,
    HistoryEntry,
    PortalInfo,
)

T = TypeVar("T")


class HttpReader:
    """Reads a portal. It has no way to write. The token goes to `url` alone: redirects are not followed."""

    def __init__(
        self,
        url: str,
        transport: httpx2.BaseTransport | None = None,
        patience: Patience | None = None,
        *,
        token: Token | None = None,
        route: Route | None = None,
    ) -> None:
        self._with_token = token is not None
        self._unlike: frozenset[str] = frozenset()
        self._not_offered: set[str] = set()
        route = route or route_to(url)
        client = client_of(url, route, transport)
        if token is not None:
            client.headers["Authorization"] = token.header
        self._exchange = Exchange(client, patience or Patience(), route.shown_proxy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._exchange.close()

    def portal(self) -> PortalInfo:
        info = self._get("v1/portal", PortalInfo)
        self._unlike = unlike(info)
        return info

    def firms(self) -> Iterator[FirmSummary]:
        after: str | None = ""
        last = ""
        while after is not None:
            page = self._get("v1/firms", FirmsPage, {"after": after} if after else None)
            for firm in page.firms:
                if firm.id <= last:
                    raise self._odd("errors.portal.disorder")
                last = firm.id
                yield firm
            after = page.next
            if after is not None and (not page.firms or after != last):
                raise self._odd("errors.portal.endless")

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        return self._together(
            "v1/digests", firms, lambda body: answer_of(Digests, body).firms, attrgetter("id")
        )

    def state(self, firm: str, generation: int | None = None) -> FirmState:
        part = "settings" if generation is None else f"generations/{generation}"
        state = self._read(_path(firm, part), lambda body: state_of(body, self._unlike))
        if state.id != firm or generation not in (None, state.generation):
            raise self._odd("errors.portal.something-else")
        return state

    def facts(self, firm: str) -> Facts:
        facts = self._read(_path(firm, "facts"), facts_of)
        if facts.raw["firm"] != firm:
            raise self._odd("errors.portal.something-else")
        return facts

    def states(self, firms: Sequence[str]) -> Sequence[tuple[FirmState, Facts]]:
        return self._together("v1/states", firms, lambda body: states_of(body, self._unlike), _whose)

    def _together(
        self, path: str, firms: Sequence[str], read: Callable[[Any], Sequence[T]], id_of: Callable[[T], str]
    ) -> list[T]:
        """Asked in as few requests as the contract allows, and not again where there is no such request."""
        return [each for some in _some_at_once(firms) for each in self._some(path, some, read, id_of)]

    def _some(
        self, path: str, firms: Sequence[str], read: Callable[[Any], Sequence[T]], id_of: Callable[[T], str]
    ) -> Sequence[T]:
        if path in self._not_offered:
            return ()
        answer = self._exchange.get(path, {"firms": ",".join(firms)})
        if answer.is_not_offered:
            self._not_offered.add(path)
            return ()
        told = self._checked(path, answer, read)
        ids = [*map(id_of, told)]
        if ids != sorted({*ids} & {*firms}):
            raise self._odd("errors.portal.something-else")
        return told

    def history(self, firm: str) -> Sequence[HistoryEntry]:
        return self._history(firm)

    def older(self, firm: str, before: int) -> Sequence[HistoryEntry]:
        found = self._history(firm, {"before": str(before), "limit": str(MOST_IN_PAGE)})
        return () if any(entry.generation >= before for entry in found) else found

    def _history(self, firm: str, params: Mapping[str, str] | None = None) -> Sequence[HistoryEntry]:
        path = _path(firm, "history")
        answer = self._exchange.get(path, params)
        if answer.is_not_offered:
            return ()
        return self._checked(path, answer, partial(answer_of, History)).history

    def audit(self, firm: str) -> Iterator[JSONObject]:
        path, last = _path(firm, "audit"), 0
        after: int | None = 0
        while after is not None:
            answer = self._exchange.get(path, {"after": str(after)} if after else None)
            if answer.is_not_offered:
                return
            after, rows = self._checked(path, answer, partial(_audit_rows, firm))
            yield from rows
            if after is not None and (not rows or after <= last):
                raise self._odd("errors.portal.endless")
            last = after or last

    def page(self, firm: str, persona: str, locale: str, file: str, at: datetime) -> bytes:
        parts = (quote(part, safe="") for part in (firm, persona, locale, file))
        answer = self._exchange.get("/".join(("portal", *parts)), {"at": at.isoformat()})
        if answer.status != HTTPStatus.OK or answer.media_type != "text/html":
            raise self._unexpected(answer)
        return answer.body

    def _get(self, path: str, kind: type[T], params: Mapping[str, str] | None = None) -> T:
        return self._read(path, partial(answer_of, kind), params)

    def _read(self, path: str, read: Callable[[Any], T], params: Mapping[str, str] | None = None) -> T:
        return self._checked(path, self._exchange.get(path, params), read)

    def _checked(self, path: str, answer: Answer, read: Callable[[Any], T]) -> T:
        if answer.status != HTTPStatus.OK:
            raise self._unexpected(answer)
        try:
            body = answer.json()
        except WireError as error:
            raise self._unexpected(answer) from error
        try:
            return read(body)
        except WireError as error:
            raise misread(self._exchange.portal, path, body, error) from error

    def _unexpected(self, answer: Answer) -> BackendError:
        if answer.status in TURNED_AWAY:
            return denied(self._exchange.portal, answer.status, Wish.READ, with_token=self._with_token)
        if answer.problem is not None and answer.problem.type == "firm-unknown":
            return FirmUnknown(
                phrase("errors.portal.firm-unknown.message", portal=self._exchange.portal),
                phrase("errors.portal.firm-unknown.hint"),
            )
        return self._odd("errors.portal.unexpected", answer=answer.named)

    def _odd(self, told: str, **values: Text) -> BackendError:
        """What no portal does that keeps the contract."""
        return BackendError(
            phrase(told, portal=self._exchange.portal, **values),
            phrase("errors.portal.check-address"),
        )


def _audit_rows(firm: str, body: Any) -> tuple[int | None, Sequence[JSONObject]]:
    """Where the trail goes on, and the rows as they stand there."""
    page = answer_of(AuditPage, body)
    for number, row in enumerate(page.audit):
        if row.firm != firm:
            raise WireError(phrase("problems.misfit.constant", value=firm), f"audit[{number}].firm")
    return page.next, body["audit"]


def _whose(now: tuple[FirmState, Facts]) -> str:
    """Nobody's, if the facts are of another firm than the state."""
    state, facts = now
    return state.id if facts.raw["firm"] == state.id else ""


def _some_at_once(firms: Sequence[str]) -> Iterator[Sequence[str]]:
    return (firms[start : start + MOST_TOGETHER] for start in range(0, len(firms), MOST_TOGETHER))


def _path(firm: str, part: str) -> str:
    return f"v1/firms/{quote(firm, safe='')}/{part}"
