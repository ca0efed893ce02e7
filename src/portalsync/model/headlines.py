"""What weighs most of a plan: how many clients lose, get or read something, and where, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalsync.model.effect import Effect, Happening, Reach, happening, may_be_fewer, most_reached
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsFirm, there, verb
from portalsync.model.page import Place
from portalsync.model.remembered import Remembered

MOST_HEADLINES = 3
"""So many of the news stand at the top of what is told."""


@dataclass(slots=True)
class Headline:
    """How many clients notice something of a block, and at which places; `happens` is the first of it, in the
    `firm` that is the first.
    """

    verb: str
    labels: Mapping[str, str]
    happens: Happening
    firm: NewsFirm
    spans: set[tuple[str, str]] = field(default_factory=set)
    """From when on, and until when: days where the firm's clocks say midnight."""
    places: set[Place] = field(default_factory=set)
    clients: int = 0
    at_most: bool = False
    """Whether it may be fewer clients."""


@dataclass
class Headlines:
    """Takes the parts of a plan, each once: what happens, whatever it says, wherever and from whenever on."""

    _known: dict[str, Headline] = field(default_factory=dict)
    _keys: Remembered[Effect, str] = field(default_factory=lambda: Remembered(_headline_key))

    def take(self, part: FirmPlan) -> None:
        noticed: dict[str, list[Reach]] = {}
        for reach in part.effects:
            key = self._keys(reach.effect)
            noticed.setdefault(key, []).append(reach)
        for key, reached in noticed.items():
            if key not in self._known:
                self._known[key] = _headline(reached[0].effect, NewsFirm.of(part))
            known, zone = self._known[key], part.time_zone
            known.spans.update(
                (there(each.effect.since, zone), there(each.effect.until, zone)) for each in reached
            )
            known.places.update(each.effect.place for each in reached)
            known.clients += most_reached(reached)
            known.at_most = known.at_most or may_be_fewer(reached)

    def ranked(self) -> list[Headline]:
        """Removals first; then by the number of clients."""
        return sorted(self._known.values(), key=_rank)


def _headline_key(effect: Effect) -> str:
    """A text, whose hash is known: it is looked up for each effect of each firm."""
    return repr((verb(effect), sorted(effect.labels.items())))


def _headline(effect: Effect, firm: NewsFirm) -> Headline:
    return Headline(verb(effect), effect.labels, happening(effect), firm)


def _rank(headline: Headline) -> tuple[int, int, str, str]:
    happens = headline.happens
    return happens.kind.rank, -headline.clients, happens.since, happens.block
