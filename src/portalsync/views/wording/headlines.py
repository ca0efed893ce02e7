"""What weighs most in a plan, in one line each."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Lexicon, Text, counted, phrase
from portalsync.model.effect import Effect
from portalsync.model.news import LEADS, MOST_HEADLINES, verb
from portalsync.model.page import Place
from portalsync.views.report import Item
from portalsync.views.wording.effects import TONES, label_wording


def headline_items(ranked: Sequence[tuple[Effect, int]], lexicon: Lexicon) -> Iterator[Item]:
    """What most clients lose; if none do, what they get. A link that leads elsewhere is always told: it is
    the one change that can rob a client.
    """
    weightiest = [each for each in ranked if each[0].kind is ranked[0][0].kind]
    first, rest = weightiest[:MOST_HEADLINES], weightiest[MOST_HEADLINES:]
    yield from (_headline(*each, lexicon) for each in first)
    if rest:
        yield Item(TONES[rest[0][0].kind], counted("plan.more_news", len(rest)))
    yield from (_headline(*each, lexicon) for each in ranked if verb(each[0]) == LEADS and each not in first)


def _headline(effect: Effect, clients: int, lexicon: Lexicon) -> Item:
    label = label_wording(effect, lexicon)
    return Item(TONES[effect.kind], headline_wording(verb(effect), clients, label, effect.place))


def headline_wording(how: str, clients: int, label: Text, place: Place) -> Text:
    """How many clients lose, get or read something differently on the web or on the phone."""
    surface = phrase(f"places.{place.surface}")
    return counted(f"plan.headline.{how}", clients, label=label, surface=surface)
