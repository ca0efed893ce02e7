"""Servers of this machine for connections: one that answers, one behind TLS, a proxy."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import trustme

Handle = Callable[[socket.socket], None]
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


@contextmanager
def listening(handle: Handle) -> Iterator[int]:
    """A port of this machine; each connection is handled and closed."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    handle(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def answering(content: bytes) -> Handle:
    """Whatever is asked first."""

    def handle(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(_ANSWER % (len(content), content))

    return handle


def over_tls(certificate: trustme.LeafCert, inner: Handle) -> Handle:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)

    def handle(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            inner(safe)

    return handle


def head_of(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and (piece := connection.recv(4096)):
        head += piece
    return head


class Proxy:
    """Of a few lines: it asks for a user if it is told to, and leads everybody to one port."""

    def __init__(self, port: int = 0, refuses: bytes = b"") -> None:
        self.heads: list[bytes] = []
        self._port = port
        self._refuses = refuses

    def __call__(self, connection: socket.socket) -> None:
        self.heads.append(head_of(connection))
        if self._refuses:
            connection.sendall(b"HTTP/1.1 %b\r\nContent-Length: 0\r\n\r\n" % self._refuses)
            return
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with socket.create_connection(("127.0.0.1", self._port)) as there:
            back = threading.Thread(target=_pass_on, args=(there, connection), daemon=True)
            back.start()
            _pass_on(connection, there)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(4096):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
