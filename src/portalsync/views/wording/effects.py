"""What clients notice -> items: the same news stands once, with its places and its firms."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase, quoted
from portalsync.model.effect import Effect, EffectKind, Reading
from portalsync.model.news import News, NewsFirm, Version
from portalsync.model.page import PLACES, PageName, Place
from portalsync.views.report import Item, Made, Section, Tone, cut
from portalsync.views.wording.firms import PlannedFirms, firms_moment, period
from portalsync.views.wording.passages import Passage, passage, unseen

TONES = {
    EffectKind.DISAPPEARS: Tone.REMOVE,
    EffectKind.APPEARS: Tone.ADD,
    EffectKind.CHANGES: Tone.CHANGE,
    EffectKind.MOVES: Tone.CHANGE,
}
_EXAMPLES = "lines"
_PROSE = ("label", "title", "text", "markdown", _EXAMPLES)
_SHORT = 90
"""Characters of a part where several firms stand below one another, each with what it says."""


def effect_sections(news: Sequence[News], among: PlannedFirms, lexicon: Lexicon) -> Iterator[Section]:
    """What clients notice now, and then from each later day on."""
    for day, found in groupby(news, key=lambda each: each.day):
        yield _section(day, [*found], among, lexicon)


def under(key: str, sections: Iterable[Section]) -> Iterator[Section]:
    """The same, with a title that says more of each day."""
    return (replace(section, title=phrase(key, day=section.title)) for section in sections)


def _section(day: str, news: Sequence[News], among: PlannedFirms, lexicon: Lexicon) -> Section:
    title = phrase("plan.effects")
    if day:
        first = news[0].versions[0]
        zones = first.firms[:1] if "T" not in day else [firm for each in news for firm in each.firms]
        title = phrase("plan.effects_from", at=firms_moment(first.happens.since, zones))
    return Section(title, Made(lambda: (_item(each, among, lexicon) for each in news)))


def _item(news: News, among: PlannedFirms, lexicon: Lexicon) -> Item:
    effect = news.effect
    text = phrase(
        f"plan.effect.{news.verb}",
        places=capitalized(places_wording(news.places, lexicon)),
        label=label_wording(effect.labels, lexicon),
        reach=joined(filter(None, (_period(news), reach_wording(news))), " "),
    )
    if len(news.versions) > 1:
        return Item(TONES[effect.kind], text, notes=Made(lambda: _versions(news, among, lexicon)))
    quotes = tuple(_quotes(effect, lexicon))
    notes = (*_unseen(effect, lexicon), among.alike(news.firms))
    return Item(TONES[effect.kind], text, quotes, notes)


def _period(news: News) -> Text:
    """Where it is the same in all firms, on their own clocks."""
    periods = {period(version.happens, version.firms) for version in news.versions}
    return periods.pop() if len(periods) == 1 else ""


def _versions(news: News, among: PlannedFirms, lexicon: Lexicon) -> Iterator[Text]:
    """What it says in each firm, a line each; examples, which sample clients happen to have, are left out."""
    silent: list[NewsFirm] = []
    yield phrase("plan.each_its_own", n=len(news.firms))
    for version in news.versions:
        if says := _in_short(version.effect, lexicon):
            yield among.names(version.firms), ": ", says
        else:
            silent += version.firms
    if silent:
        yield among.names(silent)


def _in_short(effect: Effect, lexicon: Lexicon) -> Text:
    quotes = [
        (label, ": ", replace(value, text=cut(value.text, _SHORT, lexicon)))
        for label, value in _quotes(effect, lexicon, left_out=(_EXAMPLES,))
    ]
    return joined((*quotes, *_unseen(effect, lexicon)), "; ")


def label_wording(labels: Mapping[str, str], lexicon: Lexicon) -> Text:
    """What the block is called, in the languages of the clients that have it."""
    shown = dict.fromkeys(labels[locale] for locale in _locales(labels, lexicon))
    return joined([quoted(label) for label in shown], " / ")


def _locales(known: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The reader's language first, whatever order a plan has them in."""
    return sorted(known, key=lambda locale: (locale != lexicon.locale, locale))


