"""What clients will notice: the difference of two compositions, grouped over variants.

Each block is asked once for each class of clients; what is found is told of all of them.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Option
from portalsync.lexicon import LOCALES
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.page import PLACES, Place
from portalsync.planning.compared import Compared, Difference, Interval, Telling, Turn
from portalsync.planning.outlook import Outlook
from portalsync.planning.reach import ANYBODY, Among, Reached, Sides, affected, together
from portalsync.portal.answers import TAGS, Alike, Traits, tags_in
from portalsync.portal.variants import MOST_INSTANTS


@dataclass(frozen=True, slots=True)
class Noticed:
    """All effects, removals first, and how many clients they reach at most, each client once."""

    effects: tuple[Reach, ...] = ()
    clients: int = 0
    unseen: int = 0
    """Coming instants at which what changes changes by itself, and which were too many to be looked at."""


def noticed(firm: Outlook, changed: Container[str]) -> Noticed:
    """Every difference that a client can find. `changed` are the keys of the sections with a changed
    setting: blocks of options that look at none of them cannot differ.
    """
    options = [each for each in DEFINITIONS if any(key in changed for key in each.sections)]
    found = [each for option in options for each in _of_option(firm, option)]
    timed = any(firm.compared(option).is_timed for option in options)
    return Noticed(
        tuple(sorted((reach for reach, _ in found), key=_order)),
        together([reached for _, reached in found], firm.after.situation.facts),
        max(0, len(firm.coming) - MOST_INSTANTS) if timed else 0,
    )


def _order(reach: Reach) -> tuple[str, int, int, str]:
    effect = reach.effect
    kind = effect.kind.rank
    return effect.since, kind, PLACES.index(effect.place), effect.block


def _of_option(firm: Outlook, option: Option) -> Iterator[tuple[Reach, Reached]]:
    compared = firm.compared(option)
    if compared.is_same:
        return
    instants = _instants(firm, compared)
    for block in option.blocks:
        for telling in _tellings(firm, block, compared, instants):
            reached = firm.readers.reached(telling.kind, telling.sides, telling.locales, telling.among)
            for effect in telling.effects:
                yield Reach(effect, reached.clients, reached.at_most), reached


def _tellings(
    firm: Outlook, block: Block, compared: Compared, instants: Mapping[Interval, datetime]
) -> Sequence[Telling]:
    """Firms whose clients fall into the same classes, at the same instants, are told the same."""
    alike = firm.samples.alike(block, compared.audiences)
    key = block.name, alike.told_apart, firm.after.written, tuple(instants.items())
    tellings = compared.tellings.get(key)
    if tellings is None:
        groups = [*_groups(firm, block, compared, instants, alike.classes)]
        among = _among(firm, block, compared, groups)
        tellings = [group.telling(block.places, firm, alike.classes, among) for group in groups]
        compared.tellings.keep(key, tellings, sum(len(each.effects) for each in tellings))
    return tellings


def _among(firm: Outlook, block: Block, compared: Compared, groups: "Iterable[_Group]") -> Among:
    """Who notices, as far as tags have a part in what the block says."""
    if TAGS not in block.reads.client:
        return ANYBODY
    named, clients = tags_in(compared.audiences), firm.samples.each
    return Among(named, frozenset(clients[at].tags & named for each in groups for at in each.samples))


def _instants(firm: Outlook, compared: Compared) -> Mapping[Interval, datetime]:
    """Now, and those from which on the option's blocks can be others."""
    found: dict[Interval, datetime] = {}
    for at in firm.instants if compared.is_timed else firm.instants[:1]:
        found.setdefault(compared.interval(at), at)
    return found


