"""What a plan says besides what clients notice, in the words in which every format has it: what guardrails
object to, which firms are stopped, broken promises, warnings.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.renames import net_changes
from portalsync.lexicon import Lexicon, Text, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsDesk, NewsFirm
from portalsync.model.plan import Plan
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.firms import named
from portalsync.views.wording.guardrails import GuardrailDesk, guardrail_items
from portalsync.views.wording.plan import partial_items, unnoticed_items
from portalsync.views.wording.plan_findings import FindingsDesk, stopped_item, stopped_section
from portalsync.views.wording.rest import released_item
from portalsync.visible import visible_lines

_LOOKS = {
    Tone.BAD: ("gone", "broken"),
    Tone.WARN: ("leads", "broken"),
    Tone.GOOD: ("new", "kept"),
    Tone.ADD: ("new", "new"),
    Tone.REMOVE: ("gone", "gone"),
    Tone.CHANGE: ("changed", "changed"),
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


@dataclass
class Sums:
    """Takes the parts of a plan, each once: how many firms change, how many clients notice something at most,
    which firms are released, lines of broken promises, what comes and goes; `differing` tells of a change
    besides ids.
    """

    changed: int = 0
    affected: int = 0
    released: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    news: NewsDesk = field(default_factory=lambda: NewsDesk(brief=True))
    differing: bool = False

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        self.changed += bool(part.changes)
        self.affected += part.affected
        self.released += [] if part.managed else [firm.name]
        self.broken += [each.finding.source for each in part.broken]
        self.news.take(part, firm)
        self.differing = self.differing or bool(net_changes(part))

    def verbs(self) -> Counter[str]:
        """How much of each comes or goes, each block once, as the last line of the plan has it."""
        return Counter(each.verb for each in self.news.news())


@dataclass(frozen=True)
class Noted:
    """`first` and `last` stand above and below the headlines of a review, `urgent` and `warnings` above and
    below its cards; `broken` are the promises among them that are urgent.
    """

    first: tuple[Note, ...] = ()
    last: tuple[Note, ...] = ()
    urgent: tuple[Notes, ...] = ()
    broken: tuple[Notes, ...] = ()
    warnings: tuple[Notes, ...] = ()
    sums: Sums = field(default_factory=Sums)


def noted(plan: Plan | None, lexicon: Lexicon) -> Noted:
    """Each part of the plan is read once."""
    if plan is None:
        return Noted()
    guardrails, findings, firms, sums = GuardrailDesk(plan.limits), FindingsDesk(), [], Sums()
    for part in plan.firms:
        firms.append(named(part))
        guardrails.take(part)
        findings.take(part, firms[-1])
        sums.take(part, firms[-1])
    partial = () if plan.is_empty else partial_items(plan)
    guarded = [] if plan.is_empty else [*guardrail_items(plan, guardrails, firms, lexicon)]
    first, last = (guarded, []) if plan.guardrails else ([], guarded)
    return Noted(
        _notes(
            [*stopped_item(plan), *first, *released_item(sums.released), *_unnoticed(plan, sums)], lexicon
        ),
        _notes([*last, *findings.warnings_item(), *partial], lexicon),
        sections_of(stopped_section(plan, lexicon), lexicon),
        sections_of(findings.broken_section(lexicon), lexicon),
        sections_of(findings.warnings_section(lexicon), lexicon),
        sums,
    )


def _unnoticed(plan: Plan, sums: Sums) -> Iterator[Item]:
    """As the plan tells it, but that no settings stand below."""
    if sums.differing and not sums.verbs():
        yield Item(Tone.NOTE, phrase("review.no_sample_notices"))
    elif not sums.verbs():
        yield from unnoticed_items(plan, differing=False)


def sections_of(sections: Iterable[Section], lexicon: Lexicon) -> tuple[Notes, ...]:
    return tuple(Notes(lexicon.say(each.title), _notes(each.items, lexicon)) for each in sections)


def _notes(items: Iterable[Item], lexicon: Lexicon) -> tuple[Note, ...]:
    return tuple(_note(each, lexicon) for each in items)


def _note(item: Item, lexicon: Lexicon) -> Note:
    tone, sign = _LOOKS.get(item.tone, _CALM)
    text, *notes = _shown([item.text, *item.notes], lexicon)
    return Note(tone, sign, text, tuple(notes), visible_lines(item.source))


def _shown(texts: Sequence[Text], lexicon: Lexicon) -> Iterator[str]:
    return (visible_lines(lexicon.say(each)) for each in texts)
