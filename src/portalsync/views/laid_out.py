"""Lines of text as rich lays them out: coloured, wrapped, beside a mark."""

from collections.abc import Sequence
from typing import TextIO, TypeAlias

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from portalsync.views.wrapping import wrapped

Piece: TypeAlias = tuple[str, str]
"""A text, and the style that it has besides that of its line."""


class LaidOut:
    """Lines in `out`, with `width` columns."""

    def __init__(self, out: TextIO, *, color: bool, width: int) -> None:
        self._console = Console(
            file=out,
            force_terminal=color,
            no_color=not color,
            color_system="standard" if color else None,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def put(self, pieces: Sequence[Piece], indent: int, *, style: str, mark: Piece, label: str) -> None:
        """The pieces one after the other, behind `mark` and, where there is a mark, behind `label`."""
        line = Line.assemble(*pieces, style=style, overflow="fold")
        self._console.print(Padding(_beside(mark, label, line) if mark[0] else line, (0, 0, 0, indent)))

    def lines(self, whole: str, room: int) -> list[str]:
        """The text in as many lines as it takes."""
        lines = wrapped(whole, room)
        if lines is not None:
            return lines
        return [line.plain for line in Line(whole, overflow="fold").wrap(self._console, room)]


def _beside(mark: Piece, label: str, line: Line) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    if label:
        grid.add_column(width=len(label))
    grid.add_column(overflow="fold")
    grid.add_row(Line(mark[0], style=mark[1]), *([label] if label else []), line)
    return grid
