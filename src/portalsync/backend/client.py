"""What asks a portal over HTTP."""

import httpx2

from portalsync import __version__
from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.loop import OnLoop
from portalsync.connecting.route import Route

CONNECTIONS = 8
"""More make the client slower, not faster."""

TIMEOUT = httpx2.Timeout(60.0, connect=5.0)
"""Between two bytes. How long all of a question may take is `Patience.deadline`."""


def client_of(url: str, route: Route, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """What asks a portal, on the given way; no redirect is followed."""
    limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    return httpx2.Client(
        base_url=url,
        transport=transport or OnLoop(route.transport(limits), LARGEST_ANSWER),
        timeout=TIMEOUT,
        # Unpacked, an answer cannot be larger than it looks, nor end early without notice.
        headers={"User-Agent": f"portalsync/{__version__}", "Accept-Encoding": "identity"},
        trust_env=False,
    )