def places_wording(places: Sequence[Place], lexicon: Lexicon) -> str:
    """The pages of each surface; the same pages of both stand once."""
    pages: dict[str, list[str]] = {}
    for place in places:
        pages.setdefault(place.surface, []).append(lexicon(f"places.{place.page}"))
    for names in pages.values():
        if len(names) == len(PageName):
            names[:] = [lexicon("places.every")]
    surfaces: dict[str, list[str]] = {}
    for surface, names in pages.items():
        surfaces.setdefault(_list(names, lexicon), []).append(lexicon(f"places.{surface}"))
    return "; ".join(
        lexicon("plan.place", surface=_list(names, lexicon), pages=on_them)
        for on_them, names in surfaces.items()
    )


def surfaces_wording(places: Container[Place], lexicon: Lexicon) -> str:
    """The devices on which these pages are."""
    surfaces = dict.fromkeys(place.surface for place in PLACES if place in places)
    return _list([lexicon(f"places.{surface}") for surface in surfaces], lexicon)


def capitalized(text: str) -> str:
    """As the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _list(names: Sequence[str], lexicon: Lexicon) -> str:
    *most, last = names
    return lexicon("plan.and", most=", ".join(most), last=last) if most else last


def reach_wording(news: News | Version) -> Text:
    """How many clients, and whether that is all there are."""
    if news.at_most:
        return counted("plan.reach.some", news.clients)
    whole = news.clients == sum(firm.clients for firm in news.firms)
    return counted("plan.reach.all" if whole else "plan.reach.these", news.clients)


def _quotes(
    effect: Effect, lexicon: Lexicon, left_out: Container[str] = ()
) -> Iterator[tuple[Text, Foreign]]:
    """What stands there; of a text that changes, the passage."""
    for what, reading in _shown_readings(effect, lexicon):
        if reading.what in left_out:
            continue
        if effect.kind is not EffectKind.CHANGES:
            yield what, _text(reading.after or reading.before)
        elif shown := _passage(reading):
            yield phrase("plan.before", what=what), _text(shown.before)
            yield phrase("plan.after", what=what), _text(shown.after)


def _passage(reading: Reading) -> Passage | None:
    """What differs of a text; of anything else, all of it. None if nobody sees a difference."""
    if reading.what not in _PROSE:
        return Passage(reading.before, reading.after)
    shown = passage(reading.before, reading.after)
    return None if _text(shown.before) == _text(shown.after) else shown


def _unseen(effect: Effect, lexicon: Lexicon) -> Iterator[Text]:
    """What an eye might miss of a text that changes."""
    if effect.kind is EffectKind.CHANGES:
        for what, reading in _shown_readings(effect, lexicon):
            difference = unseen(reading.before, reading.after)
            if difference and reading.what in _PROSE:
                yield what, ": ", difference


def _shown_readings(effect: Effect, lexicon: Lexicon) -> Iterator[tuple[Text, Reading]]:
    """Language by language; a part that all languages share stands once."""
    seen: set[Reading] = set()
    several = len(effect.readings) > 1
    for locale in _locales(effect.readings, lexicon):
        for reading in effect.readings[locale]:
            shared = all(reading in others for others in effect.readings.values())
            if reading in seen or _is_in_the_line(effect, reading.what):
                continue
            seen.update({reading} if shared else ())
            tag = f" ({locale})" if several and not shared else ""
            yield (phrase(f"plan.parts.{reading.what}"), tag), reading


def _is_in_the_line(effect: Effect, what: str) -> bool:
    """Whether the line itself says it: the label, and the title of what comes or goes."""
    return what == "label" or (what == "title" and effect.kind is not EffectKind.CHANGES)


def _text(text: str) -> Foreign:
    lines = [line.strip() for line in text.split("\n")]
    return Foreign("\n".join(line for line in lines if line) or "–")
