"""The portal on a port of this machine."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from portalsync.addresses import LOOPBACK
from portalsync.errors import PortalsyncError, reason
from portalsync.lexicon import phrase

GRACE_SECONDS = 5


def serve(app: ASGIApp, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then finishes what is running. `announce` gets the address."""
    listening = _listen(host, port)
    with suppress(KeyboardInterrupt), listening:  # uvicorn raises the signal again once it has stopped
        announce(_address(listening))
        _server(app).run(sockets=[listening])


@contextmanager
def running(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves in a thread for as long as the block runs, and gives the address."""
    server = _server(app)
    with _listen(host, port) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield _address(listening)
        finally:
            server.should_exit = True
            thread.join()


def _server(app: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        log_config=None,  # what to log, and where, is up to the program
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def _listen(host: str, port: int) -> socket.socket:
    if host not in LOOPBACK:
        raise PortalsyncError(
            phrase("errors.serve.host.message", host=host),
            phrase("errors.serve.host.hint", hosts=", ".join(LOOPBACK)),
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's delay on: 40 ms for each answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        why = reason(error) if isinstance(error, OSError) else phrase("errors.serve.port.none")
        raise PortalsyncError(
            phrase("errors.serve.port.message", port=str(port), host=host, reason=why),
            phrase("errors.serve.port.hint"),
        ) from error
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
