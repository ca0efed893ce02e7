"""What weighs most in a plan, in one line each."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Lexicon, Text, counted, phrase
from portalsync.model.effect import Reach
from portalsync.model.news import LEADS, MOST_HEADLINES, Version, verb
from portalsync.model.page import Place
from portalsync.views.report import Item
from portalsync.views.wording.effects import TONES, label_wording


def headline_items(ranked: Sequence[Reach], lexicon: Lexicon) -> Iterator[Item]:
    """What most clients lose; if none do, what they get. A link that leads elsewhere is always told: it is
    the one change that can rob a client.
    """
    weightiest = [each for each in ranked if each.effect.kind is ranked[0].effect.kind]
    first, rest = weightiest[:MOST_HEADLINES], weightiest[MOST_HEADLINES:]
    yield from (_headline(each, lexicon) for each in first)
    if rest:
        yield Item(TONES[rest[0].effect.kind], counted("plan.more_news", len(rest)))
    yield from (
        _headline(each, lexicon) for each in ranked if verb(each.effect) == LEADS and each not in first
    )


def _headline(reach: Reach, lexicon: Lexicon) -> Item:
    effect = reach.effect
    label = label_wording(effect, lexicon)
    told = headline_wording(verb(effect), reach, label, effect.place)
    return Item(TONES[effect.kind], told)


def headline_wording(how: str, reach: Reach | Version, label: Text, place: Place) -> Text:
    """How many clients lose, get or read something differently on the web or on the phone."""
    clients = counted(f"plan.clients.{'most' if reach.at_most else 'exact'}", reach.clients)
    surface = phrase(f"places.{place.surface}")
    return counted(f"plan.headline.{how}", reach.clients, clients=clients, label=label, surface=surface)
