"""A click list as one HTML file that works from disk: ticks that stay, texts to copy, a result to save."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalsync.catalog.kinds.image import STORED_PATTERN, Image
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.model.click_list import (
    LONGEST_NAME,
    LONGEST_NOTE,
    Action,
    ClickList,
    SettingsPage,
    Step,
    StepValue,
)
from portalsync.portal import templates
from portalsync.views.click_list.report import foot, how_much, stopped, walk
from portalsync.views.click_list.steps import NOTHING
from portalsync.views.click_list.vendor_words import STEP_DOWN
from portalsync.views.wording.edits import kind_of
from portalsync.visible import visible_lines

SCRIPT = "runbook/runbook.js"
_SPOKEN = ("copied", "copy", "count", "mark", "nameless", "not_kept", "not_taken", "saved", "taken")
"""What the script says."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with its texts in a language; `picture` is one to be kept, as `file`."""

    name: str
    before: str
    after: str
    copied: str
    picture: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    id: str
    setting: str
    is_assumed: bool
    action: Action
    verb: str
    values: Sequence[_Value]
    notes: Sequence[str]
    check: str
    source: str
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class _Page:
    anchor: str
    name: str
    way: Sequence[str]
    is_assumed: bool
    steps: Sequence[_Step]


@dataclass(frozen=True, slots=True)
class _Firm:
    name: str
    pages: Sequence[_Page]


def runbook_html(clicks: ClickList, lexicon: Lexicon) -> bytes:
    """The file; equal lists give equal bytes."""
    say = _Say(lexicon)
    script, style = templates.script_of(SCRIPT), templates.style_of(templates.RUNBOOK_STYLE)
    html = (
        templates.environment()
        .get_template(templates.RUNBOOK)
        .render(
            clicks=clicks,
            t=lexicon,
            title=say(phrase("clicks.title", environment=Foreign(clicks.environment))),
            how_much=say(how_much(clicks)),
            stopped=[say(each) for each in stopped(clicks)],
            foot=[say(each) for each in foot(clicks)],
            firms=[*_firms(clicks, say)],
            longest_name=LONGEST_NAME,
            longest_note=LONGEST_NOTE,
            style=templates.trusted(style),
            script=templates.trusted(script),
            policy=templates.script_policy(script, (style,)),
            spoken=_spoken(lexicon),
        )
    )
    return templates.printable(html).encode()


@dataclass(frozen=True, slots=True)
class _Say:
    """Texts in a language, with nothing invisible in them."""

    lexicon: Lexicon

    def __call__(self, text: Text) -> str:
        return visible_lines(self.lexicon.say(text))


def _firms(clicks: ClickList, say: _Say) -> Iterator[_Firm]:
    for number, (name, pages) in enumerate(walk(clicks), start=1):
        ends = Counter(page.way[-1] for page, _ in pages)
        yield _Firm(name, [_page(number, page, steps, ends, say) for page, steps in pages])


def _page(
    number: int, page: SettingsPage, steps: Sequence[Step], ends: Mapping[Text, int], say: _Say
) -> _Page:
    """Called by the end of its way; where others end alike, by a little more."""
    way = [say(each) for each in page.way]
    name = STEP_DOWN.join(way[-1 if ends[page.way[-1]] == 1 else -2 :])
    anchor = f"{number}-{page.id.replace('.', '-')}"
    return _Page(anchor, name, way, page.is_assumed, [_step(each, say) for each in steps])


def _step(step: Step, say: _Say) -> _Step:
    pictures = [each.after for each in step.edits if isinstance(kind_of(each.path), Image)]
    picture = next((each for each in pictures if isinstance(each, str) and _STORED.fullmatch(each)), "")
    is_plain = step.action in {Action.SET, Action.CLEAR}
    return _Step(
        id=step.id,
        setting=say(step.setting),
        is_assumed=step.is_assumed,
        action=step.action,
        verb="" if is_plain else say(phrase(f"clicks.actions.{step.action}")),
        values=[_value(each, picture, say) for each in step.values],
        notes=[say(each) for each in step.notes],
        check=say(step.check),
        source=visible_lines(step.source),
        is_recorded=step.is_recorded,
    )


_STORED = re.compile(STORED_PATTERN)


def _value(value: StepValue, picture: str, say: _Say) -> _Value:
    """A text that is copied stands whole where nothing was."""
    file = f"logo.{'png' if picture.startswith('data:image/png') else 'svg'}" if picture else ""
    is_first = value.copied and value.before == NOTHING
    before = "" if is_first else say(value.before)
    return _Value(say(value.name), before, say(value.after), value.copied, picture, file)


def _spoken(lexicon: Lexicon) -> Mapping[str, str]:
    return {name: lexicon.messages[f"clicks.runbook.{name}"] for name in _SPOKEN}
