"""What weighs most in a plan, in one line each."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Lexicon, Text, counted, phrase
from portalsync.model.headlines import MOST_HEADLINES, Headline
from portalsync.model.news import LEADS, Version
from portalsync.model.page import Place
from portalsync.views.report import Item
from portalsync.views.wording.effects import TONES, label_wording


def headline_items(ranked: Sequence[Headline], lexicon: Lexicon) -> Iterator[Item]:
    """What most clients lose; if none do, what they get. A link that leads elsewhere is always told: it is
    the one change that can rob a client.
    """
    weightiest = [each for each in ranked if each.happens.kind is ranked[0].happens.kind]
    first, rest = weightiest[:MOST_HEADLINES], weightiest[MOST_HEADLINES:]
    yield from (_headline(each, lexicon) for each in first)
    if rest:
        yield Item(TONES[rest[0].happens.kind], counted("plan.more_news", len(rest)))
    yield from (_headline(each, lexicon) for each in ranked if each.verb == LEADS and each not in first)


def _headline(headline: Headline, lexicon: Lexicon) -> Item:
    label = label_wording(headline.labels, lexicon)
    told = headline_wording(headline.verb, headline, label, headline.happens.place)
    return Item(TONES[headline.happens.kind], told)


def headline_wording(how: str, reach: Headline | Version, label: Text, place: Place) -> Text:
    """How many clients lose, get or read something differently on the web or on the phone."""
    clients = counted(f"plan.clients.{'most' if reach.at_most else 'exact'}", reach.clients)
    surface = phrase(f"places.{place.surface}")
    return counted(f"plan.headline.{how}", reach.clients, clients=clients, label=label, surface=surface)
