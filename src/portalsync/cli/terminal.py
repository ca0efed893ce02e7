"""What the reader's terminal can show."""

import os
import shutil
from dataclasses import dataclass
from typing import Any, TextIO

import click

from portalsync.views.format import Screen

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
