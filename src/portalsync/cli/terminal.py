"""What the reader's terminal can show."""

import os
import shutil
import sys
from dataclasses import dataclass
from typing import Any, TextIO

import click

from portalsync.views.screen import Screen

_FALLBACK_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Terminal(Screen):
    """`color` after NO_COLOR, FORCE_COLOR, TERM=dumb and whether anybody looks; `width` in columns."""

    @classmethod
    def of(cls, stream: TextIO | None) -> "Terminal":
        width = shutil.get_terminal_size((_FALLBACK_WIDTH, 40)).columns
        return cls(_has_color(stream), max(60, min(width, 120)))

    def style(self, text: str, **styles: Any) -> str:
        return click.style(text, **styles) if self.color else text


def _has_color(stream: TextIO | None) -> bool:
    if stream is None or os.environ.get("NO_COLOR"):  # None: the stream was closed before we began
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def turns_pages() -> bool:
    """Whether a person sits there who can: not in CI, and not where PAGER says that there is none."""
    if os.environ.get("CI", "false") not in ("", "0", "false") or os.environ.get("TERM") == "dumb":
        return False
    watched = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return watched and os.environ.get("PAGER", "less") not in ("", "cat")


def is_high(text: str) -> bool:
    """Whether it has more lines than the terminal."""
    return text.count("\n") >= shutil.get_terminal_size().lines
