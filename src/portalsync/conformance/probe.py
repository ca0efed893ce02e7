"""Asks a portal exactly what a check words."""

import json
from contextlib import suppress
from dataclasses import replace

import httpx2

from portalsync.backend.answer import Answer
from portalsync.backend.client import client_of
from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.loop import DEADLINE
from portalsync.backend.retries import BUSY, Busy, Patience, patiently
from portalsync.conformance.reply import Asked, Reply
from portalsync.connecting.faults import fault_of
from portalsync.connecting.route import route_to

PATIENCE = Patience(deadline=30.0)
"""A portal that is busy is asked again for so long, at each question."""


class Probe:
    """Asks one portal, as the client does that applies, and adds no more than a token."""

    def __init__(
        self,
        url: str,
        transport: httpx2.BaseTransport | None = None,
        token: str = "",
        patience: Patience = PATIENCE,
    ) -> None:
        self.url = url
        self.token = token
        self._client = client_of(url, route_to(url), transport)
        self._patience = patience

    def close(self) -> None:
        self._client.close()

    def ask(self, asked: Asked, token: str | None = None) -> Reply:
        """Asked again while the portal is busy. `token` stands in for the probe's own; "" is none."""
        replies: list[Reply] = []

        def once(left: float) -> Answer:
            replies.append(self._once(asked, self.token if token is None else token, left))
            if replies[-1].status in BUSY:
                raise Busy(replies[-1].answer)
            return replies[-1].answer

        with suppress(Busy):
            patiently(self._patience, once)
        return replies[-1]

    def _once(self, asked: Asked, token: str, left: float) -> Reply:
        headers = {**asked.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        path = asked.path.lstrip("/")
        request = self._client.build_request(asked.method, path, headers=headers, content=asked.body or None)
        request.extensions[DEADLINE] = left
        try:
            reply = _read(asked, self._client.send(request, stream=True))
        except httpx2.TransportError as error:
            reply = Reply(asked, 0, {}, fault_of(error).encode())
        return replace(reply, secrets=tuple({*_spellings(self.token), *_spellings(token)}))


def _read(asked: Asked, response: httpx2.Response) -> Reply:
    """What is packed is not unpacked: a check says that nobody asked for it."""
    is_packed = response.headers.get("content-encoding", "identity") != "identity"
    try:
        body = b"" if is_packed else b"".join(response.iter_bytes())
    finally:
        response.close()
    if len(body) > LARGEST_ANSWER:
        return Reply(asked, 0, {}, b"too large")
    return Reply(asked, response.status_code, dict(response.headers), body)


def _spellings(token: str) -> tuple[str, ...]:
    """A token as it is, and as it stands in JSON."""
    return (token, json.dumps(token)[1:-1]) if token else ()
