"""A server on a real port that treats every connection as a test says."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def listening(answer: Callable[[socket.socket], None], port: int = 0) -> Iterator[int]:
    """The port. `answer` gets each connection after its request has begun to arrive."""
    closing = threading.Event()
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(0.05)
        working = threading.Thread(target=_work, args=(server, answer, closing))
        working.start()
        try:
            yield server.getsockname()[1]
        finally:
            closing.set()
            working.join()


def _work(server: socket.socket, answer: Callable[[socket.socket], None], closing: threading.Event) -> None:
    while not closing.is_set():
        with suppress(TimeoutError):
            connection, _address = server.accept()
            # Who asked may have hung up by now.
            with connection, suppress(OSError):
                connection.settimeout(5)
                connection.recv(65536)
                answer(connection)
