"""Reports as lines of text, in colour or not, as wide as somebody's terminal."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from portalsync.lexicon import Foreign, Lexicon, Text
from portalsync.views.report import LONGEST_QUOTE, Item, Report, Section, Tone, cut
from portalsync.visible import visible

if TYPE_CHECKING:
    from portalsync.views.laid_out import LaidOut, Piece

_MARKS = {
    Tone.REMOVE: ("−", "red"),
    Tone.ADD: ("+", "green"),
    Tone.CHANGE: ("~", "yellow"),
    Tone.NOTE: ("·", "dim"),
    Tone.GOOD: ("✓", "green"),
    Tone.WARN: ("!", "yellow"),
    Tone.BAD: ("✗", "bold red"),
}


def render_text(report: Report, lexicon: Lexicon, *, color: bool, width: int) -> str:
    """The report as text with `width` columns."""
    return "".join(text_pieces(report, lexicon, color=color, width=width))


def text_pieces(report: Report, lexicon: Lexicon, *, color: bool, width: int) -> Iterator[str]:
    """The same in pieces of whole lines, each laid out when it is asked for."""
    out = io.StringIO()
    text = _Text(out, lexicon, color=color, width=width)
    for _ in text.report(report):
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    lines = out.getvalue().split("\n")
    out.seek(0)
    out.truncate()
    return "\n".join(line.rstrip() for line in lines)


_PIECE = 60_000
"""Characters that are laid out before they are handed on."""

_LEAST_ROOM = 20
"""Columns. Rich knows what to do with less."""


class _Text:
    def __init__(self, out: TextIO, lexicon: Lexicon, *, color: bool, width: int) -> None:
        self.out = out
        self.lexicon = lexicon
        self.color = color
        self.width = width

    @cached_property
    def laid_out(self) -> "LaidOut":
        from portalsync.views.laid_out import LaidOut  # noqa: PLC0415 - 15 ms, for colour and long lines

        return LaidOut(self.out, color=self.color, width=self.width)

    def report(self, report: Report) -> Iterator[None]:
        """Line by line into `out`, with a halt after each item or note."""
        self.line(0, report.title, style="bold")
        self.out.write("\n")
        for item in report.verdict:
            yield from self.item(item, indent=2)
        for section in report.sections:
            yield from self.section(section)
        if report.foot:
            self.out.write("\n")
        for text in report.foot:
            self.line(0, text, style="dim")

    def section(self, section: Section) -> Iterator[None]:
        if section.title:
            self.out.write("\n")
            style = "bold underline" if section.level == 1 else "bold"
            self.line(0 if section.level == 1 else 2, section.title, style=style)
        elif section.items:
            self.out.write("\n")
        for item in section.items:
            yield from self.item(item, indent=2 * section.level, labels=section.labels)

    def item(self, item: Item, indent: int, labels: int = 0) -> Iterator[None]:
        mark, style = _MARKS[item.tone]
        label = f"{item.label:{labels}}" if labels else ""
        self.line(indent, item.text, mark=mark, mark_style=style, source=item.source, label=label)
        for name, quote in item.quotes:
            self.line(
                indent + 4, (name, ": ", Foreign(cut(quote.text, LONGEST_QUOTE, self.lexicon))), style="dim"
            )
        for note in item.notes:
            self.line(indent + 4, note, style="dim")
            yield
        yield

    def line(  # noqa: PLR0913 - what a line has besides its text
        self,
        indent: int,
        text: Text,
        *,
        style: str = "",
        mark: str = "",
        mark_style: str = "",
        source: str = "",
        label: str = "",
    ) -> None:
        pieces = [*self._pieces(text, "" if style else "bold")]
        pieces += [(f"  {visible(source)}", "dim")] if source else []
        before = [(" " * indent, ""), *([(mark, mark_style), (" ", "")] if mark else [])]
        before += [(label, ""), (" ", "")] if mark and label else []
        if self._has_printed(_joined(before), _joined(pieces)):
            return
        self.laid_out.put(pieces, indent, style=style, mark=(mark, mark_style), label=label)

    def _pieces(self, text: Text, foreign: str) -> Iterator["Piece"]:
        for part in self.lexicon.spans(text):
            if isinstance(part, Foreign):
                shown = visible(part.text)
                seen = part if shown == part.text else replace(part, text=shown)
                yield self.lexicon.plain(seen), foreign
            else:
                yield part, ""

    def _has_printed(self, before: str, whole: str) -> bool:
        """Whether the line needed no more than its characters: rich's tables take five times as long, which
        thousands of firms would be waited for.
        """
        room = self.width - len(before)
        if self.color or room < _LEAST_ROOM or not whole.isprintable():
            return False
        fits = whole.isascii() and len(whole) <= room
        lines = [whole] if fits else self.laid_out.lines(whole, room)
        self.out.write(before + f"\n{' ' * len(before)}".join(lines) + "\n")
        return True


def _joined(pieces: Iterable["Piece"]) -> str:
    return "".join(text for text, _ in pieces)
