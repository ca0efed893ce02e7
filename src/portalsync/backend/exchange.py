"""One question to a portal, one answer: patient where asking again is safe, and never longer than said."""

from collections.abc import Mapping
from dataclasses import replace

import httpx2

from portalsync.backend.answer import Answer
from portalsync.backend.loop import DEADLINE
from portalsync.backend.retries import BUSY, NOT_SENT, Busy, Patience, patiently
from portalsync.connecting.faults import fault_of, through
from portalsync.errors import BackendError, BackendUnreachable
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.moments import from_now

LARGEST_ANSWER = 32 * 1024 * 1024


class Lost(Exception):
    """A request was sent, and nobody knows whether it was done. `why` is a sentence; `busy` too, where the
    portal asks to be left alone for longer than we wait.
    """

    def __init__(self, why: Text, busy: Phrase | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.busy = busy


class Exchange:
    """The connection to one portal."""

    def __init__(self, client: httpx2.Client, patience: Patience, proxy: str = "") -> None:
        """`proxy` is shown where the portal cannot be reached."""
        self._client = client
        self._proxy = proxy
        self._patience = patience

    def close(self) -> None:
        self._client.close()

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """Asked again while the portal is out of reach or busy: reading changes nothing."""
        request = self._client.build_request("GET", path, params=params)
        try:
            return patiently(self._patience, lambda left: self._once(request, left))
        except Busy as busy:
            raise self._held_up(busy) from busy
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error

    def post(self, path: str, body: bytes) -> Answer:
        """Asked again too: everything in the body carries a key that makes repeating it harmless.

        Lost if a try may have arrived and no later one was answered. An answer to a repetition says so: what
        it refuses, the try before it may have done.
        """
        request = self._client.build_request(
            "POST", path, content=body, headers={"Content-Type": "application/json"}
        )
        arrived = False

        def send(left: float) -> Answer:
            nonlocal arrived
            try:
                return self._once(request, left)
            except NOT_SENT:
                raise
            except Busy as busy:
                arrived |= not busy.answer.is_put_off
                raise
            except (httpx2.TransportError, BackendError):
                arrived = True
                raise

        try:
            answer = patiently(self._patience, send)
        except (Busy, httpx2.TransportError, BackendError) as error:
            if arrived:
                raise Lost(_why(error), self._busy(error)) from error
            raise (self._held_up(error) if isinstance(error, Busy) else self._unreachable(error)) from error
        return replace(answer, repeated=arrived)

    def _once(self, request: httpx2.Request, left: float) -> Answer:
        request.extensions[DEADLINE] = left
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
        if answer.status in BUSY:
            raise Busy(answer)
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

    def _held_up(self, busy: Busy) -> BackendUnreachable:
        told = self._busy(busy)
        if told is not None:
            return BackendUnreachable(told, phrase("errors.portal.busy.hint"))
        return BackendUnreachable(
            phrase("errors.portal.overloaded.message", portal=self.portal, answer=busy.answer.named),
            phrase("errors.portal.overloaded.hint"),
        )

    def _busy(self, error: Exception) -> Phrase | None:
        """When the portal asks to come back, if it asks for more than we would have waited anyway."""
        asked = error.asked if isinstance(error, Busy) else None
        if asked is None or asked <= self._patience.longest_wait:
            return None
        return phrase("errors.portal.busy.message", portal=self.portal, when=from_now(asked))

    def _unreachable(self, error: Exception) -> BackendUnreachable:
        fault, where = fault_of(error), through(self.portal, self._proxy)
        return BackendUnreachable(
            phrase("errors.portal.unreachable.message", portal=where, reason=fault.reason), fault.hint
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
        case Busy():
            return answered(error.answer)
        case BackendError():
            return error.diagnostic.message
        case _:
            return phrase("errors.portal.outcome-unknown.broken-off", reason=fault_of(error).reason)
