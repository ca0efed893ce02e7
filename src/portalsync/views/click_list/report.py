"""A click list as a report: firm by firm, page by page, a line for each step."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from portalsync.lexicon import Foreign, Text, counted, joined, phrase
from portalsync.model.click_list import Action, ClickList, SettingsPage, Step, StepValue
from portalsync.moments import moment
from portalsync.views.click_list.vendor_words import STEP_DOWN
from portalsync.views.report import Item, Made, Report, Section, Tone
from portalsync.views.wording.names import first_names

_TONES = {
    Action.SET: Tone.CHANGE,
    Action.CLEAR: Tone.REMOVE,
    Action.ADD: Tone.ADD,
    Action.REMOVE: Tone.REMOVE,
    Action.KEEP: Tone.NOTE,
}


def word_click_list(clicks: ClickList) -> Report:
    return Report(
        title=phrase("clicks.title", environment=Foreign(clicks.environment)),
        verdict=(Item(Tone.NOTE, how_much(clicks)), *(Item(Tone.BAD, text) for text in stopped(clicks))),
        sections=Made(lambda: _sections(clicks)),
        foot=tuple(foot(clicks)),
    )


def how_much(clicks: ClickList) -> Text:
    """How many steps, and on how many pages: those of each firm count."""
    if not clicks.steps:
        return phrase("clicks.nothing")
    pages = len({(step.firm, step.page) for step in clicks.steps})
    return counted("clicks.steps", len(clicks.steps), pages=counted("clicks.on_pages", pages))


def stopped(clicks: ClickList) -> Iterator[Text]:
    """Which firms are left out although their files ask for something."""
    if firms := clicks.stopped:
        yield counted("plan.findings.stop", len(firms), firms=first_names(firms))


def foot(clicks: ClickList) -> Iterator[Text]:
    """In whose words it is, and of which plan."""
    if clicks.vendor:
        yield phrase("clicks.of_vendor", vendor=Foreign(clicks.vendor))
    elif clicks.steps:
        yield phrase("clicks.of_ours")
    yield phrase("clicks.plan", digest=clicks.plan, at=moment(clicks.at))


def walk(clicks: ClickList) -> Iterator[tuple[str, Sequence[tuple[SettingsPage, Sequence[Step]]]]]:
    """Each firm's name, and the pages that are opened for it with the steps on each."""
    pages, names = {page.id: page for page in clicks.pages}, {firm.id: firm.name for firm in clicks.firms}
    for firm, steps in groupby(clicks.steps, key=lambda step: step.firm):
        by_page = groupby(steps, key=lambda step: step.page)
        yield names[firm], [(pages[page], [*on_it]) for page, on_it in by_page]


def _sections(clicks: ClickList) -> Iterator[Section]:
    for name, pages in walk(clicks):
        yield Section(Foreign(name), ())
        for page, steps in pages:
            yield Section(way_there(page), tuple(map(step_item, steps)), level=2)


def way_there(page: SettingsPage) -> Text:
    """`Settings › Firm settings › Chats`, and whether that is assumed."""
    return marked(joined(page.way, STEP_DOWN), is_assumed=page.is_assumed)


def marked(name: Text, *, is_assumed: bool) -> Text:
    return (name, " (", phrase("clicks.assumed"), ")") if is_assumed else name


def step_item(step: Step) -> Item:
    """What is done; below it each value where there are several, what to know, and how to check it."""
    name = marked(step.setting, is_assumed=step.is_assumed)
    text, lines = _what(step, name)
    check = phrase("clicks.check_it", what=step.check)
    tone = Tone.GOOD if step.is_recorded else _TONES[step.action]
    return Item(tone, text, notes=(*lines, *step.notes, check), source=step.source)


def _what(step: Step, name: Text) -> tuple[Text, Sequence[Text]]:
    if len(step.values) == 1 and step.action in {Action.SET, Action.CLEAR}:
        [value] = step.values
        named = joined(filter(None, (name, value.name)), ", ")
        return value_line(value, named), ()
    return (name, ": ", phrase(f"clicks.actions.{step.action}")), [
        value_line(value, value.name) for value in step.values
    ]


def value_line(value: StepValue, name: Text) -> Text:
    """`Title, English: empty → “Closed”`; of what goes, as it is."""
    if not value.after:
        return (name, ": ", value.before)
    return phrase("clicks.value", name=name, before=value.before, after=value.after)
