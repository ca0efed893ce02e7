"""A cluster of Dask that works on firms, by the address of its scheduler."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NoReturn

from portalsync import __version__
from portalsync.collecting import collect_seldom_for_others
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.pipeline.code import code_digest
from portalsync.pipeline.workers import Workers

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 10
"""Seconds until a scheduler answers, and until it has workers."""
_GLANCE = 2
"""Seconds until somebody looks whether there are still workers."""
_AHEAD = 2
"""Chunks that are sent for each thread of a worker before a result is waited for."""
_OTHER = b"other "


@cache
def identity() -> bytes:
    """What has to be the same here and there, so that results are: our code. The version is for people."""
    return f"{__version__} ({code_digest()[:12]})".encode()


def as_there(here: bytes, work: Callable[[bytes], bytes], firms: bytes) -> bytes:
    """The work, unless the worker is of another portalsync than whoever asks; then of which."""
    there = identity()
    if there != here:
        return _OTHER + there
    collect_seldom_for_others()
    return work(firms)


@dataclass(frozen=True)
class _Cluster(Workers):
    """Workers on other machines: they may be of another portalsync, and may go."""

    address: str = ""
    look: Callable[[], int] = lambda: 1
    """How many workers there are."""

    def begun(self, work: Callable[[bytes], bytes], chunk: bytes) -> Future[bytes]:
        return super().begun(partial(as_there, identity(), work), chunk)

    def answer(self, future: Future[bytes]) -> bytes:
        try:
            answer = self._waited_for(future)
        except (CancelledError, OSError, ImportError) as error:
            _lost(self.address, error)
        if answer.startswith(_OTHER):
            there, here = answer.removeprefix(_OTHER).decode(), identity().decode()
            message = phrase("errors.cluster.other.message", address=self.address, there=there, here=here)
            raise PortalsyncError(message, phrase("errors.cluster.other.hint"))
        return answer

    def _waited_for(self, future: Future[bytes]) -> bytes:
        while True:
            try:
                return future.result(_GLANCE)
            except TimeoutError:
                if not future.done() and not self.look():
                    raise ConnectionError("no workers") from None


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Its workers, for the block; they go on without us. PortalsyncError if there are none."""
    client = _connected(address)
    try:
        threads = sum(client.nthreads().values())
        workers = partial(_number, client)
        yield _Cluster(client.get_executor(pure=False), _AHEAD * threads, address, workers)
    finally:
        client.close(timeout=_PATIENCE)


def _connected(address: str) -> "Client":
    try:
        from distributed import Client, Security  # noqa: PLC0415 - an extra, and a second to import
        from distributed.utils import LoopRunner  # noqa: PLC0415 - as above
    except ImportError as error:
        message = phrase("errors.cluster.not-installed.message")
        raise PortalsyncError(message, phrase("errors.cluster.not-installed.hint")) from error
    _quiet()
    try:
        arguments = Security().get_connection_args("client")
        _check_certificates(address, arguments)
        LoopRunner().run_sync(_greeted, address, arguments)  # whoever calls may be in a loop
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, OverflowError) as error:
        _lost(address, error)
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, CancelledError) as error:
        client.close(timeout=_PATIENCE)
        _lost(address, error)
    return client


def _check_certificates(address: str, arguments: Mapping[str, Any]) -> None:
    """Dask itself finds it out too late to end in peace."""
    if address.startswith("tls:") and arguments.get("ssl_context") is None:
        message = phrase("errors.cluster.no-certificates.message", address=address)
        raise PortalsyncError(message, phrase("errors.cluster.no-certificates.hint"))


async def _greeted(address: str, arguments: Mapping[str, Any]) -> None:
    """A scheduler answers there. From whatever else may, Dask's client would not get free in peace: it waits,
    or takes any bytes for the size of a message.
    """
    from distributed.comm.core import connect  # noqa: PLC0415 - as above

    try:
        async with asyncio.timeout(_PATIENCE + _GLANCE):  # later than Dask itself gives up who never connects
            there = await connect(address, timeout=_PATIENCE, **arguments)
    except Exception as error:  # what becomes of foreign bytes in Dask, nobody knows
        if isinstance(error, OSError) and str(error):
            raise
        message = phrase("errors.cluster.no-scheduler.message", address=address)
        raise PortalsyncError(message, phrase("errors.cluster.no-scheduler.hint")) from error
    await there.close()


def _number(client: "Client") -> int:
    return len(client.scheduler_info().get("workers", ()))


def _quiet() -> None:
    """What becomes of the cluster is ours to tell."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.partition(".")[0] == "distributed" and isinstance(logger, logging.Logger):
            logger.setLevel(logging.CRITICAL + 1)


def _lost(address: str, error: Exception) -> NoReturn:
    reason = str(error) or type(error).__name__
    message = phrase("errors.cluster.lost.message", address=address, reason=reason)
    raise PortalsyncError(message, phrase("errors.cluster.lost.hint")) from error
