"""The same news told once: effects put together over places and firms, part by part of a plan."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.page import PLACES, Place
from portalsync.model.plan import FirmPlan
from portalsync.model.remembered import Remembered

LEADS = "leads"
MOST_HEADLINES = 3
"""So many of the news stand at the top of what is told."""
_ADDRESSES = ("href", "links")
_IN_THE_LABEL = "label"
"""The part that says what the block is called, which is told with each effect anyway."""


@dataclass(frozen=True, slots=True)
class NewsFirm:
    """A firm as news name it: what is left of its part."""

    id: str
    name: str
    clients: int
    time_zone: str

    @classmethod
    def of(cls, firm: FirmPlan) -> "NewsFirm":
        return cls(firm.id, firm.name, firm.clients, firm.time_zone)


@dataclass(frozen=True)
class Version:
    """What is the same, letter by letter, in these firms. `effects` are all that say so, each with its
    firm's id; `effect` is the first.
    """

    effect: Effect
    effects: tuple[tuple[str, Effect], ...]
    places: tuple[Place, ...]
    firms: tuple[NewsFirm, ...]
    clients: int
    at_most: bool = False
    """Whether it may be fewer clients."""


@dataclass(frozen=True)
class News:
    """What happens at one block, at these places, from one moment on: in some firms alike, or in each in its
    own way. `day` is that moment where firms' clocks say midnight, else the instant; empty for now.
    """

    verb: str
    day: str
    versions: tuple[Version, ...]

    @property
    def effect(self) -> Effect:
        return self.versions[0].effect

    @property
    def places(self) -> tuple[Place, ...]:
        return self.versions[0].places

    @property
    def firms(self) -> tuple[NewsFirm, ...]:
        return tuple(firm for version in self.versions for firm in version.firms)

    @property
    def clients(self) -> int:
        return sum(version.clients for version in self.versions)

    @property
    def at_most(self) -> bool:
        return any(version.at_most for version in self.versions)


@dataclass
class NewsDesk:
    """Takes the parts of a plan, each once, and has the news when all went by."""

    _versions: "dict[Hashable, _Growing]" = field(default_factory=dict)
    _statements: Remembered[Effect, Hashable] = field(default_factory=lambda: Remembered(_statement))

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        alike: dict[Hashable, list[Reach]] = {}
        for reach in part.effects:
            alike.setdefault(self._statements(reach.effect), []).append(reach)
        for statement, reached in alike.items():
            places = tuple(sorted({each.effect.place for each in reached}, key=PLACES.index))
            self._versions.setdefault((statement, places), _Growing(places)).add(firm, reached)

    def news(self) -> list[News]:
        """By moment, then removals first, then what concerns most clients."""
        found: dict[Hashable, list[Version]] = {}
        for version in (growing.version() for growing in self._versions.values()):
            labels = _frozen(version.effect.labels)
            key = (_day(version), verb(version.effect), labels, version.places)
            found.setdefault(key, []).append(version)
        return sorted(map(_news, found.values()), key=_weight)


@dataclass
class _Growing:
    places: tuple[Place, ...]
    effects: list[tuple[str, Effect]] = field(default_factory=list)
    firms: list[NewsFirm] = field(default_factory=list)
    clients: int = 0
    at_most: bool = False

    def add(self, firm: NewsFirm, reached: list[Reach]) -> None:
        self.effects += [(firm.id, each.effect) for each in reached]
        self.firms.append(firm)
        self.clients += max(each.clients for each in reached)
        self.at_most |= any(each.may_be_fewer for each in reached)

    def version(self) -> Version:
        effects = tuple(self.effects)
        firms = tuple(self.firms)
        return Version(effects[0][1], effects, self.places, firms, self.clients, self.at_most)


def news_of(parts: Iterable[FirmPlan]) -> list[News]:
    """Everything that clients notice, each thing once."""
    desk = NewsDesk()
    for part in parts:
        desk.take(part, NewsFirm.of(part))
    return desk.news()


def _statement(effect: Effect) -> Hashable:
    """What an effect says, wherever and of which firm. That a block is called otherwise where it stands at
    another place makes it no other news.
    """
    readings = tuple(
        (locale, tuple(reading for reading in effect.readings[locale] if reading.what != _IN_THE_LABEL))
        for locale in sorted(effect.readings)
    )
    return effect.kind, _frozen(effect.labels), readings, effect.since


def _frozen(labels: Mapping[str, str]) -> Hashable:
    return tuple(sorted(labels.items()))


def _news(versions: list[Version]) -> News:
    versions.sort(key=lambda version: (-len(version.firms), -version.clients, version.firms[0].id))
    return News(verb(versions[0].effect), _day(versions[0]), tuple(versions))


def _day(version: Version) -> str:
    """Firms in two time zones tell of the same day, though their midnights are two instants."""
    since = version.effect.since
    if not since:
        return ""
    there = datetime.fromisoformat(since).astimezone(ZoneInfo(version.firms[0].time_zone))
    return there.date().isoformat() if there.time() == time.min else since


def _weight(news: News) -> tuple[str, int, int, str]:
    return news.day, news.effect.kind.rank, -news.clients, news.effect.block


@dataclass
class Headlines:
    """How many clients notice something of a block on a surface, whatever it says and from whenever on."""

    _clients: dict[Hashable, int] = field(default_factory=dict)
    _effects: dict[Hashable, Effect] = field(default_factory=dict)
    _at_most: set[Hashable] = field(default_factory=set)
    _keys: Remembered[Effect, Hashable] = field(default_factory=lambda: Remembered(_headline))

    def take(self, part: FirmPlan) -> None:
        most: dict[Hashable, int] = {}
        for reach in part.effects:
            key = self._keys(reach.effect)
            most[key] = max(most.get(key, 0), reach.clients)
            self._effects.setdefault(key, reach.effect)
            if reach.may_be_fewer:
                self._at_most.add(key)
        for key, clients in most.items():
            self._clients[key] = self._clients.get(key, 0) + clients

    def ranked(self) -> list[Reach]:
        """Removals first; then by the number of clients."""
        found = (
            Reach(self._effects[key], clients, key in self._at_most) for key, clients in self._clients.items()
        )
        return sorted(found, key=_rank)


def _headline(effect: Effect) -> Hashable:
    return verb(effect), _frozen(effect.labels), effect.place.surface


def _rank(reach: Reach) -> tuple[int, int, str, str]:
    effect = reach.effect
    return effect.kind.rank, -reach.clients, effect.since, effect.block


def verb(effect: Effect) -> str:
    """How it is told; a link that leads elsewhere is no mere change of words, whatever else changes."""
    leads = effect.kind is EffectKind.CHANGES and any(map(_leads_elsewhere, _readings(effect)))
    return LEADS if leads else str(effect.kind)


def _readings(effect: Effect) -> Iterator[Reading]:
    return (reading for each in effect.readings.values() for reading in each)


def _leads_elsewhere(reading: Reading) -> bool:
    """Whether there is an address that was not there before; one that only goes leads nowhere."""
    return reading.what in _ADDRESSES and not {*reading.after.split("\n")} <= {
        *reading.before.split("\n"),
        "",
    }
