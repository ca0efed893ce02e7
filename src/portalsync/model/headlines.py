"""What weighs most of a plan: how many clients lose, get or read something, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalsync.model.effect import Effect, Happening, happening
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import verb
from portalsync.model.remembered import Remembered

MOST_HEADLINES = 3
"""So many of the news stand at the top of what is told."""


@dataclass(slots=True)
class Headline:
    """How many clients notice something of a block on a surface; `happens` where it does first."""

    verb: str
    labels: Mapping[str, str]
    happens: Happening
    clients: int = 0
    at_most: bool = False
    """Whether it may be fewer clients."""


@dataclass
class Headlines:
    """Takes the parts of a plan, each once: what happens, whatever it says and from whenever on."""

    _known: dict[str, Headline] = field(default_factory=dict)
    _keys: Remembered[Effect, str] = field(default_factory=lambda: Remembered(_headline_key))

    def take(self, part: FirmPlan) -> None:
        most: dict[str, int] = {}
        for reach in part.effects:
            key = self._keys(reach.effect)
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = _headline(reach.effect)
            known.at_most = known.at_most or reach.may_be_fewer
            most[key] = max(most.get(key, 0), reach.clients)
        for key, clients in most.items():
            self._known[key].clients += clients

    def ranked(self) -> list[Headline]:
        """Removals first; then by the number of clients."""
        return sorted(self._known.values(), key=_rank)


def _headline_key(effect: Effect) -> str:
    """A text, whose hash is known: it is looked up for each effect of each firm."""
    return repr((verb(effect), sorted(effect.labels.items()), effect.place.surface))


def _headline(effect: Effect) -> Headline:
    return Headline(verb(effect), effect.labels, happening(effect))


def _rank(headline: Headline) -> tuple[int, int, str, str]:
    happens = headline.happens
    return happens.kind.rank, -headline.clients, happens.since, happens.block
