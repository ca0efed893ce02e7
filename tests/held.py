"""A portal on a port of this machine that stops where a test wants it to, until the test lets it go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

import httpx2

PATIENCE = 300
"""Seconds until a test that waits in vain fails."""

Place = Callable[[int, str, str], bool]
"""Whether to stop at a point: its number, `before` or `after` the request is done, and its method."""


@dataclass
class HeldPortal:
    """Points are numbered through all requests, from 1: one before each, one after it."""

    portal: httpx2.BaseTransport
    at: Place
    reached: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)
    dropped: bool = False
    """Whether the request that was stopped before is never done: its client is gone."""
    address: str = ""
    points: int = 0
    _lock: Lock = field(default_factory=Lock)

    def handle(self, request: httpx2.Request) -> httpx2.Response | None:
        if not self._passes("before", request.method):
            return None
        answer = self.portal.handle_request(request)
        answer.read()
        return answer if self._passes("after", request.method) else None

    def _passes(self, when: str, method: str) -> bool:
        with self._lock:
            self.points += 1
            stops = not self.reached.is_set() and self.at(self.points, when, method)
        if stops:
            self.reached.set()
            assert self.goes_on.wait(PATIENCE)
        return not (stops and self.dropped)

    def let_go(self, *, dropped: bool = False) -> None:
        self.dropped = dropped
        self.goes_on.set()


@contextmanager
def held_portal(portal: httpx2.BaseTransport, at: Place) -> Iterator[HeldPortal]:
    held = HeldPortal(portal, at)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            url = f"{held.address}{self.path}"
            answer = held.handle(httpx2.Request(self.command, url, headers=dict(self.headers), content=body))
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in ("date", "server"):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815 - the name is given

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # its client is gone
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        held.goes_on.set()
        server.shutdown()
        thread.join()
        server.server_close()
