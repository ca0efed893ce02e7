"""Processes of this machine that work on firms."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from portalsync.collecting import collect_seldom
from portalsync.pipeline.workers import Workers, losses_told

_AHEAD = 2
"""Chunks that are sent for each process before a result is waited for: none of them is ever idle."""
_POLITE = {number for number in signal.Signals if number.name in {"SIGINT", "SIGTERM", "SIGHUP"}}


def start_method() -> str:
    """A copy of this process starts at once, with all that it has imported. But what a thread of this one
    holds nobody would ever let go of in the copy, and other systems' libraries do not bear to be copied:
    then a new process begins from nothing.
    """
    is_alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and hasattr(os, "fork") and is_alone else "spawn"


@contextmanager
def processes(number: int, method: str | None = None) -> Iterator[Workers]:
    """So many processes, which end with the block, or with this process whatever ends it. OSError or
    ImportError where the system has none to give.
    """
    context = multiprocessing.get_context(method or start_method())
    others = {*multiprocessing.active_children()}
    executor = ProcessPoolExecutor(number, context, initializer=_begin)
    try:
        _start(executor, context)
        yield Workers(executor, _AHEAD * number)
    finally:
        _end(executor, others)


def _start(executor: ProcessPoolExecutor, context: BaseContext) -> None:
    """Copies are made now, while nobody else is at work here; others when there is work for them. A signal
    waits until they are made: it would break off the making, here as in each of them.
    """
    if context.get_start_method() == "fork":
        with losses_told():
            before = signal.pthread_sigmask(signal.SIG_BLOCK, _POLITE)
            try:
                made = executor.submit(os.getpid)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            made.result()


def _end(executor: ProcessPoolExecutor, others: Collection[BaseProcess]) -> None:
    """The processes are waited for before the executor's thread: a signal may break off the waiting, and
    Python takes a thread for ended that somebody was waiting for then. It has yet to end the processes. The
    thread goes on to close what Python writes to at its exit without looking.
    """
    own = [each for each in multiprocessing.active_children() if each not in others]
    thread: Any = executor._executor_manager_thread  # noqa: SLF001 - shutdown waits for it first, or never
    executor.shutdown(wait=False, cancel_futures=True)
    for process in own:
        process.join()
    if thread is not None:
        thread.join()


def _begin() -> None:
    """Whoever asked for the work also ends it: Ctrl-C is theirs, and nobody works on when they are gone."""
    collect_seldom()
    for number in _POLITE:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _POLITE)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
