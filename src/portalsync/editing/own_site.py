"""Answers only to pages of this very site, and to whoever opens it: no other site's page gets anything."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from portalsync.commits import Problem
from portalsync.server.problems import problem_response

_OWN = {"same-origin", "none"}
"""What browsers say in `Sec-Fetch-Site` of the site's own pages, and of an address that somebody typed."""


class OwnSite:
    """Refuses what another site's page asks for, before anything else looks at it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_own(Headers(scope=scope), scope["path"]):
            problem = Problem("misdirected", "This page does not answer to other sites.", 403)
            await problem_response(problem)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_own(headers: Mapping[str, str], path: str) -> bool:
    """A link on another site may open the workbench itself, in a tab. `Origin` is asked for the same where a
    browser says no more; `null` is nobody's.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin != f"http://{headers.get('host', '')}":
        return False
    is_opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return site is None or site in _OWN or (is_opened and path == "/")
