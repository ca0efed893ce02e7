"""What is wrong with firms of a plan, or to be said about them: each thing once, with its firms."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from portalsync.catalog.kinds.localized import localized
from portalsync.diagnostics import MOST_IN_FILE
from portalsync.lexicon import LOCALES, Foreign, Lexicon, Text, counted, how_many, phrase
from portalsync.model.finding import PlanFinding
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsFirm
from portalsync.model.plan import Plan
from portalsync.views.report import Item, Section, Tone, first_source
from portalsync.views.wording.names import first_names

_Key: TypeAlias = tuple[object, ...]


@dataclass
class _Alike:
    """A finding that reads the same in some firms, and the lines that it is about."""

    finding: PlanFinding
    firms: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


@dataclass
class FindingsDesk:
    """Takes the parts of a plan, each once."""

    broken: dict[_Key, _Alike] = field(default_factory=dict)
    warnings: dict[_Key, _Alike] = field(default_factory=dict)

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        _note(self.broken, (each.finding for each in part.broken), [firm.name])
        _note(self.warnings, part.warnings, [firm.name])

    def broken_section(self, lexicon: Lexicon) -> Iterator[Section]:
        yield from _section("plan.findings.broken", self.broken, Tone.BAD, lexicon)

    def warnings_section(self, lexicon: Lexicon) -> Iterator[Section]:
        yield from _section("plan.findings.warnings", self.warnings, Tone.WARN, lexicon)

    def warnings_item(self) -> Iterator[Item]:
        if self.warnings:
            yield Item(Tone.WARN, counted("plan.findings.warned", len(self.warnings)))


def stopped_item(plan: Plan) -> Iterator[Item]:
    """Which firms nothing happens to, although their files ask for it."""
    if firms := plan.stopped_firms:
        yield Item(Tone.BAD, counted("plan.findings.stop", len(firms), firms=first_names(firms)))


def stopped_section(plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    stopped: dict[_Key, _Alike] = {}
    for each in plan.stopped:
        _note(stopped, [each.finding], each.firms)
    yield from _section("plan.findings.stopped", stopped, Tone.BAD, lexicon)


def _note(known: dict[_Key, _Alike], findings: Iterable[PlanFinding], firms: Sequence[str]) -> None:
    for finding in findings:
        texts = (tuple(sorted(each.items())) for each in (finding.message, finding.hint))
        alike = known.setdefault((finding.code, finding.before, *texts), _Alike(finding))
        alike.firms.update(dict.fromkeys(firms))
        alike.sources[finding.source] = None


def _section(key: str, found: Mapping[_Key, _Alike], tone: Tone, lexicon: Lexicon) -> Iterator[Section]:
    """What the plan brings about first, as much as somebody reads."""
    if found:
        new_first = sorted(found.values(), key=lambda alike: alike.finding.before)
        listed = [_item(each, tone, lexicon) for each in new_first[: how_many(len(found), MOST_IN_FILE)]]
        left = len(found) - len(listed)
        more = [Item(tone, counted("plan.findings.more", left))] if left else []
        yield Section(phrase(key), (*listed, *more))


def _item(alike: _Alike, tone: Tone, lexicon: Lexicon) -> Item:
    finding = alike.finding
    texts = (finding.message, finding.hint)
    message, hint = (localized(each, lexicon.locale, LOCALES[0])[0] for each in texts)
    notes: list[Text] = [counted("problems.in_firms", len(alike.firms), firms=first_names([*alike.firms]))]
    notes += [phrase("plan.findings.before")] if finding.before else []
    notes += [Foreign(hint)] if hint else []
    return Item(tone, Foreign(message), notes=tuple(notes), source=first_source(alike.sources))
