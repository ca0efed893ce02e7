"""Who can see differently: clients of one class find the same of a block, which is asked once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.catalog.profile import LOCALES
from portalsync.lexicon import LOCALES as SPOKEN
from portalsync.model.page import PLACES, Audience, Composition, Place, Situation
from portalsync.model.persona import Persona
from portalsync.model.remembered import Memory
from portalsync.portal.answers import Alike, Answers, answers_of, tags_in, traits
from portalsync.portal.compose import admitted, day_of
from portalsync.portal.layout import areas
from portalsync.portal.variants import readable

Class: TypeAlias = tuple[object, ...]


class HashedOnce:
    """A key that is looked up far more often than it is made."""

    __slots__ = ("_hash", "_parts")

    def __init__(self, parts: Class) -> None:
        self._parts, self._hash = parts, hash(parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HashedOnce) and self._parts == other._parts

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """Clients in classes, in the order of their first. `told_apart` is equal only where classes differ in
    nothing but who else is in them besides personas, who are known by their ids: a worker plans for more than
    one network.
    """

    classes: Sequence[Alike]
    told_apart: HashedOnce


@dataclass(frozen=True, slots=True)
class OnePage:
    """A persona's page, of whatever firm. `head` is JSON: the rest of its address, and the client's name."""

    place: Place
    index: int
    locale: str
    head: str


@dataclass(eq=False)
class Common:
    """What clients of several firms have in common of whom only the jobs differ."""

    alike: Memory[object, Partition] = field(default_factory=Memory)
    pages: Memory[object, Sequence[OnePage]] = field(default_factory=Memory)


@dataclass(eq=False)
class Clients:
    """Those whose pages are looked at: personas, and others."""

    personas: Sequence[Persona]
    others: Sequence[Persona] = ()
    common: Common = field(default_factory=Common)
    _alike: Memory[object, Partition] = field(default_factory=Memory)

    @cached_property
    def each(self) -> Sequence[Persona]:
        return [*self.personas, *self.others]

    @cached_property
    def _ids(self) -> Sequence[str]:
        """Of personas."""
        return tuple(each.id for each in self.personas)

    def alike(self, block: Block, audiences: Collection[Audience]) -> Partition:
        """Classes of them. `audiences` are those that the option knows."""
        key = block.reads.client, tuple(audiences)
        known = self._alike if reads_jobs(block) else self.common.alike
        found = known.get(key)
        if found is None:
            classes = self._classes(block, audiences)
            found = Partition(classes, HashedOnce((self._ids, *map(self._told_apart, classes))))
            known.keep(key, found, len(classes))
        return found

    def _told_apart(self, each: Alike) -> Class:
        named = [at for at in each.indexes if at < len(self.personas)]
        return each.first.locale, each.traits, each.admissions, *named

    def _classes(self, block: Block, audiences: Collection[Audience]) -> Sequence[Alike]:
        found: dict[Class, Alike] = {}
        named = tags_in(audiences)
        for index, client in enumerate(self.each):
            admissions = tuple([audience.admits(client.tags) for audience in audiences])
            own = traits(client, block, named)
            key = client.locale, own, admissions
            if key not in found:
                found[key] = Alike(client, own, admissions, [])
            found[key].indexes.append(index)
        return [*found.values()]


def reads_jobs(block: Block) -> bool:
    """Whether it can tell clients apart of whom only the jobs differ."""
    return "jobs" in block.reads.client


@dataclass(eq=False)
class Classes:
    """One firm's pages, each block asked once for each class."""

    situation: Situation
    _answers: dict[str, Answers] = field(default_factory=dict)

    def answers(self, option: Option) -> Answers:
        if option.key not in self._answers:
            self._answers[option.key] = answers_of(self.situation, option)
        return self._answers[option.key]

    def languages(self, client: Persona) -> Iterable[str]:
        """In which the client can read the portal."""
        return self._languages[client.locale]

    @cached_property
    def written(self) -> Sequence[str]:
        """In which languages the firm writes."""
        return tuple(self.situation.settings[LOCALES])

    @cached_property
    def _languages(self) -> Mapping[str, Iterable[str]]:
        return {own: readable(own, self.written) for own in SPOKEN}

    def instants(self) -> Iterator[datetime]:
        """When pages change by themselves."""
        for option in DEFINITIONS:
            if option.is_timed:
                yield from self.answers(option).instants

    def compose(self, client: Persona, place: Place, locale: str, at: datetime) -> Composition:
        """What `portal.compose` makes of the same, to the last character."""
        blocks = (
            admitted(placed, client.tags).on(self.day(block, at))
            for option, block in blocks_on(place)
            for placed in self.answers(option).placed(block, client, locale, at)
        )
        return Composition(place, locale, client.client, tuple(blocks))

    def interval(self, at: datetime) -> Class:
        """Which day it is, and between which instants of each option: until then, pages stay as they are."""
        timed = (self.answers(option).interval(at) for option in DEFINITIONS if option.is_timed)
        return (self._day_on(PLACES, at), *timed)

    def page_class(self, client: Persona, place: Place, locale: str, at: datetime) -> Class:
        """Equal only for those whose compositions of that place differ in nothing but the client's name."""
        classes = (
            self.answers(option).page_class(block, client, locale, at) for option, block in blocks_on(place)
        )
        return (place, self._day_on((place,), at), *classes)

    def day(self, block: Block, at: datetime) -> date | None:
        """Which day it is where the firm is, if the block looks at that."""
        return day_of(block, self.situation.settings, at)

    def _day_on(self, places: Iterable[Place], at: datetime) -> date | None:
        days = (self.day(block, at) for place in places for _, block in blocks_on(place))
        return next(filter(None, days), None)


@cache
def blocks_on(place: Place) -> Sequence[tuple[Option, Block]]:
    """What can stand on a page, in reading order: nothing leaves its area."""
    found = [(option, block) for option in DEFINITIONS for block in option.blocks if place in block.places]
    return sorted(found, key=lambda each: areas(place).index(each[1].area or str(each[1].shape)))
