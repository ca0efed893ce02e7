"""Verdicts of guardrails -> items: what blocks, in which firms, and what to type if it is meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.guardrails import GUARDRAILS, LIMITS
from portalsync.catalog.limit import Known
from portalsync.catalog.naming import entry_of, settings_name
from portalsync.lexicon import Foreign, Lexicon, Text, counted, first_of, how_many, joined, phrase, quoted
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Limits, Verdict
from portalsync.model.news import NewsFirm
from portalsync.model.plan import Plan
from portalsync.views.report import Item, Tone
from portalsync.views.wording.names import SHOWN_FIRMS, first_names

_SHOWN_NAMES = 5


@dataclass
class GuardrailDesk:
    """Takes the parts of a plan, each once: what the configuration lets pass in them."""

    limits: Limits
    passed: dict[str, set[str]] = field(default_factory=dict)
    lost: dict[tuple[str, str], Mapping[str, "_Names"]] = field(default_factory=dict)
    """By rule and firm: what is `gone`, and what is `replaced`."""

    def take(self, part: FirmPlan) -> None:
        for guardrail in GUARDRAILS:
            self.passed.setdefault(guardrail.rule, set()).update(guardrail.passed(part, self.limits))
            if edits := guardrail.concerned(part):
                self.lost[guardrail.rule, part.id] = _gone_and_replaced(edits)

    def what(self, verdict: Verdict, lexicon: Lexicon) -> Text:
        """What an objection is to, if its rule has it named."""
        return joined(
            (
                phrase(f"guardrails.lost.{kind}", names=names.wording(lexicon))
                for firm in verdict.firms
                for kind, names in self.lost.get((verdict.rule, firm), {}).items()
            ),
            "; ",
        )


@dataclass(frozen=True)
class _Names:
    """The first of some settings or entries, and how many there are: a part is read once, and not kept."""

    first: Sequence[str]
    number: int

    @classmethod
    def of(cls, paths: Sequence[str]) -> "_Names":
        return cls(paths[: how_many(len(paths), _SHOWN_NAMES)], len(paths))

    def wording(self, lexicon: Lexicon) -> Text:
        shown, rest = (
            joined(settings_name(path, lexicon) for path in self.first),
            self.number - len(self.first),
        )
        return (shown, counted("values.and_more", rest)) if rest else shown


def _gone_and_replaced(edits: Iterable[Edit]) -> Mapping[str, _Names]:
    """An entry of a list that goes is one thing, whatever is in it."""
    things: dict[str, bool] = {}
    for edit in edits:
        thing = entry_of(edit.path)
        things[thing] = things.get(thing, True) and edit.after is ABSENT
    kinds: dict[str, list[str]] = {}
    for thing, gone in things.items():
        kinds.setdefault("gone" if gone else "replaced", []).append(thing)
    return {kind: _Names.of(paths) for kind, paths in sorted(kinds.items())}


def guardrail_items(
    plan: Plan, desk: GuardrailDesk, firms: Iterable[NewsFirm], lexicon: Lexicon
) -> Iterator[Item]:
    """The outcome in one line, then each objection, then whether the configuration lets more pass."""
    names = {firm.id: firm.name for firm in firms}
    blocking = plan.blocking
    if blocking:
        yield Item(Tone.BAD, counted("guardrails.blocked", len(blocking)))
    elif plan.guardrails:
        yield Item(Tone.NOTE, counted("guardrails.accepted", len(plan.guardrails)))
    else:
        yield Item(Tone.GOOD, phrase("guardrails.clear"))
    kinds: dict[tuple[bool, str], list[Verdict]] = {}
    for verdict in sorted(plan.guardrails, key=lambda each: not each.blocks):
        kinds.setdefault((verdict.blocks, verdict.rule), []).append(verdict)
    for alike in kinds.values():
        yield from _objections(alike, desk, names, lexicon)
    yield from _loosened(desk)


def _objections(
    alike: Sequence[Verdict], desk: GuardrailDesk, names: Mapping[str, str], lexicon: Lexicon
) -> Iterator[Item]:
    """Each by itself. Of a rule that objects to firms, where they are many: those with the most, and how many
    more there are. A host is never left out, however many there are: one may be a robber's.
    """
    tone = Tone.BAD if alike[0].blocks else Tone.NOTE
    most = how_many(len(alike), SHOWN_FIRMS)
    many = len(alike) > most and all(each.firms == (each.subject,) for each in alike)
    ranked = sorted(alike, key=lambda each: -each.found) if many else alike
    shown, rest = (ranked[:most], ranked[most:]) if many else (ranked, [])
    for verdict in shown:
        concerned = [names[firm] for firm in verdict.firms]
        yield Item(tone, _objection(verdict, concerned, desk.what(verdict, lexicon)))
    if rest:
        subjects = first_of([Foreign(each.subject) for each in rest], _SHOWN_NAMES)
        yield Item(tone, counted("guardrails.more", len(rest), rule=rest[0].rule, subjects=subjects))


def _objection(verdict: Verdict, firms: Sequence[str], what: Text) -> Text:
    objection = phrase(
        f"guardrails.rules.{verdict.rule}.objection",
        subject=quoted(verdict.subject),
        found=verdict.found,
        limit=verdict.limit,
        firms=first_names(firms),
        what=what,
    )
    if verdict.blocks:
        typed = Foreign(f"--ack {verdict.acknowledgement}")
        return (objection, " ", phrase("guardrails.accept", typed=typed))
    given = Foreign(verdict.acknowledged)
    return (objection, " ", phrase("guardrails.accepted_by", given=given))


def _loosened(desk: GuardrailDesk) -> Iterator[Item]:
    """A pull request could loosen the limits itself: whoever reads its plan has to see it."""
    numbers_first = sorted(LIMITS, key=lambda limit: isinstance(limit, Known))
    parts = [looser for limit in numbers_first if (looser := limit.loosened(desk.limits))]
    if parts:
        yield Item(Tone.NOTE, phrase("guardrails.loosened", what=joined(parts, "; ")))
    for rule, passed in desk.passed.items():
        if passed:
            names = first_of([Foreign(name) for name in sorted(passed)], _SHOWN_NAMES)
            yield Item(Tone.NOTE, phrase(f"guardrails.rules.{rule}.passed", names=names))
