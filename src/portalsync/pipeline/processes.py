"""Processes of this machine that work on firms."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext

from portalsync.pipeline.workers import Workers, losses_told

MOST = 61
"""So many processes Windows can wait for."""
_AHEAD = 2
"""Chunks that are sent for each process before a result is waited for: none of them is ever idle."""


def start_method() -> str:
    """A copy of this process starts at once, with all that it has imported. But what a thread of this one
    holds nobody would ever let go of in the copy, and other systems' libraries do not bear to be copied:
    then a new process begins from nothing.
    """
    is_alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and is_alone else "spawn"


@contextmanager
def processes(number: int, method: str | None = None) -> Iterator[Workers]:
    """So many processes, which end with the block, or with this process whatever ends it. OSError or
    ImportError where the system has none to give.
    """
    context = multiprocessing.get_context(method or start_method())
    executor = ProcessPoolExecutor(min(number, MOST), context, initializer=_begin)
    try:
        _start(executor, context)
        yield Workers(executor, _AHEAD * number)
    finally:
        executor.shutdown(cancel_futures=True)


def _start(executor: ProcessPoolExecutor, context: BaseContext) -> None:
    """Copies are made now, while nobody else is at work here; others when there is work for them."""
    if context.get_start_method() == "fork":
        with losses_told():
            executor.submit(os.getpid).result()


def _begin() -> None:
    """Whoever asked for the work also ends it: Ctrl-C is theirs, and nobody works on when they are gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if name in signal.Signals.__members__:
            signal.signal(signal.Signals[name], signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
