"""What a vendor puts before its portal: nobody comes in without a token, and a reader's may only GET."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from portalsync.commits import Problem
from portalsync.server.problems import problem_response
from portalsync.server.serve import running

READER = "reader-9f2c41d07be85a36"
APPLIER = "applier-5d80e6b1f4a97c23"
STRANGER = "stranger-c07d35e9a1864fb2"
"""A token that no portal knows."""


@dataclass
class Gate:
    """Answers as docs/contract.md says. It turns people away before their bodies are read."""

    portal: ASGIApp
    readers: set[str] = field(default_factory=lambda: {READER, APPLIER})
    appliers: set[str] = field(default_factory=lambda: {APPLIER})
    turned_away: list[tuple[str, int]] = field(default_factory=list)
    is_careless: bool = True
    """It repeats what it was sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        method = str(scope["method"])
        if scheme != "Bearer" or token not in self.readers:
            self.turned_away.append((method, 401))
            problem = Problem("unauthorized", "That is no token.", 401)
            if self.is_careless:
                problem = Problem("unauthorized", f"{token} is no token.", 401, f"{scheme} {token}")
            await problem_response(problem, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
        elif method != "GET" and token not in self.appliers:
            self.turned_away.append((method, 403))
            await problem_response(Problem("forbidden", f"{token} may only read.", 403))(scope, receive, send)
        else:
            await self.portal(scope, receive, send)


@contextmanager
def guarded(portal: ASGIApp, *, is_careless: bool = True) -> Iterator[tuple[str, Gate]]:
    """The portal behind its gate, on a port of this machine."""
    gate = Gate(portal, is_careless=is_careless)
    with running(gate) as address:
        yield address, gate
