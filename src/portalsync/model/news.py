"""The same news told once: effects put together over places and firms, part by part of a plan."""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from portalsync.model.canonical import short_digest
from portalsync.model.effect import (
    Effect,
    EffectKind,
    Happening,
    Reach,
    Reading,
    Saying,
    happening,
    may_be_fewer,
    most_reached,
)
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON
from portalsync.model.page import PLACES, Place
from portalsync.model.remembered import Remembered
from portalsync.moments import begins_day

LEADS = "leads"
_ADDRESSES = ("href", "links")
_BITS = {place: 1 << index for index, place in enumerate(PLACES)}
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


Alike: TypeAlias = tuple[str, int]
"""Equal for news that are told alike: what is said, and at which places."""


@dataclass(frozen=True, slots=True)
class Version:
    """What is the same, letter by letter, in these firms; `happens`, `verb` and `effect` are those of the
    first that says so.
    """

    alike: Alike
    happens: Happening
    verb: str
    places: tuple[Place, ...]
    firms: tuple[NewsFirm, ...]
    clients: int
    _says: bytes
    at_most: bool = False
    """Whether it may be fewer clients."""

    @property
    def effect(self) -> Effect:
        """Made anew each time: what thousands of firms say in their own way is kept packed."""
        return self.happens.saying(_unpacked(self._says))


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
    def happens(self) -> Happening:
        return self.versions[0].happens

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


class Noticing(Protocol):
    """What clients of one firm notice: of a part of a plan, or of time alone."""

    @property
    def effects(self) -> tuple[Reach, ...]: ...
    @property
    def time_zone(self) -> str: ...


@dataclass
class Statements:
    """What the effects of parts say; an effect that parts share is read once."""

    _known: Remembered[Effect, tuple[str, int]] = field(default_factory=lambda: Remembered(_stated))

    def of(self, part: Noticing) -> Iterator[tuple[Alike, list[Reach]]]:
        """The effects of a part that say the same, with all places where they do."""
        stated: dict[str, list[Reach]] = {}
        places: dict[str, int] = {}
        for reach in part.effects:
            said, place = self._known(reach.effect)
            effect, zone = reach.effect, part.time_zone
            statement = f"{said} {there(effect.since, zone)} {there(effect.until, zone)}"
            stated.setdefault(statement, []).append(reach)
            places[statement] = places.get(statement, 0) | place
        return (((statement, places[statement]), reached) for statement, reached in stated.items())


@dataclass
class NewsDesk:
    """Takes the parts of a plan, or what clients notice besides, each once, and has the news when all went
    by; `brief` if nobody asks what is read there.
    """

    brief: bool = False
    _versions: "dict[Alike, _Growing]" = field(default_factory=dict)
    _statements: Statements = field(default_factory=Statements)

    def take(self, part: Noticing, firm: NewsFirm) -> None:
        for alike, reached in self._statements.of(part):
            growing = self._versions.get(alike)
            if growing is None:
                growing = self._versions[alike] = _Growing.of(reached[0].effect, brief=self.brief)
            growing.add(firm, reached)

    def news(self) -> list[News]:
        """By moment, then removals first, then what concerns most clients."""
        found: dict[Hashable, list[Version]] = {}
        for version in (growing.version(alike) for alike, growing in self._versions.items()):
            key = (_day(version), version.verb, _frozen(version.effect.labels), version.places)
            found.setdefault(key, []).append(version)
        return sorted(map(_news, found.values()), key=_weight)


@dataclass(slots=True)
class _Growing:
    happens: Happening
    verb: str
    says: bytes
    firms: list[NewsFirm] = field(default_factory=list)
    clients: int = 0
    at_most: bool = False

    @classmethod
    def of(cls, effect: Effect, *, brief: bool) -> "_Growing":
        return cls(happening(effect), verb(effect), _packed(effect.labels, {} if brief else effect.readings))

    def add(self, firm: NewsFirm, reached: list[Reach]) -> None:
        self.firms.append(firm)
        self.clients += most_reached(reached)
        self.at_most = self.at_most or may_be_fewer(reached)

    def version(self, alike: Alike) -> Version:
        places = tuple(place for index, place in enumerate(PLACES) if alike[1] >> index & 1)
        firms = tuple(self.firms)
        return Version(alike, self.happens, self.verb, places, firms, self.clients, self.says, self.at_most)


def news_of(parts: Iterable[FirmPlan]) -> list[News]:
    """Everything that clients notice, each thing once."""
    desk = NewsDesk()
    for part in parts:
        desk.take(part, NewsFirm.of(part))
    return desk.news()


def _stated(effect: Effect) -> tuple[str, int]:
    """What an effect says, whenever and of whichever firm, and a bit for its place. That a block is called
    otherwise where it stands at another place makes it no other news.
    """
    readings: JSON = {
        locale: [[each.what, each.before, each.after] for each in readings if each.what != _IN_THE_LABEL]
        for locale, readings in effect.readings.items()
    }
    statement = short_digest([effect.kind, dict(effect.labels), readings])
    return statement, _BITS[effect.place]


def _packed(labels: Mapping[str, str], readings: Mapping[str, Iterable[Reading]]) -> bytes:
    """A fraction of the objects' size; the codec takes five times as long."""
    texts = {key: [(each.what, each.before, each.after) for each in found] for key, found in readings.items()}
    return json.dumps([dict(labels), texts], ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpacked(says: bytes) -> Saying:
    labels, readings = json.loads(says.decode("utf-8", "surrogatepass"))
    return Saying(labels, {key: tuple(Reading(*each) for each in found) for key, found in readings.items()})


def _frozen(labels: Mapping[str, str]) -> Hashable:
    return tuple(sorted(labels.items()))


def _news(versions: list[Version]) -> News:
    versions.sort(key=lambda version: (-len(version.firms), -version.clients, version.firms[0].id))
    return News(versions[0].verb, _day(versions[0]), tuple(versions))


def _day(version: Version) -> str:
    """Firms in two time zones tell of the same day, though their midnights are two instants."""
    return there(version.happens.since, version.firms[0].time_zone)


@lru_cache(maxsize=4096)
def there(instant: str, zone: str) -> str:
    """The day that begins with an ISO instant in a time zone, else the instant; empty if it is."""
    if not instant:
        return ""
    at = datetime.fromisoformat(instant)
    return at.astimezone(ZoneInfo(zone)).date().isoformat() if begins_day(at, zone) else instant


def _weight(news: News) -> tuple[str, int, int, str]:
    return news.day, news.happens.kind.rank, -news.clients, news.happens.block


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
