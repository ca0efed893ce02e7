"""Reports for pull requests: every value in a code span, so that nothing in it acts."""

import re
from collections.abc import Iterator

from portalsync.views.report import Item, Report, Section, Tone, Value, Words
from portalsync.visible import visible

_MARKS = {
    Tone.REMOVE: "➖",
    Tone.ADD: "➕",
    Tone.CHANGE: "✏️",
    Tone.NOTE: "ℹ️",
    Tone.GOOD: "✅",
    Tone.BAD: "❌",
}
_QUOTE_LIMIT = 300


def render_markdown(report: Report) -> str:
    """The report as GitHub-flavoured Markdown."""
    return "\n".join(_report(report)) + "\n"


def _report(report: Report) -> Iterator[str]:
    yield f"## {markdown_words(report.title)}"
    yield ""
    for item in report.verdict:
        yield f"**{_MARKS[item.tone]} {markdown_words(item.text)}**  "
    for section in report.sections:
        yield from _section(section)
    for words in report.foot:
        yield ""
        yield f"<sub>{markdown_words(words)}</sub>"


def _section(section: Section) -> Iterator[str]:
    yield ""
    if section.title:
        yield f"{'#' * (section.level + 2)} {markdown_words(section.title)}"
        yield ""
    for item in section.items:
        yield from markdown_item(item)


def markdown_item(item: Item) -> Iterator[str]:
    source = f" ({code_span(visible(item.source))})" if item.source else ""
    yield f"- {_MARKS[item.tone]} {markdown_words(item.text)}{source}"
    for label, value in item.quotes:
        yield f"  - {label}: {code_span(value.shown(_QUOTE_LIMIT))}"
    for note in item.notes:
        yield f"  - {markdown_words(note)}"


def markdown_words(words: Words) -> str:
    return "".join(code_span(part.shown()) if isinstance(part, Value) else part for part in words)


def code_span(text: str) -> str:
    """A code span that its text cannot leave."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"
