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
def watching(root: Path, saved: Callable[[], None]) -> Iterator[None]:
    """Calls `saved` now, and in the thread of the watcher after each change below the folder, until the
    block ends.
    """
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(root, saved, stop), daemon=True)
    saved()
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


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
        if changed or missed:
            saved()
        missed = False
        if not root.is_dir():
            return
