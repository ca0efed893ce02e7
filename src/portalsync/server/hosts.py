"""Answers only to the names of this machine, so that no foreign name can be pointed at the portal."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from portalsync.addresses import LOOPBACK
from portalsync.commits import Problem
from portalsync.server.problems import problem_response

_NAMES = [f"[{name}]" if ":" in name else name for name in LOOPBACK]
_OWN = re.compile(f"({'|'.join(map(re.escape, _NAMES))})(:[0-9]{{1,5}})?".encode(), re.IGNORECASE)


class LoopbackHosts:
    """Refuses every request whose Host is another one, before anything else looks at it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _own(scope):
            problem = Problem("misdirected", "This portal does not answer to that host name.", 421)
            await problem_response(problem)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _own(scope: Scope) -> bool:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and bool(_OWN.fullmatch(hosts[0]))
