"""Reports for terminals: plain text, or colour where the reader's terminal has it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TextIO, TypeAlias

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Foreign, Lexicon, Text
from portalsync.model.conformance import Conformance
from portalsync.views.format import Format, Result
from portalsync.views.problems import render_problems
from portalsync.views.report import LONGEST_QUOTE, Item, Report, Section, Tone, cut
from portalsync.views.screen import Screen
from portalsync.views.wording.conformance import word_conformance
from portalsync.visible import visible

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
    console = Console(
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
    text = _Text(console, lexicon, out, color=color)
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

_Piece: TypeAlias = tuple[str, str]
"""A text, and the style that it has besides that of its line."""


_LEAST_ROOM = 20
"""Columns. Rich knows what to do with less."""


class _Text:
    def __init__(self, console: Console, lexicon: Lexicon, out: TextIO, *, color: bool) -> None:
        self.console = console
        self.lexicon = lexicon
        self.out = out
        self.color = color

    def report(self, report: Report) -> Iterator[None]:
        """Line by line into `out`, with a halt after each item or note."""
        self.line(0, report.title, style="bold")
        self.console.print()
        for item in report.verdict:
            yield from self.item(item, indent=2)
        for section in report.sections:
            yield from self.section(section)
        if report.foot:
            self.console.print()
        for text in report.foot:
            self.line(0, text, style="dim")

    def section(self, section: Section) -> Iterator[None]:
        if section.title:
            self.console.print()
            style = "bold underline" if section.level == 1 else "bold"
            self.line(0 if section.level == 1 else 2, section.title, style=style)
        elif section.items:
            self.console.print()
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
        line = Line.assemble(*pieces, style=style, overflow="fold")
        if not mark:
            self.console.print(Padding(line, (0, 0, 0, indent)))
            return
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        if label:
            grid.add_column(width=len(label))
        grid.add_column(overflow="fold")
        grid.add_row(Line(mark, style=mark_style), *([label] if label else []), line)
        self.console.print(Padding(grid, (0, 0, 0, indent)))

    def _pieces(self, text: Text, foreign: str) -> Iterator[_Piece]:
        for part in self.lexicon.spans(text):
            if isinstance(part, Foreign):
                yield self.lexicon.plain(replace(part, text=visible(part.text))), foreign
            else:
                yield part, ""

    def _has_printed(self, before: str, whole: str) -> bool:
        """Whether the line needed no more than its characters: rich's tables take five times as long, which
        thousands of firms would be waited for.
        """
        room = self.console.width - len(before)
        if self.color or room < _LEAST_ROOM or not whole.isprintable():
            return False
        lines = [whole] if cell_len(whole) <= room else self._wrapped(whole, room)
        self.out.write(before + f"\n{' ' * len(before)}".join(lines) + "\n")
        return True

    def _wrapped(self, whole: str, room: int) -> list[str]:
        return [line.plain for line in Line(whole, overflow="fold").wrap(self.console, room)]


def _joined(pieces: Iterable[_Piece]) -> str:
    return "".join(text for text, _ in pieces)


def _findings(findings: Sequence[Diagnostic], lexicon: Lexicon, screen: Screen) -> str:
    return (
        render_problems(findings, lexicon, color=screen.color)
        if findings
        else f"{lexicon('problems.none')}\n"
    )


def _result(result: Result, lexicon: Lexicon, screen: Screen) -> Iterator[str]:
    return text_pieces(result.report(), lexicon, color=screen.color, width=screen.width)


def _checks(conformance: Conformance, lexicon: Lexicon, screen: Screen) -> tuple[str]:
    report = word_conformance(conformance, lexicon)
    return (render_text(report, lexicon, color=screen.color, width=screen.width),)


FORMAT = Format(
    name="text",
    description="What people read on a terminal; in colour where it has some.",
    findings=_findings,
    results=_result,
    checks=_checks,
    is_for_terminals=True,
)
