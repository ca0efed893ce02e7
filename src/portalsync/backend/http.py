"""A portal that speaks the contract over HTTP. `HttpReader` sends nothing but GET."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx2

from portalsync.addresses import service_problem
from portalsync.backend.access import TURNED_AWAY, Token, Wish, denied, given_token
from portalsync.backend.answer import Answer, results_of
from portalsync.backend.client import client_of
from portalsync.backend.exchange import Exchange, Lost, answered
from portalsync.backend.protocol import Backend, Seed
from portalsync.backend.reading import facts_of, misread, state_of, states_of, unlike
from portalsync.backend.retries import Patience
from portalsync.commits import Committed, Conditional, Problem, batch_of
from portalsync.connecting.route import Route, route_to
from portalsync.errors import (
    BackendError,
    CommitRefused,
    FirmUnknown,
    OutcomeUnknown,
    PortalBusy,
    PortalsyncError,
)
from portalsync.json_bodies import WireError, answer_of
from portalsync.lexicon import Text, phrase
from portalsync.model.facts import Facts
from portalsync.wire import (
    LARGEST_BODY,
    MOST_TOGETHER,
    Digests,
    FirmsPage,
    FirmState,
    FirmSummary,
    History,
    HistoryEntry,
    PortalInfo,
)

T = TypeVar("T")


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend:
    """The entry point `http`: `settings["url"]` is the address. Such a portal is never filled by us.

    Its token comes from a variable and never from settings: these stand in files.
    """
    del seed
    url = checked_address(settings.get("url", ""))
    return HttpBackend(url, token=given_token(os.environ), route=route_to(url, settings, root))


def checked_address(url: str) -> str:
    """An address that a portal may be asked at."""
    if problem := service_problem(url):
        raise PortalsyncError(
            phrase(f"errors.address.{problem}.message"), phrase(f"errors.address.{problem}.hint")
        )
    return url


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
        path = _path(firm, "history")
        answer = self._exchange.get(path)
        if answer.is_not_offered:
            return ()
        return self._checked(path, answer, partial(answer_of, History)).history

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


class HttpBackend(HttpReader):
    """Reads and writes a portal."""

    def commit(self, commits: Sequence[Conditional]) -> Sequence[Committed | Problem]:
        body = batch_of(commit.body for commit in commits)
        if len(body) > LARGEST_BODY:
            raise CommitRefused(
                phrase("errors.portal.commit-too-large.message", firm=commits[0].firm),
                phrase("errors.portal.commit-too-large.hint"),
            )
        try:
            answer = self._exchange.post("v1/commits", body)
        except Lost as error:
            raise self._lost(error) from error
        if answer.refusal is not None:
            raise self._refused(answer)
        try:
            return results_of(answer, commits)
        except WireError as error:
            raise self._unknown(answered(answer)) from error

    def _refused(self, answer: Answer) -> BackendError:
        if answer.status in TURNED_AWAY:
            return denied(self._exchange.portal, answer.status, Wish.APPLY, with_token=self._with_token)
        return CommitRefused(
            phrase("errors.portal.refused-whole", portal=self._exchange.portal, answer=answer.named),
            phrase("errors.portal.check-address"),
        )

    def _lost(self, error: Lost) -> OutcomeUnknown:
        if error.busy is not None:
            return PortalBusy(error.busy, phrase("errors.portal.busy.hint"))
        return self._unknown(error.why)

    def _unknown(self, why: Text) -> OutcomeUnknown:
        return OutcomeUnknown(
            phrase("errors.portal.outcome-unknown.message", portal=self._exchange.portal, why=why),
            phrase("errors.portal.outcome-unknown.hint"),
        )


def _whose(now: tuple[FirmState, Facts]) -> str:
    """Nobody's, if the facts are of another firm than the state."""
    state, facts = now
    return state.id if facts.raw["firm"] == state.id else ""


def _some_at_once(firms: Sequence[str]) -> Iterator[Sequence[str]]:
    return (firms[start : start + MOST_TOGETHER] for start in range(0, len(firms), MOST_TOGETHER))


def _path(firm: str, part: str) -> str:
    return f"v1/firms/{quote(firm, safe='')}/{part}"
