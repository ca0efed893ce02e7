"""When a portal is asked again, how long it is waited for, and what it asks of us itself."""

import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from portalsync.backend.answer import Answer
from portalsync.backend.loop import USUAL_SECONDS
from portalsync.backend.refusals import on_refusal
from portalsync.connecting.faults import LASTING, Fault, fault_of

BUSY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
_PASSING = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)
_JITTER = 0.5
"""By how much of itself a wait may be longer: many who were cut off at once do not come back at once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds one question may take, all its tries and the whole of each answer; how many lie
    between two tries at least, and at most by our own choice; and the clock that they are counted by.
    """

    deadline: float = USUAL_SECONDS
    shortest_wait: float = 0.5
    longest_wait: float = 5.0
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Busy(Exception):
    """The portal answered that it cannot at the moment."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer

    @property
    def asked(self) -> float | None:
        """How many seconds it asks to be left alone, if it says so."""
        return seconds(self.answer.retry_after, datetime.now(UTC))


def patiently(patience: Patience, ask: Callable[[float], Answer]) -> Answer:
    """What `ask` gives, which is told how many seconds are left; asked again while that can help. Its last
    error, if none of the tries did.
    """
    end = patience.now() + patience.deadline
    waits, is_told = _waits(patience), False
    while True:
        try:
            return ask(end - patience.now())
        except (Busy, httpx2.TransportError) as error:
            pause = _pause(error, next(waits))
            if pause is None or patience.now() + pause >= end:
                raise
            if not is_told and fault_of(error) is Fault.REFUSED:
                is_told = True
                on_refusal.get()(end - patience.now())
        patience.sleep(pause)


def _waits(patience: Patience) -> Iterator[float]:
    """Each twice as long as the one before, up to the longest."""
    wait = patience.shortest_wait
    while True:
        yield wait * random.uniform(1, 1 + _JITTER)  # noqa: S311 - nobody guesses it to do harm
        wait = min(2 * wait, patience.longest_wait)


def _pause(error: Busy | httpx2.TransportError, wait: float) -> float | None:
    """How long to wait before asking again; None if that would not help."""
    if isinstance(error, Busy):
        return (error.asked or 0.0) + wait
    return wait if isinstance(error, _PASSING) and fault_of(error) not in LASTING else None


def seconds(retry_after: str, now: datetime) -> float | None:
    """What a `Retry-After` asks for, a number or a date; None if it says nothing that can be read."""
    text = retry_after.strip()
    if re.fullmatch(r"[0-9]+", text):
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
