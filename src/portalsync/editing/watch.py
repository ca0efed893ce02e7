"""Told of each save."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from watchfiles import watch

TOGETHER = 300
"""Milliseconds: what is saved within them is one save, such as a branch that somebody checks out."""
_QUIET = 30
"""Milliseconds without another change that end it before."""
_LOOKS = 250
"""Milliseconds until the watcher looks whether it is to end, and whether the folder is still there."""


@contextmanager
def watching(root: Path, saved: Callable[[], None], then: Callable[[], None]) -> Iterator[None]:
    """Calls `saved` now, and in the thread of the watcher after each change below the folder, until the
    block ends. `then` comes after it in a thread of its own, once for all saves while it ran: however long
    it takes, the next save is told at once.
    """
    stop, waiting = threading.Event(), threading.Event()

    def renewed() -> None:
        saved()
        waiting.set()

    renewed()
    watcher = threading.Thread(target=_watch, args=(root, renewed, stop), daemon=True)
    follower = threading.Thread(target=_follow, args=(then, waiting, stop), daemon=True)
    with _running(watcher, follower):
        try:
            yield
        finally:
            stop.set()
            waiting.set()


@contextmanager
def _running(*threads: threading.Thread) -> Iterator[None]:
    for each in threads:
        each.start()
    try:
        yield
    finally:
        for each in threads:
            each.join()


def _follow(then: Callable[[], None], waiting: threading.Event, stop: threading.Event) -> None:
    while waiting.wait() and not stop.is_set():
        waiting.clear()
        then()


def _watch(root: Path, saved: Callable[[], None], stop: threading.Event) -> None:
    """A folder that is gone, as another branch may lack it, is waited for."""
    while not stop.is_set():
        with suppress(FileNotFoundError):
            _watch_there(root, saved, stop)
        stop.wait(_LOOKS / 1000)


def _watch_there(root: Path, saved: Callable[[], None], stop: threading.Event) -> None:
    """Until the folder is gone. What was saved before anybody watched counts as a save."""
    missed = True
    changes = watch(
        root,
        debounce=TOGETHER,
        step=_QUIET,
        stop_event=stop,
        rust_timeout=_LOOKS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changed in changes:
        is_gone = not root.is_dir()  # of which systems need not tell
        if changed or missed or is_gone:
            saved()
        if is_gone:
            return
        missed = False
