"""When a portal is asked again, how often, and how long it is waited for."""

import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2
import stamina

from portalsync.backend.answer import Answer

# stamina tells of each retry on a logger; without a handler Python would print it to stderr.
logging.getLogger("stamina").addHandler(logging.NullHandler())

BUSY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_PASSING = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask, and how many seconds to wait at most between, whatever `Retry-After` says."""

    attempts: int = 5
    first_wait: float = 0.2
    longest_wait: float = 30.0


class Busy(Exception):
    """The portal answered that it cannot at the moment."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def patiently(patience: Patience, ask: Callable[[], Answer]) -> Answer:
    """What `ask` gives, asked again while that can help. Its last error, if none of the tries did."""
    for attempt in stamina.retry_context(
        on=lambda error: _wait(error, patience.longest_wait),
        attempts=patience.attempts,
        timeout=None,
        wait_initial=patience.first_wait,
        wait_max=patience.longest_wait,
        wait_jitter=patience.first_wait,
    ):
        with attempt:
            return ask()
    raise AssertionError("stamina raises the last failure")


def _wait(error: Exception, longest: float) -> bool | float:
    """Whether to ask again; a number is the seconds to wait before."""
    if not isinstance(error, Busy):
        return isinstance(error, _PASSING) and not is_unsafe(error)
    asked = seconds(error.answer.retry_after)
    if asked is None:
        return True
    return asked if asked <= longest else False


def is_unsafe(error: BaseException | None) -> bool:
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
