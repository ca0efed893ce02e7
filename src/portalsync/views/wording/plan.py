"""Plan -> report: the verdict, what clients notice, the settings behind it, and what it comes to."""

from collections.abc import Iterator
from dataclasses import dataclass

from portalsync.catalog.renames import net_changes
from portalsync.lexicon import Foreign, Lexicon, Text, counted, how_many, phrase
from portalsync.model.headlines import Headlines
from portalsync.model.news import News, NewsDesk, NewsFirm
from portalsync.model.plan import Plan
from portalsync.moments import moment
from portalsync.views.report import Item, Made, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections
from portalsync.views.wording.firms import PlannedFirms, firms_moment, named
from portalsync.views.wording.guardrails import GuardrailDesk, guardrail_items
from portalsync.views.wording.headlines import headline_items
from portalsync.views.wording.moments import unseen_moments
from portalsync.views.wording.names import SHOWN_FIRMS
from portalsync.views.wording.plan_findings import FindingsDesk, stopped_item, stopped_section
from portalsync.views.wording.renames import RenameDesk
from portalsync.views.wording.rest import ClaimsDesk, back_item, released_item, rest_sections
from portalsync.views.wording.settings import SettingsDesk
from portalsync.views.wording.sums import firm_sections, sums
from portalsync.views.wording.vanished import vanished_items


def word_plan(plan: Plan, lexicon: Lexicon, *, summary: bool = False) -> Report:
    """The whole plan in the words of one language, or its `summary`. Every format lays out this report. Each
    part of the plan is read once.
    """
    told = _gathered(plan, summary=summary)
    return Report(
        title=phrase("plan.title", environment=Foreign(plan.environment), at=moment(plan.at)),
        verdict=tuple(_verdict(plan, told, lexicon)),
        sections=() if summary else Made(lambda: _sections(plan, told, lexicon)),
        foot=tuple(_foot(plan, told, summary=summary)),
    )


@dataclass(frozen=True)
class _Gathered:
    """What all parts of a plan come to: each thing once, with its firms."""

    firms: list[NewsFirm]
    changed: int
    released: list[str]
    """Firms that have no file any more: nothing of them changes."""
    differing: bool
    """Whether there is a change besides ids."""
    noticed: list[NewsFirm]
    """Firms whose clients notice something."""
    news: list[News]
    headlines: Headlines
    settings: SettingsDesk
    claims: ClaimsDesk
    guardrails: GuardrailDesk
    renames: RenameDesk
    findings: FindingsDesk
    unseen: list[int]
    """For each firm with more coming instants than are looked at, how many more."""
    back: list[tuple[str, int]]
    """Firms that go back, each with the generation that it goes back to."""
    narrowed: int
    """How many firms it is not about as a whole."""


def _gathered(plan: Plan, *, summary: bool) -> _Gathered:
    """For a summary nothing is kept of texts, settings and claims."""
    firms, noticed, released, changed = list[NewsFirm](), list[NewsFirm](), list[str](), 0
    news, headlines, settings, claims = NewsDesk(brief=summary), Headlines(), SettingsDesk(), ClaimsDesk()
    guardrails, renames, differing = GuardrailDesk(plan.limits), RenameDesk(), False
    findings = FindingsDesk()
    unseen: list[int] = []
    back, narrowed = list[tuple[str, int]](), 0
    for part in plan.firms:
        firm = named(part)
        firms.append(firm)
        noticed += [firm] if part.effects else []
        changed += bool(part.changes)
        released += [] if part.managed or part.back_to else [firm.name]
        back += [(firm.name, part.back_to)] if part.back_to else []
        narrowed += part.narrowed
        differing = differing or bool(net_changes(part))
        renames.take(part, firm.name)
        news.take(part, firm)
        headlines.take(part)
        guardrails.take(part)
        findings.take(part, firm)
        if not summary:
            settings.take(part, firm)
            claims.take(part, firm)
        unseen += [part.unseen_instants] if part.unseen_instants else []
    return _Gathered(
        firms,
        changed,
        released,
        differing,
        noticed,
        news.news(),
        headlines,
        settings,
        claims,
        guardrails,
        renames,
        findings,
        unseen,
        back,
        narrowed,
    )


