"""A portal that speaks the contract over HTTP. `HttpReader` sends nothing but GET."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx2

from portalsync import __version__
from portalsync.addresses import service_problem
from portalsync.backend.access import TURNED_AWAY, Token, Wish, denied, given_token
from portalsync.backend.answer import Answer, results_of
from portalsync.backend.exchange import LARGEST_ANSWER, Exchange, Lost, answered
from portalsync.backend.loop import OnLoop
from portalsync.backend.protocol import Backend, Seed
from portalsync.backend.reading import facts_of, misread, state_of, unlike
from portalsync.backend.retries import Patience
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
    Committed,
    Conditional,
    FirmsPage,
    FirmState,
    FirmSummary,
    History,
    HistoryEntry,
    PortalInfo,
    Problem,
    batch_of,
    encoded,
)

T = TypeVar("T")

CONNECTIONS = 8
"""More make the client slower, not faster."""

TIMEOUT = httpx2.Timeout(60.0, connect=5.0)
"""Between two bytes. How long all of a question may take is `Patience.deadline`."""


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend:
    """The entry point `http`: `settings["url"]` is the address. Such a portal is never filled by us.

    Its token comes from a variable and never from settings: these stand in files.
    """
    del root, seed
    return HttpBackend(checked_address(settings.get("url", "")), token=given_token(os.environ))


def checked_address(url: str) -> str:
    """An address that a portal may be asked at."""
    if problem := service_problem(url):
        raise PortalsyncError(
            phrase(f"errors.address.{problem}.message"), phrase(f"errors.address.{problem}.hint")
        )
    return url


def client_of(url: str, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """What asks a portal: no redirect is followed, nothing is read from the environment."""
    return httpx2.Client(
        base_url=url,
        transport=transport or OnLoop(_network(), LARGEST_ANSWER),
        timeout=TIMEOUT,
        # Unpacked, an answer cannot be larger than it looks, nor end early without notice.
        headers={"User-Agent": f"portalsync/{__version__}", "Accept-Encoding": "identity"},
        trust_env=False,
    )


class HttpReader:
    """Reads a portal. It has no way to write. The token goes to `url` alone: redirects are not followed."""

    def __init__(
        self,
        url: str,
        transport: httpx2.BaseTransport | None = None,
        patience: Patience | None = None,
        *,
        token: Token | None = None,
    ) -> None:
        self._with_token = token is not None
        self._unlike: frozenset[str] = frozenset()
        client = client_of(url, transport)
        if token is not None:
            client.headers["Authorization"] = token.header
        self._exchange = Exchange(client, patience or Patience())

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
        body = batch_of(map(encoded, commits))
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


def _network() -> httpx2.AsyncHTTPTransport:
    """Answers depend on the address alone, never on proxies or files that the environment names."""
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    return httpx2.AsyncHTTPTransport(limits=limits, trust_env=False)


def _path(firm: str, part: str) -> str:
    return f"v1/firms/{quote(firm, safe='')}/{part}"
