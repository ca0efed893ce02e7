"""What weighs most in a plan, in one line each."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Lexicon, Text, counted, how_many, joined
from portalsync.model.headlines import MOST_HEADLINES, Headline
from portalsync.model.news import LEADS, Version
from portalsync.views.report import Item
from portalsync.views.wording.effects import TONES, label_wording, surfaces_wording
from portalsync.views.wording.firms import period


def headline_items(ranked: Sequence[Headline], lexicon: Lexicon) -> Iterator[Item]:
    """What most clients lose; if none do, what they get. A link that leads elsewhere is always told: it is
    the one change that can rob a client.
    """
    weightiest = [each for each in ranked if each.happens.kind is ranked[0].happens.kind]
    most = how_many(len(weightiest), MOST_HEADLINES)
    first, rest = weightiest[:most], weightiest[most:]
    yield from (_headline(each, lexicon) for each in first)
    if rest:
        yield Item(TONES[rest[0].happens.kind], counted("plan.more_news", len(rest)))
    yield from (_headline(each, lexicon) for each in ranked if each.verb == LEADS and each not in first)


def _headline(headline: Headline, lexicon: Lexicon) -> Item:
    label = label_wording(headline.labels, lexicon)
    lasts = period(headline.happens, [headline.firm]) if len(headline.spans) == 1 else ""
    return Item(TONES[headline.happens.kind], headline_wording(headline, label, lexicon, lasts))


def headline_wording(news: Headline | Version, label: Text, lexicon: Lexicon, lasts: Text = "") -> Text:
    """How many clients lose, get or read something differently, on which devices, and for how long."""
    clients = counted(f"plan.clients.{'most' if news.at_most else 'exact'}", news.clients)
    surface = joined(filter(None, (surfaces_wording(news.places, lexicon), lasts)), " ")
    return counted(f"plan.headline.{news.verb}", news.clients, clients=clients, label=label, surface=surface)