def _sections(plan: Plan, told: _Gathered, lexicon: Lexicon) -> Iterator[Section]:
    among = PlannedFirms(told.firms)
    yield from stopped_section(plan, lexicon)
    yield from told.findings.broken_section(lexicon)
    yield from effect_sections(told.news, among, lexicon)
    yield from told.findings.warnings_section(lexicon)
    yield from told.settings.sections(among, lexicon)
    yield from rest_sections(plan, told.claims, lexicon)
    if len(told.firms) > how_many(len(told.firms), SHOWN_FIRMS):  # fewer are all named above
        yield from firm_sections(told.firms, told.news)


def _foot(plan: Plan, told: _Gathered, *, summary: bool) -> Iterator[Text]:
    if plan.is_empty:
        return
    if not summary:
        yield phrase("plan.digest", digest=plan.digest)
    yield sums(len(told.firms), told.news)


def _verdict(plan: Plan, told: _Gathered, lexicon: Lexicon) -> Iterator[Item]:
    """What must not be missed stands first: how many firms change, what stops some, what guardrails say."""
    if plan.is_empty:
        yield from stopped_item(plan)
        yield from vanished_items(plan.vanished)
        yield from _nothing(plan)
        return
    first, *others = _headlines(plan, told, lexicon)
    yield first
    yield from stopped_item(plan)
    guarded = [*guardrail_items(plan, told.guardrails, told.firms, lexicon)]
    yield from [*guarded, *others] if plan.guardrails else [*others, *guarded]
    yield from told.findings.warnings_item()
    yield from vanished_items(plan.vanished)


def unnoticed_items(plan: Plan, *, differing: bool) -> Iterator[Item]:
    """What is to be said where no sample client notices anything; `differing`: not only ids change."""
    if plan.is_empty:
        yield from _nothing(plan)
    elif differing:
        # Someone may all the same: no sample client has, say, a job of every pipeline.
        yield Item(Tone.NOTE, phrase("plan.no_sample_notices"))
    else:
        yield Item(Tone.GOOD, phrase("plan.nobody_notices"))


def _nothing(plan: Plan) -> Iterator[Item]:
    if plan.is_quiet:
        yield Item(Tone.GOOD, counted("plan.no_changes", plan.considered))
    elif plan.unchanged:
        yield Item(Tone.NOTE, counted("plan.unchanged", len(plan.unchanged)))
    yield from partial_items(plan)


def _headlines(plan: Plan, told: _Gathered, lexicon: Lexicon) -> Iterator[Item]:
    yield from _firms_change(plan, told)
    yield from back_item(told.back)
    if told.narrowed:
        yield Item(Tone.NOTE, counted("plan.narrowed", told.narrowed))
    yield from released_item(told.released)
    yield from partial_items(plan)
    if not told.news:
        yield from unnoticed_items(plan, differing=told.differing)
    yield from told.renames.items(lexicon)
    yield from headline_items(told.headlines.ranked(), lexicon)
    if told.news and all(each.day for each in told.news):
        first = min(each.happens.since for each in told.news)
        yield Item(Tone.NOTE, phrase("plan.first_later", at=firms_moment(first, told.noticed)))
    if told.unseen:
        yield Item(Tone.NOTE, unseen_moments(told.unseen))


def _firms_change(plan: Plan, told: _Gathered) -> Iterator[Item]:
    """Whose portals change, and how many firms are in the plan besides: both are summed up at its end."""
    if told.changed and plan.considered == 1:
        yield Item(Tone.NOTE, phrase("plan.firm_changes"))
    elif told.changed:
        yield Item(Tone.NOTE, counted("plan.firms_change", told.changed, of=plan.considered))
    if managed := len(told.firms) - told.changed - len(told.released):
        yield Item(Tone.NOTE, counted("plan.managed_differently", managed))


def partial_items(plan: Plan) -> Iterator[Item]:
    """How many firms it says nothing of."""
    if plan.left_out:
        yield Item(Tone.NOTE, counted("plan.partial", plan.left_out))
