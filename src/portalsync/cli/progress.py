"""How far long work is: one line on the terminal, from the second second on, gone at the end."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

from portalsync.cli.language import spoken_lexicon
from portalsync.model.watch import Items, Watch, unwatched

T = TypeVar("T")

_PATIENCE = 1.0
_PAUSE = 0.1
_BAR = 24
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(told: str) -> Iterator[Watch]:
    """Watches work that is worded under `told`. Where nobody looks, in pipes and logs, nothing is said."""
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield unwatched
        return
    line = _Line(stream, told)
    try:
        yield line
    finally:
        line.clear()


class _Line:
    def __init__(self, stream: TextIO, told: str) -> None:
        self._stream = stream
        self._told = told
        self._next = time.monotonic() + _PATIENCE
        self._is_shown = False

    def __call__(self, items: Items[T], /) -> Iterable[T]:
        for number, item in enumerate(items):
            if time.monotonic() >= self._next:
                self._show(number, len(items))
            yield item

    def _show(self, number: int, of: int) -> None:
        self._next = time.monotonic() + _PAUSE
        self._is_shown = True
        lexicon = spoken_lexicon()
        filled = number * _BAR // of
        counts = lexicon("told.of", n=number, of=of)
        self._write(f"{_CLEAR}{lexicon(self._told)} [{'#' * filled:.<{_BAR}}] {counts}")

    def clear(self) -> None:
        if self._is_shown:
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that has gone is nothing to stop for
            self._stream.write(text)
            self._stream.flush()