def _groups(
    firm: Outlook,
    block: Block,
    compared: Compared,
    instants: Mapping[Interval, datetime],
    classes: Sequence[Alike],
) -> "Iterator[_Group]":
    found: dict[tuple[EffectKind, str], list[_Found]] = {}
    turns: dict[tuple[Traits, str], Sequence[Turn]] = {}
    for alike in classes:
        for rank, locale in enumerate(firm.after.languages(alike.first)):
            among = alike.traits, locale
            if among not in turns:
                turns[among] = compared.turns(block, alike, locale, instants)
            for turn in turns[among]:
                order = turn.number, alike.indexes[0], rank
                for each in turn.differences(alike):
                    found.setdefault((each.kind, each.key), []).append((order, alike, each))
    moments = [*instants.values()]
    for several in found.values():
        yield _group(sorted(several, key=itemgetter(0)), moments)


_Found: TypeAlias = tuple[tuple[int, int, int], Alike, Difference]
"""By instant, client and language: the first of them speaks for all that are found."""


def _group(found: Sequence[_Found], moments: Sequence[datetime]) -> "_Group":
    (number, _, _), _, first = found[0]
    group = _Group(first.kind, first.key, first.sides, moments[number])
    for (now, _, _), alike, difference in found:
        group.add(alike, difference, now, moments[now])
    end = group.end()
    group.until = None if end is None else moments[end]
    return group


@dataclass
class _Group:
    """One effect, over the variants in which it was found. `sides` are those of the first."""

    kind: EffectKind
    key: str
    sides: Sides
    since: datetime
    until: datetime | None = None
    samples: dict[int, datetime] = field(default_factory=dict)
    """Where those who notice it stand among the sample clients, and since when they do."""
    labels: dict[str, str] = field(default_factory=dict)
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    seen: dict[tuple[int, str], tuple[int, int | None]] = field(default_factory=dict)
    """By whom of each class, and in which language; from which instant on, and until which."""
    recurs: bool = False
    """Whether it comes again after it has ended."""

    def add(self, alike: Alike, found: Difference, number: int, at: datetime) -> None:
        variant = alike.indexes[0], found.locale
        if variant in self.seen:
            start, end = self.seen[variant]
            if number == end:  # the same goes on, for another reason
                self.seen[variant] = start, found.end
            self.recurs = self.recurs or (end is not None and number > end)
            return
        self.seen[variant] = number, found.end
        for index in alike.indexes:
            self.samples.setdefault(index, at)
        if found.locale not in self.labels:
            self.labels[found.locale] = found.label
            self.readings[found.locale] = found.readings

    def end(self) -> int | None:
        """The number of the instant at which it is over, if it is the same stretch of time for all."""
        spans = {*self.seen.values()}
        return spans.pop()[1] if len(spans) == 1 and not self.recurs else None

    def telling(
        self, places: Iterable[Place], firm: Outlook, classes: Sequence[Alike], among: Among
    ) -> Telling:
        effects = [*self._effects(places, firm, classes)]
        return Telling(self.kind, self.sides, tuple(self.labels), effects, among)

    def _effects(self, places: Iterable[Place], firm: Outlook, classes: Sequence[Alike]) -> Iterator[Effect]:
        """One for each place: what a block shows does not depend on it."""
        locales = [locale for locale in LOCALES if locale in self.labels]
        named = sorted(self.samples.items(), key=lambda each: (each[1], each[0]))
        personas = firm.samples.personas
        labels = {locale: self.labels[locale] for locale in locales}
        readings = {locale: self.readings[locale] for locale in locales if self.readings[locale]}
        noticed_by = tuple(personas[index].id for index, _ in named if index < len(personas))
        everyone = self._everyone(classes)
        since = "" if self.since == firm.instants[0] else self.since.isoformat()
        until = self.until.isoformat() if self.until else ""
        for place in places:
            yield Effect(self.kind, self.key, place, labels, readings, noticed_by, everyone, since, until)

    def _everyone(self, classes: Sequence[Alike]) -> bool:
        """Whether each sample client of the audience has it, in the language they read."""
        return all(
            (alike.indexes[0], alike.first.locale) in self.seen
            or alike.first.locale not in self.labels
            or not affected(self.kind, self.sides, alike.first.tags)
            for alike in classes
        )
