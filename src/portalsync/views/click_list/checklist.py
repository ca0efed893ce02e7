"""A click list as Markdown for an issue: a box for each step, and texts in blocks that are copied whole."""

import re
from collections.abc import Iterator, Sequence

from portalsync.lexicon import Foreign, Lexicon, phrase
from portalsync.model.click_list import ClickList, Step, StepValue
from portalsync.views.click_list.report import foot, how_much, step_item, walk, way_there
from portalsync.views.formats.markdown import code_span, markdown_text
from portalsync.visible import visible, visible_lines


def checklist(clicks: ClickList, lexicon: Lexicon) -> Iterator[str]:
    """Lines."""
    title = phrase("clicks.title", environment=Foreign(clicks.environment))
    yield f"## {markdown_text(title, lexicon)}"
    yield ""
    yield f"**{markdown_text(how_much(clicks), lexicon)}**"
    for name, pages in walk(clicks):
        yield from ("", f"### {markdown_text(Foreign(name), lexicon)}")
        for page, steps in pages:
            yield from ("", f"#### {markdown_text(way_there(page), lexicon)}", "")
            for step in steps:
                yield from _step(step, lexicon)
    for text in foot(clicks):
        yield from ("", f"<sub>{markdown_text(text, lexicon)}</sub>")


def _step(step: Step, lexicon: Lexicon) -> Iterator[str]:
    item = step_item(step)
    source = f" ({code_span(visible(item.source))})" if item.source else ""
    yield f"- [ ] {markdown_text(item.text, lexicon)}{source}"
    for note in item.notes:
        yield f"  - {markdown_text(note, lexicon)}"
    for value in _to_copy(step):
        yield from _block(value, lexicon)


def _to_copy(step: Step) -> Sequence[StepValue]:
    return [value for value in step.values if value.copied]


def _block(value: StepValue, lexicon: Lexicon) -> Iterator[str]:
    """In a fence that the text cannot end."""
    longest = max((len(run) for run in re.findall("`+", value.copied)), default=0)
    fence = "`" * max(3, longest + 1)
    if value.name:
        yield f"  - {markdown_text(value.name, lexicon)}"
    yield ""
    yield f"    {fence}text"
    yield from (f"    {line}" for line in visible_lines(value.copied).split("\n"))
    yield from (f"    {fence}", "")
