"""One question to a portal, one answer: patient where asking again is safe, and never longer than said."""

import json
import logging
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx2
import stamina

from portalsync.errors import BackendError, BackendUnreachable
from portalsync.lexicon import Text, phrase
from portalsync.wire import Problem, WireError

LARGEST_ANSWER = 32 * 1024 * 1024

# stamina tells of each retry on a logger; without a handler Python would print it to stderr.
logging.getLogger("stamina").addHandler(logging.NullHandler())

_BUSY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_PASSING = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,40}")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask, and how many seconds to wait at most between, whatever `Retry-After` says."""

    attempts: int = 5
    first_wait: float = 0.2
    longest_wait: float = 30.0


class Lost(Exception):
    """A request was sent, and nobody knows whether it was done. `why` is a sentence."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read whole."""

    status: int
    media_type: str
    body: bytes
    retry_after: str = ""

    def json(self) -> Any:
        """WireError if this is not a JSON answer of the contract."""
        if self.media_type not in ("application/json", "application/problem+json"):
            raise WireError("not JSON")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise WireError("not JSON") from error

    @property
    def problem(self) -> Problem | None:
        try:
            return Problem.from_json(self.json()) if self.media_type == "application/problem+json" else None
        except WireError:
            return None

    @property
    def named(self) -> Text:
        """What answered, without a word of what it said."""
        problem = self.problem
        if problem is not None and _SLUG.fullmatch(problem.type):
            return f"{self.status} ({problem.type})"
        if _MEDIA_TYPE.fullmatch(self.media_type):
            return f"{self.status} ({self.media_type})"
        return phrase("errors.portal.untyped", status=str(self.status))


class _Busy(Exception):
    """The portal answered that it cannot at the moment."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Exchange:
    """The connection to one portal."""

    def __init__(self, client: httpx2.Client, patience: Patience) -> None:
        self._client = client
        self._patience = patience

    def close(self) -> None:
        self._client.close()

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """Asked again while the portal is out of reach or busy: reading changes nothing."""
        request = self._client.build_request("GET", path, params=params)
        try:
            return self._patiently(lambda: self._once(request))
        except _Busy as busy:
            return busy.answer
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error

    def post(self, path: str, body: bytes) -> Answer:
        """Asked again too: everything in the body carries a key that makes repeating it harmless.

        Lost if a try may have arrived and no later one was answered with success: a proxy's or a gate's
        refusal of a repetition says nothing about the try before it.
        """
        request = self._client.build_request(
            "POST", path, content=body, headers={"Content-Type": "application/json"}
        )
        arrived = False

        def send() -> Answer:
            nonlocal arrived
            try:
                return self._once(request)
            except _NOT_SENT:
                raise
            except _Busy as busy:
                arrived = arrived or busy.answer.status != HTTPStatus.TOO_MANY_REQUESTS
                raise
            except (httpx2.TransportError, BackendError):
                arrived = True
                raise

        try:
            answer = self._patiently(send)
        except (_Busy, httpx2.TransportError, BackendError) as error:
            if arrived:
                raise Lost(_why(error)) from error
            if isinstance(error, _Busy):
                return error.answer
            if isinstance(error, BackendError):
                raise
            raise self._unreachable(error) from error
        if arrived and answer.status != HTTPStatus.OK:
            raise Lost(answered(answer))
        return answer

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        for attempt in stamina.retry_context(
            on=self._wait,
            attempts=self._patience.attempts,
            timeout=None,
            wait_initial=self._patience.first_wait,
            wait_max=self._patience.longest_wait,
            wait_jitter=self._patience.first_wait,
        ):
            with attempt:
                return ask()
        raise AssertionError("stamina raises the last failure")

    def _wait(self, error: Exception) -> bool | float:
        """Whether to ask again; a number is the seconds to wait before."""
        if not isinstance(error, _Busy):
            return isinstance(error, _PASSING) and not _tls(error)
        asked = seconds(error.answer.retry_after)
        if asked is None:
            return True
        return asked if asked <= self._patience.longest_wait else False

    def _once(self, request: httpx2.Request) -> Answer:
        response = self._client.send(request, stream=True)
        try:
            answer = Answer(
                response.status_code,
                response.headers.get("content-type", "").partition(";")[0].strip().lower(),
                self._body(response),
                response.headers.get("retry-after", ""),
            )
        finally:
            response.close()
        if answer.status in _BUSY:
            raise _Busy(answer)
        return answer

    def _body(self, response: httpx2.Response) -> bytes:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise BackendError(phrase("errors.portal.packed", portal=self.portal))
        chunks, size = [], 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > LARGEST_ANSWER:
                told = phrase("errors.portal.too-large", portal=self.portal, most=LARGEST_ANSWER)
                raise BackendError(told)
            chunks.append(chunk)
        return b"".join(chunks)

    def _unreachable(self, error: Exception) -> BackendUnreachable:
        if _tls(error):
            return BackendUnreachable(
                phrase("errors.portal.unsafe.message", portal=self.portal),
                phrase("errors.portal.unsafe.hint"),
            )
        return BackendUnreachable(
            phrase("errors.portal.unreachable.message", portal=self.portal, reason=type(error).__name__),
            phrase("errors.portal.unreachable.hint"),
        )

    @property
    def portal(self) -> str:
        """Where the portal is: an address without a path."""
        url = self._client.base_url
        return f"{url.scheme}://{url.netloc.decode('ascii')}"


def answered(answer: Answer) -> Text:
    """The sentence that an outcome is unknown for."""
    return phrase("errors.portal.outcome-unknown.answered", answer=answer.named)


def _why(error: Exception) -> Text:
    """The same for what went wrong, without a word of what the portal said."""
    match error:
        case _Busy():
            return answered(error.answer)
        case BackendError():
            return error.message
        case _:
            return phrase("errors.portal.outcome-unknown.broken-off", reason=type(error).__name__)


def _tls(error: BaseException | None) -> bool:
    """Whether the connection failed at its security: asking again would not make it safer."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None


def seconds(retry_after: str) -> float | None:
    """What a `Retry-After` asks for; None if it says nothing that can be read."""
    text = retry_after.strip()
    if re.fullmatch(r"[0-9]{1,12}", text):
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
