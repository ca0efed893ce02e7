"""Timeline -> report: what comes by itself, day by day, and what was forgotten."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter

from portalsync.lexicon import Foreign, Lexicon, Phrase, Text, counted, phrase, quoted
from portalsync.model.effect import Reach
from portalsync.model.news import News, NewsDesk, NewsFirm
from portalsync.model.timeline import Clash, FirmTimeline, Gap, Leftover, TimedEntry, Timeline
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections, under
from portalsync.views.wording.firms import PlannedFirms, firms_moment, last_of
from portalsync.views.wording.names import first_names

Warned = Mapping[Item, Sequence[NewsFirm]]
"""Each thing that was forgotten, with the firms in which it is the same."""


def word_timeline(timeline: Timeline, lexicon: Lexicon) -> Report:
    """What comes, what needs an apply first, and warnings, each thing once whatever firms it is about."""
    coming, warned = _Coming(timeline), _warned(timeline, lexicon)
    return Report(
        title=_title(timeline),
        verdict=tuple(_verdict(timeline, coming, warned)),
        sections=(*coming.sections(lexicon), *_warnings(warned, _among(timeline))),
    )


def coming_sections(timeline: Timeline, lexicon: Lexicon) -> Iterator[Section]:
    """What comes, day by day."""
    return _Coming(timeline).sections(lexicon)


def warning_sections(timeline: Timeline, lexicon: Lexicon) -> Iterator[Section]:
    """Gaps, clashes, leftovers."""
    return _warnings(_warned(timeline, lexicon), _among(timeline))


@dataclass(frozen=True)
class _Coming:
    """News of what comes: for certain, once the files are applied, unless they are."""

    timeline: Timeline

    @cached_property
    def certain(self) -> Sequence[News]:
        return _news(self.timeline, lambda firm: firm.effects)

    @cached_property
    def pending(self) -> Sequence[News]:
        return _news(self.timeline, lambda firm: firm.pending)

    @cached_property
    def leaving(self) -> Sequence[News]:
        return _news(self.timeline, lambda firm: firm.leaving)

    @property
    def all(self) -> Sequence[News]:
        return [*self.certain, *self.pending, *self.leaving]

    def sections(self, lexicon: Lexicon) -> Iterator[Section]:
        """By day; on the same one what is certain comes first."""
        among = _among(self.timeline)
        certain = effect_sections(self.certain, among, lexicon)
        pending = under("timeline.once_applied", effect_sections(self.pending, among, lexicon))
        leaving = under("timeline.unless_applied", effect_sections(self.leaving, among, lexicon))
        dated = (
            *zip(_days(self.certain), certain, strict=True),
            *zip(_days(self.pending), pending, strict=True),
            *zip(_days(self.leaving), leaving, strict=True),
        )
        return (section for _, section in sorted(dated, key=itemgetter(0)))


def _days(news: Sequence[News]) -> list[str]:
    """As `effect_sections` has them."""
    return [day for day, _ in groupby(news, key=lambda each: each.day)]


def _among(timeline: Timeline) -> PlannedFirms:
    return PlannedFirms([_named(firm) for firm in timeline.firms])


def _warned(timeline: Timeline, lexicon: Lexicon) -> Mapping[str, Warned]:
    found = {
        "gaps": _alike(timeline, lambda firm: map(partial(_gap, firm, lexicon), firm.gaps)),
        "clashes": _alike(timeline, lambda firm: map(partial(_clash, firm, lexicon), firm.clashes)),
        "leftovers": _alike(timeline, lambda firm: map(partial(_leftover, firm, lexicon), firm.leftovers)),
    }
    return {kind: some for kind, some in found.items() if some}


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
    at, environment = moment(timeline.at), Foreign(timeline.environment)
    title = phrase("timeline.title.files", at=at)
    if timeline.environment:
        title = phrase("timeline.title.portal", environment=environment, at=at)
    return counted("timeline.title.within", timeline.days, title=title) if timeline.days else title


def _verdict(timeline: Timeline, coming: _Coming, warned: Mapping[str, Warned]) -> Iterator[Item]:
    if news := coming.all:
        first = min(news, key=lambda each: each.happens.since)
        at = firms_moment(first.happens.since, first.firms)
        yield Item(Tone.NOTE, counted("timeline.coming", len(news), at=at))
    else:
        yield Item(Tone.GOOD, counted("timeline.nothing", len(timeline.firms)))
    if timeline.unknown:
        firms = first_names(timeline.unknown)
        yield Item(Tone.WARN, counted("timeline.unknown", len(timeline.unknown), firms=firms))
    if coming.pending:
        yield Item(Tone.WARN, counted("timeline.pending", len(coming.pending)))
    for kind, found in warned.items():
        yield Item(Tone.WARN, counted(f"timeline.{kind}", len(found)))


def _warnings(warned: Mapping[str, Warned], among: PlannedFirms) -> Iterator[Section]:
    for kind, found in warned.items():
        items = (replace(item, notes=(among.alike(firms),)) for item, firms in found.items())
        yield Section(phrase(f"timeline.heading.{kind}"), tuple(items))


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
        when=_span(clash, firm.time_zone),
    )
    return Item(Tone.WARN, text, source=clash.later.source)


def _span(clash: Clash, zone: str) -> Text:
    first = moment(clash.since, zone) if clash.since else ""
    last = last_of(moment(clash.until, zone)) if clash.until else ""
    if first and last:
        return phrase(
            "timeline.span.on" if first == last else "timeline.span.from_to", first=first, last=last
        )
    if first:
        return phrase("timeline.span.since", first=first)
    return phrase("timeline.span.until", last=last) if last else phrase("timeline.span.always")


def _leftover(firm: FirmTimeline, lexicon: Lexicon, leftover: Leftover) -> Item:
    since = moment(leftover.since, firm.time_zone)
    text = phrase("timeline.leftover", entry=_title_of(leftover.entry, lexicon), since=since)
    return Item(Tone.WARN, text, source=leftover.entry.source)


def _title_of(entry: TimedEntry, lexicon: Lexicon) -> Text:
    """In the reader's language, if it has that."""
    titles = entry.titles
    return quoted(titles.get(lexicon.locale) or next(iter(titles.values()), entry.path))
