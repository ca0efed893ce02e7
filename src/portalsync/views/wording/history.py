"""A firm's past -> report: who did what when, and what clients noticed of it."""

from collections.abc import Iterator

from portalsync.catalog.naming import settings_name, unit_of
from portalsync.lexicon import Foreign, Lexicon, Text, counted, first_of, phrase
from portalsync.living.history import Between, FirmHistory, Generation
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.headlines import Headlines
from portalsync.model.news import NewsDesk, NewsFirm
from portalsync.model.plan_name import SHORT, origins_in, short_digest
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections
from portalsync.views.wording.firms import PlannedFirms
from portalsync.views.wording.headlines import headline_items
from portalsync.views.wording.released import claim_names
from portalsync.views.wording.settings import SettingsDesk
from portalsync.wire import Origin

_MOST_NAMED = 4
"""Settings that one generation names; `--diff` tells all of them, with their values."""


def word_history(history: FirmHistory, lexicon: Lexicon) -> Report:
    """Generation by generation, newest first."""
    first, last = history.generations[0], history.generations[-1]
    return Report(
        title=phrase(
            "history.title", firm=Foreign(first.part.name), environment=Foreign(history.environment)
        ),
        verdict=(Item(Tone.NOTE, phrase("history.live", generation=first.entry.generation)),),
        sections=tuple(_section(each, lexicon) for each in history.generations),
        foot=tuple(_foot(history, last.entry.generation, first.entry.generation)),
    )


def _foot(history: FirmHistory, oldest: int, live: int) -> Iterator[Text]:
    if live > 1:
        typed = f"portalsync history {history.firm} --diff {live - 1} {live} --env {history.environment}"
        yield phrase("history.more", typed=typed)
    if oldest > 1:
        yield counted("history.older", oldest - 1)


def _section(generation: Generation, lexicon: Lexicon) -> Section:
    return Section(_title(generation), tuple(_items(generation, lexicon)))


def _title(generation: Generation) -> Text:
    entry, back_to = generation.entry, origins_in(generation.entry.plan).back_to
    kind = "back" if entry.origin is Origin.PLAN and back_to else str(entry.origin)
    return phrase(
        f"history.generation.{kind}",
        generation=entry.generation,
        at=moment(entry.at, generation.part.time_zone),
        actor=Foreign(entry.actor),
        back=back_to,
    )


def _items(generation: Generation, lexicon: Lexicon) -> Iterator[Item]:
    part = generation.part
    if part.changes:
        yield from _noticed(part, lexicon)
        names = (
            settings_name(unit, lexicon) for unit in dict.fromkeys(unit_of(each.path) for each in part.edits)
        )
        yield Item(Tone.NOTE, phrase("history.settings", names=first_of([*names], _MOST_NAMED)))
    elif generation.entry.writes:
        yield Item(Tone.NOTE, phrase("history.unknown"))
    elif generation.entry.origin is not Origin.SEED:
        yield Item(Tone.NOTE, phrase("history.claims"))
    yield from (Item(Tone.NOTE, line) for line in _by(generation.entry.plan))


def _noticed(part: FirmPlan, lexicon: Lexicon) -> Iterator[Item]:
    headlines = Headlines()
    headlines.take(part)
    if part.effects:
        yield from headline_items(headlines.ranked(), lexicon)
    else:
        yield Item(Tone.GOOD, phrase("history.nobody"))


def _by(plan: str) -> Iterator[Text]:
    digest = short_digest(plan)
    if not digest:
        return
    commit = origins_in(plan).commit
    kind = "commit" if commit else "plan"
    yield phrase(f"history.by.{kind}", plan=Foreign(digest), commit=commit[:SHORT])


def word_difference(difference: Between, lexicon: Lexicon) -> Report:
    """All that is different, in clients' words and setting by setting."""
    part = difference.part
    named = Foreign(part.name)
    return Report(
        title=phrase(
            "history.difference",
            firm=named,
            environment=Foreign(difference.environment),
            before=difference.before,
            after=difference.after,
        ),
        verdict=tuple(_verdict(part, lexicon)),
        sections=tuple(_differences(part, lexicon)),
    )


def _verdict(part: FirmPlan, lexicon: Lexicon) -> Iterator[Item]:
    if part.changes:
        yield from _noticed(part, lexicon)
    else:
        yield Item(Tone.GOOD, phrase("history.same"))


def _differences(part: FirmPlan, lexicon: Lexicon) -> Iterator[Section]:
    firm = NewsFirm.of(part)
    news, settings, among = NewsDesk(), SettingsDesk(), PlannedFirms([firm])
    news.take(part, firm)
    settings.take(part, firm)
    yield from effect_sections(news.news(), among, lexicon)
    yield from settings.sections(among, lexicon)
    claims = {"adopted": part.adopts, "released": part.releases}
    items = [
        Item(Tone.NOTE, phrase(f"history.{kind}", names=claim_names(paths, lexicon)))
        for kind, paths in claims.items()
        if paths
    ]
    if items:
        yield Section(phrase("plan.rest"), tuple(items))
