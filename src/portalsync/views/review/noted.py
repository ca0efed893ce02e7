"""What a plan says besides what clients notice, in the words in which every format has it: what guardrails
object to, which firms are stopped, broken promises, warnings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portalsync.lexicon import Lexicon, Text
from portalsync.model.plan import Plan
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.firms import named
from portalsync.views.wording.guardrails import GuardrailDesk, guardrail_items
from portalsync.views.wording.plan_findings import FindingsDesk, stopped_item, stopped_section
from portalsync.visible import visible_lines

_LOOKS = {
    Tone.BAD: ("gone", "broken"),
    Tone.WARN: ("leads", "broken"),
    Tone.GOOD: ("new", "kept"),
}
_CALM = ("unchanged", "unchanged")


@dataclass(frozen=True)
class Note:
    """`tone` is its colour, `sign` its picture."""

    tone: str
    sign: str
    text: str
    notes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Notes:
    title: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Noted:
    """`first` and `last` stand above and below the headlines of a review, `urgent` and `warnings` above and
    below its cards.
    """

    first: tuple[Note, ...] = ()
    last: tuple[Note, ...] = ()
    urgent: tuple[Notes, ...] = ()
    warnings: tuple[Notes, ...] = ()


def noted(plan: Plan | None, lexicon: Lexicon) -> Noted:
    """Each part of the plan is read once."""
    if plan is None:
        return Noted()
    guardrails, findings, firms = GuardrailDesk(plan.limits), FindingsDesk(), []
    for part in plan.firms:
        firms.append(named(part))
        guardrails.take(part)
        findings.take(part, firms[-1])
    guarded = [] if plan.is_empty else [*guardrail_items(plan, guardrails, firms, lexicon)]
    first, last = (guarded, []) if plan.guardrails else ([], guarded)
    return Noted(
        _notes([*stopped_item(plan), *first], lexicon),
        _notes([*last, *findings.warnings_item()], lexicon),
        _sections([*stopped_section(plan, lexicon), *findings.broken_section(lexicon)], lexicon),
        _sections(findings.warnings_section(lexicon), lexicon),
    )


def _sections(sections: Iterable[Section], lexicon: Lexicon) -> tuple[Notes, ...]:
    return tuple(Notes(lexicon.say(each.title), _notes(each.items, lexicon)) for each in sections)


def _notes(items: Iterable[Item], lexicon: Lexicon) -> tuple[Note, ...]:
    return tuple(_note(each, lexicon) for each in items)


def _note(item: Item, lexicon: Lexicon) -> Note:
    tone, sign = _LOOKS.get(item.tone, _CALM)
    text, *notes = _shown([item.text, *item.notes], lexicon)
    return Note(tone, sign, text, tuple(notes), visible_lines(item.source))


def _shown(texts: Sequence[Text], lexicon: Lexicon) -> Iterator[str]:
    return (visible_lines(lexicon.say(each)) for each in texts)
