"""Reports for pull requests: every value in a code span, so that nothing in it acts."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from portalsync.lexicon import Foreign, Lexicon, Text
from portalsync.views.format import Format
from portalsync.views.report import LONGEST_QUOTE, Item, Report, Section, Tone, cut
from portalsync.views.wording.conformance import word_conformance
from portalsync.visible import visible

_MARKS = {
    Tone.REMOVE: "➖",
    Tone.ADD: "➕",
    Tone.CHANGE: "✏️",
    Tone.NOTE: "ℹ️",
    Tone.GOOD: "✅",
    Tone.WARN: "⚠️",
    Tone.BAD: "❌",
}


def render_markdown(report: Report, lexicon: Lexicon) -> str:
    """The report as GitHub-flavoured Markdown."""
    return "".join(markdown_pieces(report, lexicon))


def markdown_pieces(report: Report, lexicon: Lexicon) -> Iterator[str]:
    """The same in pieces of whole lines, each laid out when it is asked for."""
    lines = _report(report, lexicon)
    while piece := [*islice(lines, _PIECE)]:
        yield "".join(f"{line}\n" for line in piece)


_PIECE = 500
"""Lines that are laid out before they are handed on."""


def _report(report: Report, lexicon: Lexicon) -> Iterator[str]:
    yield f"## {markdown_text(report.title, lexicon)}"
    yield ""
    for item in report.verdict:
        yield f"**{_MARKS[item.tone]} {markdown_text(item.text, lexicon)}**  "
    for section in report.sections:
        yield from _section(section, lexicon)
    for text in report.foot:
        yield ""
        yield f"<sub>{markdown_text(text, lexicon)}</sub>"


def _section(section: Section, lexicon: Lexicon) -> Iterator[str]:
    yield ""
    if section.title:
        yield markdown_heading(section, lexicon)
        yield ""
    for item in section.items:
        yield from markdown_item(item, lexicon)


def markdown_heading(section: Section, lexicon: Lexicon) -> str:
    return f"{'#' * (section.level + 2)} {markdown_text(section.title, lexicon)}"


def markdown_item(item: Item, lexicon: Lexicon) -> Iterator[str]:
    source = f" ({code_span(visible(item.source))})" if item.source else ""
    label = f"{code_span(item.label)} " if item.label else ""
    yield f"- {_MARKS[item.tone]} {label}{markdown_text(item.text, lexicon)}{source}"
    for name, quote in item.quotes:
        yield f"  - {lexicon.say(name)}: {code_span(cut(quote.text, LONGEST_QUOTE, lexicon))}"
    for note in item.notes:
        yield f"  - {markdown_text(note, lexicon)}"


def markdown_text(text: Text, lexicon: Lexicon) -> str:
    return "".join(
        code_span(visible(part.text)) if isinstance(part, Foreign) else part for part in lexicon.spans(text)
    )


def code_span(text: str) -> str:
    """A code span that its text cannot leave."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"


def code_block(lines: Sequence[str]) -> list[str]:
    """Lines as code, which none of them can end."""
    ticks = [len(run) for line in lines for run in re.findall("`+", line)]
    fence = "`" * (max([2, *ticks]) + 1)
    return [f"{fence}text", *lines, fence] if lines else []


FORMAT = Format(
    name="markdown",
    description="Markdown, for comments and pages.",
    results=lambda result, lexicon, _screen: markdown_pieces(result.report(), lexicon),
    checks=lambda checked, lexicon, _screen: (render_markdown(word_conformance(checked, lexicon), lexicon),),
)
