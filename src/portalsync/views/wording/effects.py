"""Effects -> items: the same news stands once, with its places and its firms."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from os.path import commonprefix

from portalsync.catalog.profile import NAME
from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase, quoted
from portalsync.model.edit import ABSENT
from portalsync.model.effect import Effect, EffectKind, Reading
from portalsync.model.news import LEADS, MOST_HEADLINES, News, news_of, verb
from portalsync.model.page import Place
from portalsync.model.plan import FirmPlan
from portalsync.moments import common_zone, moment
from portalsync.views.report import SHOWN_FIRMS, Item, Section, Tone

TONES = {
    EffectKind.DISAPPEARS: Tone.REMOVE,
    EffectKind.APPEARS: Tone.ADD,
    EffectKind.CHANGES: Tone.CHANGE,
    EffectKind.MOVES: Tone.CHANGE,
}
_LEAD = 100
"""Characters that stand before the first difference of two long texts."""


def effect_sections(firms: Iterable[FirmPlan], lexicon: Lexicon) -> Iterator[Section]:
    """What clients notice now, and then from each later moment on."""
    news = news_of(firms)
    for since in sorted({each.effect.since for each in news}):
        told = [each for each in news if each.effect.since == since]
        title: Text = phrase("plan.effects")
        if since:
            concerned = [firm for each in told for firm in each.firms]
            title = phrase("plan.effects_from", at=firms_moment(since, concerned))
        yield Section(title, tuple(_item(each, lexicon) for each in told))


def firms_moment(since: str, firms: Iterable[FirmPlan]) -> Text:
    """An ISO instant as these firms' clocks say it."""
    at = datetime.fromisoformat(since)
    return moment(at, common_zone(at, (firm.time_zone for firm in firms)))


def headlines(firms: Iterable[FirmPlan], lexicon: Lexicon) -> Iterator[Item]:
    """The weightiest news in one line each: what most clients lose; if none do, what they get. A
    link that leads elsewhere is always told: it is the one change that can rob a client.
    """
    news = news_of(firms, whole=False)
    told = next(
        filter(None, ([each for each in news if each.effect.kind is kind] for kind in EffectKind)), []
    )
    ranked = sorted(told, key=lambda each: -each.clients)
    for each in ranked[:MOST_HEADLINES]:
        yield Item(TONES[each.effect.kind], _headline(each, lexicon))
    if len(ranked) > MOST_HEADLINES:
        more = counted("plan.more_news", len(ranked) - MOST_HEADLINES)
        yield Item(TONES[ranked[0].effect.kind], more)
    for each in news:
        if verb(each.effect) == LEADS and each not in ranked[:MOST_HEADLINES]:
            yield Item(Tone.CHANGE, _headline(each, lexicon))


def _headline(news: News, lexicon: Lexicon) -> Text:
    return counted(
        f"plan.headline.{verb(news.effect)}",
        news.clients,
        label=_label(news.effect, lexicon),
        surface=phrase(f"places.{news.effect.place.surface}"),
    )


def _item(news: News, lexicon: Lexicon) -> Item:
    text = phrase(
        f"plan.effect.{verb(news.effect)}",
        places=_places(news.places, lexicon),
        label=_label(news.effect, lexicon),
        reach=_reach(news),
    )
    quotes = tuple(_quotes(news.effect, lexicon))
    return Item(TONES[news.effect.kind], text, quotes, (firm_names(news.firms),))


def _label(effect: Effect, lexicon: Lexicon) -> Text:
    labels = dict.fromkeys(effect.labels[locale] for locale in _locales(effect.labels, lexicon))
    return joined([quoted(label) for label in labels], " / ")


def _locales(known: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The reader's language first, whatever order a plan has them in."""
    return sorted(known, key=lambda locale: (locale != lexicon.locale, locale))


def _places(places: Sequence[Place], lexicon: Lexicon) -> str:
    surfaces: dict[str, list[str]] = {}
    for place in places:
        surfaces.setdefault(place.surface, []).append(lexicon(f"places.{place.page}"))
    told = [
        lexicon("plan.place", surface=lexicon(f"places.{surface}"), pages=_list(pages, lexicon))
        for surface, pages in surfaces.items()
    ]
    text = "; ".join(told)
    return text[:1].upper() + text[1:]


def _list(words: Sequence[str], lexicon: Lexicon) -> str:
    *most, last = words
    return lexicon("plan.and", most=", ".join(most), last=last) if most else last


def _reach(news: News) -> Text:
    if not news.everyone:
        return counted("plan.reach.some", news.clients)
    whole = news.clients == sum(firm.clients for firm in news.firms)
    return counted("plan.reach.all" if whole else "plan.reach.these", news.clients)


def _quotes(effect: Effect, lexicon: Lexicon) -> Iterator[tuple[Text, Foreign]]:
    """What stands there, language by language; a part that all languages share stands once."""
    seen: set[Reading] = set()
    several = len(effect.readings) > 1
    for locale in _locales(effect.readings, lexicon):
        for reading in effect.readings[locale]:
            shared = all(reading in others for others in effect.readings.values())
            if reading in seen or _is_in_the_line(effect, reading.what):
                continue
            seen.update({reading} if shared else ())
            tag = f" ({locale})" if several and not shared else ""
            what = (phrase(f"plan.parts.{reading.what}"), tag)
            if effect.kind is not EffectKind.CHANGES:
                yield what, _text(reading.after or reading.before)
                continue
            before, after = _where_they_part(reading.before, reading.after)
            yield phrase("plan.before", what=what), _text(before)
            yield phrase("plan.after", what=what), _text(after)


def _where_they_part(before: str, after: str) -> tuple[str, str]:
    """Both without most of a long beginning that they share: formats cut quotations at their end."""
    start = len(commonprefix([before, after])) - _LEAD  # noqa: RUF071 - texts, no paths
    return (before, after) if start < _LEAD else (f"…{before[start:]}", f"…{after[start:]}")


def _is_in_the_line(effect: Effect, what: str) -> bool:
    """Whether the line itself says it: the label, and the title of what comes or goes."""
    return what == "label" or (what == "title" and effect.kind is not EffectKind.CHANGES)


def _text(text: str) -> Foreign:
    lines = [line.strip() for line in text.split("\n")]
    return Foreign("\n".join(line for line in lines if line) or "–")


def firm_names(firms: Sequence[FirmPlan]) -> Text:
    """The firm, or the first of several and how many more there are."""
    names = joined(_firm_name(firm) for firm in firms[:SHOWN_FIRMS])
    if len(firms) == 1:
        return names
    rest = len(firms) - SHOWN_FIRMS
    same = phrase("plan.same_in", n=len(firms), firms=names)
    return (same, counted("plan.more_firms", rest)) if rest > 0 else same


def _firm_name(firm: FirmPlan) -> Foreign:
    """The name; with the id where the name itself changes, for a firm may not pass for another."""
    renamed = any(edit.path == NAME.path and edit.before is not ABSENT for edit in firm.edits)
    return Foreign(f"{firm.name} ({firm.id})" if renamed else firm.name)
