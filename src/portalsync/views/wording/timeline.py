"""Timeline -> report: what comes by itself, day by day, and what was forgotten."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from portalsync.lexicon import Foreign, Lexicon, Phrase, Text, counted, phrase, quoted
from portalsync.model.effect import Reach
from portalsync.model.news import News, NewsDesk, NewsFirm
from portalsync.model.timeline import Clash, FirmTimeline, Gap, Leftover, TimedEntry, Timeline
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections, under
from portalsync.views.wording.firms import PlannedFirms, firms_moment

Warned = Mapping[Item, Sequence[NewsFirm]]
"""Each thing that was forgotten, with the firms in which it is the same."""


def word_timeline(timeline: Timeline, lexicon: Lexicon) -> Report:
    """What comes, what needs an apply first, and warnings, each thing once whatever firms it is about."""
    among = PlannedFirms([_named(firm) for firm in timeline.firms])
    certain = _news(timeline, lambda firm: firm.effects)
    pending = _news(timeline, lambda firm: firm.pending)
    leaving = _news(timeline, lambda firm: firm.leaving)
    warned = [
        ("gaps", _alike(timeline, lambda firm: map(partial(_gap, firm, lexicon), firm.gaps))),
        ("clashes", _alike(timeline, lambda firm: map(partial(_clash, firm, lexicon), firm.clashes))),
        ("leftovers", _alike(timeline, lambda firm: map(partial(_leftover, firm, lexicon), firm.leftovers))),
    ]
    return Report(
        title=_title(timeline),
        verdict=tuple(_verdict(timeline, [*certain, *pending, *leaving], len(pending), warned)),
        sections=(
            *effect_sections(certain, among, lexicon),
            *under("timeline.once_applied", effect_sections(pending, among, lexicon)),
            *under("timeline.unless_applied", effect_sections(leaving, among, lexicon)),
            *(_warnings(kind, found, among) for kind, found in warned if found),
        ),
    )


def _named(firm: FirmTimeline) -> NewsFirm:
    return NewsFirm(firm.id, firm.name, firm.clients, firm.time_zone)


def _news(timeline: Timeline, effects: Callable[[FirmTimeline], tuple[Reach, ...]]) -> Sequence[News]:
    desk = NewsDesk()
    for firm in timeline.firms:
        desk.take(replace(firm, effects=effects(firm)), _named(firm))
    return desk.news()


def _alike(timeline: Timeline, items: Callable[[FirmTimeline], Iterator[Item]]) -> Warned:
    found: dict[Item, list[NewsFirm]] = {}
    for firm in timeline.firms:
        for item in items(firm):
            found.setdefault(item, []).append(_named(firm))
    return found


def _title(timeline: Timeline) -> Phrase:
    at = moment(timeline.at)
    if not timeline.environment:
        return phrase("timeline.title.files", at=at)
    return phrase("timeline.title.portal", environment=Foreign(timeline.environment), at=at)


def _verdict(
    timeline: Timeline, news: Sequence[News], pending: int, warned: Sequence[tuple[str, Warned]]
) -> Iterator[Item]:
    if news:
        first = min(news, key=lambda each: each.happens.since)
        at = firms_moment(first.happens.since, first.firms)
        yield Item(Tone.NOTE, counted("timeline.coming", len(news), at=at))
    else:
        yield Item(Tone.GOOD, counted("timeline.nothing", len(timeline.firms)))
    if pending:
        yield Item(Tone.WARN, counted("timeline.pending", pending))
    for kind, found in warned:
        if found:
            yield Item(Tone.WARN, counted(f"timeline.{kind}", len(found)))


def _warnings(kind: str, found: Warned, among: PlannedFirms) -> Section:
    items = (replace(item, notes=(among.alike(firms),)) for item, firms in found.items())
    return Section(phrase(f"timeline.heading.{kind}"), tuple(items))


def _gap(firm: FirmTimeline, lexicon: Lexicon, gap: Gap) -> Item:
    text = phrase(
        "timeline.gap",
        ended=_title_of(gap.ended, lexicon),
        successor=_title_of(gap.successor, lexicon),
        since=moment(gap.since, firm.time_zone),
        until=moment(gap.until, firm.time_zone),
    )
    return Item(Tone.WARN, text, source=gap.ended.source)


def _clash(firm: FirmTimeline, lexicon: Lexicon, clash: Clash) -> Item:
    text = phrase(
        "timeline.clash",
        earlier=_title_of(clash.earlier, lexicon),
        later=_title_of(clash.later, lexicon),
        since=moment(clash.since, firm.time_zone),
        until=moment(clash.until, firm.time_zone),
    )
    return Item(Tone.WARN, text, source=clash.later.source)


def _leftover(firm: FirmTimeline, lexicon: Lexicon, leftover: Leftover) -> Item:
    since = moment(leftover.since, firm.time_zone)
    text = phrase("timeline.leftover", entry=_title_of(leftover.entry, lexicon), since=since)
    return Item(Tone.WARN, text, source=leftover.entry.source)


def _title_of(entry: TimedEntry, lexicon: Lexicon) -> Text:
    """In the reader's language, if it has that."""
    titles = entry.titles
    return quoted(titles.get(lexicon.locale) or next(iter(titles.values()), entry.path))
