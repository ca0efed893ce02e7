"""A click list as Markdown: a box for each step, and texts in blocks that are copied whole."""

from collections.abc import Iterator

from portalsync.forge.marks import ClicksMark
from portalsync.lexicon import Foreign, Lexicon, phrase
from portalsync.model.click_list import ClickList, Step, StepValue
from portalsync.views.click_list.report import foot, how_much, step_item, stopped, walk, way_there
from portalsync.views.comment import COMMENT_BUDGET, SUMMARY_BUDGET
from portalsync.views.fitting import Cut, Portion, fitted
from portalsync.views.formats.markdown import code_block, code_span, markdown_text
from portalsync.views.report import cut
from portalsync.visible import visible, visible_lines

LABEL = "portal-clicks"
_AROUND = 4000
"""Bytes for what stands above and below the steps."""


def checklist(clicks: ClickList, lexicon: Lexicon) -> str:
    """For a page or the summary of a job."""
    return _fitted(_head(clicks, lexicon), clicks, lexicon, SUMMARY_BUDGET)


def clicks_issue(clicks: ClickList, runbook: str, lexicon: Lexicon) -> tuple[str, str]:
    """Title and body of the issue; `runbook` is the address of the file with ticks."""
    title = lexicon("clicks.title", environment=cut(clicks.environment, 100, lexicon))
    lines = [ClicksMark(clicks.environment).line(), _head(clicks, lexicon)]
    if clicks.steps:
        lines += ["", lexicon("clicks.issue.ticks")]
        lines += ["", f"**[{lexicon('clicks.issue.runbook')}]({runbook})**"] if runbook else []
    return title, _fitted("\n".join(lines), clicks, lexicon, COMMENT_BUDGET)


def _fitted(head: str, clicks: ClickList, lexicon: Lexicon, budget: int) -> str:
    """Without the texts to copy where they would take the room of steps."""
    portions = [*_portions(clicks, lexicon)]
    if sum(len(f"{each.heading}{each.text}".encode()) for each in portions) > budget - _AROUND:
        portions = [*_portions(clicks, lexicon, copied=False)]
    below = "\n\n".join(f"<sub>{markdown_text(text, lexicon)}</sub>" for text in foot(clicks))
    return fitted(head, portions, below, budget, _cut_sentence(lexicon))


def _cut_sentence(lexicon: Lexicon) -> Cut:
    return lambda shown, of: f"\n> ✂️ **{lexicon.count('clicks.issue.cut', shown, of=of)}**\n"


def _head(clicks: ClickList, lexicon: Lexicon) -> str:
    title = phrase("clicks.title", environment=Foreign(clicks.environment))
    verdict = (markdown_text(each, lexicon) for each in (how_much(clicks), *stopped(clicks)))
    return "\n\n".join([f"## {markdown_text(title, lexicon)}", *(f"**{each}**" for each in verdict)])


def _portions(clicks: ClickList, lexicon: Lexicon, *, copied: bool = True) -> Iterator[Portion]:
    for name, pages in walk(clicks):
        for page, steps in pages:
            way = markdown_text((Foreign(name), ": ", way_there(page)), lexicon)
            for step in steps:
                yield Portion("\n".join(_step(step, lexicon, copied=copied)), f"### {way}")


def _step(step: Step, lexicon: Lexicon, *, copied: bool) -> Iterator[str]:
    item = step_item(step)
    source = f" ({code_span(visible(item.source))})" if item.source else ""
    yield f"- [{'x' if step.is_recorded else ' '}] {markdown_text(item.text, lexicon)}{source}"
    for note in item.notes:
        yield f"  - {markdown_text(note, lexicon)}"
    for value in step.values:
        if value.copied and copied:
            yield from _to_copy(value, lexicon)


def _to_copy(value: StepValue, lexicon: Lexicon) -> Iterator[str]:
    if value.name:
        yield f"  - {markdown_text(value.name, lexicon)}"
    block = code_block(visible_lines(value.copied).split("\n"))
    yield from ("", *(f"    {line}" for line in block), "")
