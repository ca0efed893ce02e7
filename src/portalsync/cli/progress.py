"""How far long work is, how fast it goes and how long it will take: a line on the terminal, from the second
second on, gone at the end; elsewhere one line every ten seconds, for whoever wonders over a log whether
anything goes on.
"""

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from typing import TextIO, TypeVar

from portalsync.cli.language import spoken_lexicon
from portalsync.model.watch import Items, Watch, unwatched

T = TypeVar("T")

_PATIENCE = 1.0
_PAUSE = 0.1
_LOG_PAUSE = 10.0
_BAR, _SHORTEST_BAR = 24, 5
_COLUMNS = 79
"""No line needs to be longer."""
_MINUTE, _HOUR = 60, 3600
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(told: str) -> Iterator[Watch]:
    """Watches work that is worded under `told`."""
    stream = sys.stderr
    if stream is None:
        yield unwatched
        return
    is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    line = _Line(stream, told) if is_terminal else _Log(stream, told)
    try:
        yield line
    finally:
        line.end()


class _Log:
    """Lines that stay, one after the other."""

    first = pause = _LOG_PAUSE

    def __init__(self, stream: TextIO, told: str) -> None:
        self._stream = stream
        self._told = told
        self._lexicon = spoken_lexicon()  # which language is spoken, a thread of its own would not know
        self._at: tuple[int, int] | None = None
        self._begun = 0.0
        self._next = time.monotonic() + self.first
        self._lock = threading.Lock()
        self._ended = threading.Event()
        # What it waits for may take longer than a line: a portal that does not answer.
        self._thread = threading.Thread(target=self._keep_telling, daemon=True)
        self._thread.start()

    def __call__(self, items: Items[T], /) -> Iterable[T]:
        self._begun, of = time.monotonic(), len(items)
        for number, item in enumerate(items):
            self._at = number, of
            self._tell_if_due()
            yield item
        self._at = (of, of) if of else None  # what is made of them all may take a while yet

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _keep_telling(self) -> None:
        while not self._ended.wait(self.pause):
            self._tell_if_due()

    def _tell_if_due(self) -> None:
        with self._lock:
            if time.monotonic() >= self._next:
                self._next = time.monotonic() + self.pause
                self._tell()

    def _tell(self) -> None:
        line = f"{self._lexicon(self._told)} ... {', '.join(self._counts)}"
        self._write(f"{line.rstrip()}\n")

    @property
    def _counts(self) -> tuple[str, ...]:
        if self._at is None:
            return ()
        number, of = self._at
        return self._lexicon("told.of", n=number, of=of), *self._pace(number, of)

    def _pace(self, number: int, of: int) -> Iterator[str]:
        """How many a second, if it is at least one, and how long the rest takes if that stays so."""
        if number == of:
            return
        rate = number / max(time.monotonic() - self._begun, _PAUSE)
        if rate >= 1:
            yield self._lexicon("told.pace", n=round(rate))
        if rate:
            yield self._lexicon("told.left", time=self._duration(ceil((of - number) / rate)))

    def _duration(self, seconds: int) -> str:
        if seconds < _MINUTE:
            return self._lexicon("told.seconds", n=seconds)
        if seconds < _HOUR:
            return self._lexicon("told.minutes", n=ceil(seconds / _MINUTE))
        return self._lexicon("told.hours", n=seconds // _HOUR, minutes=seconds % _HOUR // _MINUTE)

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that has gone is nothing to stop for
            self._stream.write(text)
            self._stream.flush()


class _Line(_Log):
    """One line, written over again and again, and gone at the end."""

    first, pause = _PATIENCE, _PAUSE
    _is_shown = False

    def end(self) -> None:
        super().end()
        if self._is_shown:
            self._write(_CLEAR)

    def _tell(self) -> None:
        self._is_shown = True
        told, width = self._lexicon(self._told), self._width
        counts = _fitting(self._counts, width - len(f"{told} "))
        bar = self._bar(min(_BAR, width - len(f"{told} [] {counts}")))
        line = " ".join(filter(None, (told, bar and f"[{bar}]", counts)))
        self._write(f"{_CLEAR}{line[:width]}")  # what a terminal wraps, it could not write over again

    @property
    def _width(self) -> int:
        with suppress(OSError, ValueError):
            columns = os.get_terminal_size(self._stream.fileno()).columns
            return min(_COLUMNS, columns - 1) if columns > 1 else _COLUMNS
        return _COLUMNS

    def _bar(self, width: int) -> str:
        if width < _SHORTEST_BAR:
            return ""
        number, of = self._at or (0, 1)
        return f"{'#' * (number * width // of):.<{width}}"


def _fitting(counts: Sequence[str], width: int) -> str:
    """As many of them as have room, each whole."""
    lines = (", ".join(counts[:number]) for number in range(len(counts), 0, -1))
    return next((line for line in lines if len(line) <= width), "")
