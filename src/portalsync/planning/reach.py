"""How many clients an effect reaches: exactly where the portal knows who has which tags, else at most."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.lexicon import LOCALES
from portalsync.model.effect import EffectKind
from portalsync.model.facts import Counts, Facts
from portalsync.model.page import Placed
from portalsync.portal.compose import NOT_FOR_THEM

Sides = tuple[Placed | None, Placed | None]
"""A block before and after."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many clients at least, and so many at most."""

    least: int
    most: int

    def and_also(self, other: "Span", everyone: int) -> "Span":
        """Those who are in both."""
        return Span(max(0, self.least + other.least - everyone), min(self.most, other.most))

    def others(self, everyone: int) -> "Span":
        return Span(everyone - self.most, everyone - self.least)


@dataclass(frozen=True, slots=True)
class Among:
    """Clients by those of their tags that are named: one of these sets. Where nobody knows who has which tags
    together, it says nothing.
    """

    named: frozenset[str] = frozenset()
    sets: frozenset[frozenset[str]] = frozenset({frozenset()})

    def __contains__(self, tags: frozenset[str]) -> bool:
        return tags & self.named in self.sets


ANYBODY = Among()


@dataclass(frozen=True, slots=True)
class Readers:
    """Of one firm, with the language that stands in for those that portalsync does not speak."""

    facts: Facts
    stand_in: str
    _reached: "dict[object, Reached]" = field(default_factory=dict, repr=False, compare=False)

    def language(self, tag: str) -> str:
        """In which language they read the pages: theirs, the one it is a form of, else the firm's first."""
        for known in (tag, tag.partition("-")[0].lower()):
            if known in LOCALES:
                return known
        return self.stand_in

    def kinds(self, named: frozenset[str]) -> list[tuple[tuple[str, ...], str]]:
        """The tags that clients have of those that are named, and their language: each kind once, sorted."""
        counts = self.facts.counts
        if counts is None:
            found = [(each.tags & named, each.locale) for each in self.facts.segments if each.clients]
        else:
            tags, languages = _samples(counts, named), counts.locales or (self.stand_in,)
            found = [(each, language) for each in tags for language in languages]
        return sorted({(tuple(sorted(tags)), self.language(language)) for tags, language in found})

    def reached(
        self, kind: EffectKind, sides: Sides, locales: Collection[str], among: Among = ANYBODY
    ) -> "Reached":
        """Clients in the audience who read one of these languages."""
        key = kind, _audience(sides[0]), _audience(sides[1]), frozenset(locales), among
        if key not in self._reached:
            self._reached[key] = self._count(kind, sides, locales, among)
        return self._reached[key]

    def _count(self, kind: EffectKind, sides: Sides, locales: Collection[str], among: Among) -> "Reached":
        counts = self.facts.counts
        if counts is None:
            segments = self._segments(kind, sides, locales, among)
            return Reached(segments=frozenset(segments), facts=self.facts)
        everyone = counts.everyone
        had, has = (_seen(block, counts) for block in sides)
        if kind is EffectKind.APPEARS:
            span = has.and_also(had.others(everyone), everyone)
        elif kind is EffectKind.DISAPPEARS:
            span = had.and_also(has.others(everyone), everyone)
        else:
            span = had if _audience(sides[0]) == _audience(sides[1]) else had.and_also(has, everyone)
        return Reached(facts=self.facts, span=span.and_also(self._reading(locales, counts), everyone))

    def _segments(
        self, kind: EffectKind, sides: Sides, locales: Collection[str], among: Among
    ) -> Iterator[int]:
        for index, segment in enumerate(self.facts.segments):
            reads = segment.tags in among and self.language(segment.locale) in locales
            if reads and affected(kind, sides, segment.tags):
                yield index

    def _reading(self, locales: Collection[str], counts: Counts) -> Span:
        if not counts.locales:
            return Span(counts.everyone if self.stand_in in locales else 0, counts.everyone)
        number = sum(clients for tag, clients in counts.locales.items() if self.language(tag) in locales)
        number = min(number, counts.everyone)
        return Span(number, number)


@dataclass(frozen=True, slots=True)
class Reached:
    """Which segments, or how many clients where they are counted by tag."""

    facts: Facts
    segments: frozenset[int] = frozenset()
    span: Span = Span(0, 0)

    @property
    def clients(self) -> int:
        return self.span.most or sum(self.facts.segments[index].clients for index in self.segments)

    @property
    def at_most(self) -> bool:
        return self.span.least != self.span.most


def together(reached: Sequence[Reached], facts: Facts) -> int:
    """How many clients are reached by any of them at most, each once."""
    if facts.counts:
        return min(facts.counts.everyone, sum(each.clients for each in reached))
    segments = {index for each in reached for index in each.segments}
    return sum(facts.segments[index].clients for index in segments)


def affected(kind: EffectKind, sides: Sides, tags: frozenset[str]) -> bool:
    """Whether a client with these tags notices."""
    had, has = (_would_show(block, tags) for block in sides)
    if kind is EffectKind.APPEARS:
        return has and not had
    if kind is EffectKind.DISAPPEARS:
        return had and not has
    return had and has


def _would_show(block: Placed | None, tags: frozenset[str]) -> bool:
    return block is not None and _is_for_somebody(block) and block.admits(tags)


def _is_for_somebody(block: Placed) -> bool:
    return block.shown or block.reason == NOT_FOR_THEM


def _audience(block: Placed | None) -> object:
    return block.audiences if block is not None and _is_for_somebody(block) else None


def _samples(counts: Counts, named: frozenset[str]) -> Iterator[frozenset[str]]:
    """No tag, each tag alone, all of them: whoever an audience is for is among them."""
    known = named & {tag for tag, clients in counts.tags.items() if clients}
    yield frozenset()
    yield from (frozenset((tag,)) for tag in known)
    yield known


def _seen(block: Placed | None, counts: Counts) -> Span:
    """By how many clients a block is seen."""
    if block is None or not _is_for_somebody(block):
        return Span(0, 0)
    found = Span(counts.everyone, counts.everyone)
    for audience in block.audiences:
        if audience.any:
            having = [min(counts.tags.get(tag, 0), counts.everyone) for tag in audience.any]
            some = Span(max(having), min(sum(having), counts.everyone))
            found = found.and_also(some, counts.everyone)
        for tag in audience.all:
            number = min(counts.tags.get(tag, 0), counts.everyone)
            found = found.and_also(Span(number, number), counts.everyone)
    return found
