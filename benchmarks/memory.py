"""Peak memory of a process and all that it started, on Linux.

What the kernel reports when a process ends (`wait4`) is the peak of the largest single process of the tree.
Workers share pages with the process that forked them, so summing up would count these twice. Here the tree's
*proportional* memory is summed up from time to time: a page that two processes share counts half in each.
"""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_PAUSE, _SHARE = 0.05, 20
"""A look each 50 ms, and never more than a twentieth of the time spent on looking."""


class Watch:
    """Looks at the tree of a process while the block runs. `peak` is the largest sum in bytes."""

    def __init__(self, process: int) -> None:
        self.peak = 0
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        pause = _PAUSE
        while not self._ended.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(_proportional(each) for each in _tree(self._process)))
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - start))


def _tree(process: int) -> Iterator[int]:
    yield process
    for task in _entries(Path(f"/proc/{process}/task")):
        for child in _content(task / "children").split():
            yield from _tree(int(child))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _proportional(process: int) -> int:
    for line in _content(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _content(path: Path) -> str:
    """Empty where the process has just ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
