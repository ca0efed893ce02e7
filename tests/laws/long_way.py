"""What clients notice and what a plan promises, found the long way: every page of every sample client at
every instant is composed before and after, one by one. It knows no classes and remembers nothing.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from portalsync.catalog import DEFINITIONS, OPTIONS
from portalsync.catalog.option import Option
from portalsync.catalog.profile import LOCALES as WRITTEN
from portalsync.lexicon import LOCALES
from portalsync.model.canonical import digest, short_digest
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import MOBILE_HOME, PLACES, WEB_HOME, Composition, Place, Placed, Situation
from portalsync.model.persona import NOBODY, Persona
from portalsync.planning.effects import Noticed
from portalsync.planning.reach import ANYBODY, Among, Readers, affected, together
from portalsync.planning.readings import label, readings
from portalsync.portal.compose import compose
from portalsync.portal.differences import differences
from portalsync.portal.links import page_href
from portalsync.portal.variants import instants, unseen_instants, variants


def noticed(
    before: Situation, after: Situation, personas: Sequence[Persona], changed: Container[str]
) -> Noticed:
    samples = sample_clients(before, after, personas)
    found = _groups(before, after, samples, changed)
    readers = _readers(after)
    reached = [
        readers.reached(kind, group.sides, group.labels, _among(key, found, before, after, samples))
        for (kind, key, _), group in found.items()
    ]
    moments, timed = instants(before, after), {each.key for each in _timed(before, after, changed)}
    for (_, key, _), group in found.items():
        group.moments = moments if key.partition(".")[0] in timed else moments[:1]
    effects = (
        Reach(group.effect(news, after, samples, {each.id for each in personas}), each.clients, each.at_most)
        for (news, group), each in zip(found.items(), reached, strict=True)
    )
    return Noticed(
        tuple(sorted(effects, key=_order)),
        together(reached, after.facts),
        unseen_instants(before, after) if _timed(before, after, changed) else 0,
    )


def _among(
    key: str,
    found: "Mapping[tuple[EffectKind, str, Place], _Group]",
    before: Situation,
    after: Situation,
    samples: Sequence[Persona],
) -> Among:
    """Those who notice anything of the block, by the tags that it looks at."""
    option = next(each for each in DEFINITIONS if each.key == key.partition(".")[0])
    block = next(each for each in option.blocks if each.name == key.split(".")[1])
    if "tags" not in block.reads.client:
        return ANYBODY
    trees = [each.settings.tree.get(option.key, {}) for each in (before, after)]
    named = frozenset(tag for tree in trees for tag in _named(tree))
    noticing = {each for (_, other, _), group in found.items() if other == key for each in group.personas}
    return Among(named, frozenset(each.tags & named for each in samples if each.id in noticing))


def emptied(before: Situation, after: Situation, personas: Sequence[Persona]) -> int:
    """For how many sample clients a home page of the firm's own becomes empty."""
    return sum(
        any(
            _has_something(replace(before, at=at), each, home)
            and not _has_something(replace(after, at=at), each, home)
            for at in instants(before, after)
            for home in (WEB_HOME, MOBILE_HOME)
        )
        for each in sample_clients(before, after, personas)
    )


def promise(situation: Situation, personas: Sequence[Persona], templates: str) -> str:
    pages: JSONObject = {}
    for persona, locale, place in variants(situation, personas):
        shown = compose(situation, persona, place, locale).shown
        blocks: list[JSON] = [short_digest(block.to_json()) for block in shown]
        pages[page_href(situation.firm, persona.id, locale, place)] = [persona.client, blocks]
    return digest({"pages": pages, "templates": templates})


def sample_clients(before: Situation, after: Situation, personas: Sequence[Persona]) -> tuple[Persona, ...]:
    named = frozenset(tag for each in (before, after) for tag in _named(each.settings.tree))
    told = (job for each in (before, after) for option in DEFINITIONS for job in option.jobs(each))
    jobs = {(job.pipeline, job.stages, job.job_status, job.status): job for job in told}
    moved = tuple(job for job in jobs.values() if not job.status)
    by_hand = tuple(job for job in jobs.values() if job.status)
    bare = [
        replace(NOBODY, id=f"({'+'.join(tags) or '-'}, {locale})", tags=frozenset(tags), locale=locale)
        for tags, locale in _readers(after).kinds(named)
    ]
    twins = [replace(each, id=f"{each.id}+jobs", jobs=moved) for each in bare] if moved else []
    others = [replace(each, id=f"{each.id}+by-hand", jobs=by_hand) for each in bare] if by_hand else []
    return (*personas, *bare, *twins, *others)


def _named(tree: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The tags in all audiences below."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _named(value, key)
        elif within == "audience":
            yield from value


def _readers(situation: Situation) -> Readers:
    return Readers(situation.facts, situation.settings[WRITTEN][0])


def _order(reach: Reach) -> tuple[str, int, int, str]:
    effect = reach.effect
    return effect.since, effect.kind.rank, PLACES.index(effect.place), effect.block


def _has_something(situation: Situation, persona: Persona, home: Place) -> bool:
    return bool(compose(situation, persona, home, persona.locale, OPTIONS).shown)


def _groups(
    before: Situation, after: Situation, samples: Sequence[Persona], changed: Container[str]
) -> "dict[tuple[EffectKind, str, Place], _Group]":
    able, timed = _looked_at(changed), _timed(before, after, changed)
    found: dict[tuple[EffectKind, str, Place], _Group] = {}
    for at in instants(before, after) if timed else [before.at]:
        earlier, later = replace(before, at=at), replace(after, at=at)
        definitions = able if at == before.at else timed
        for persona, locale, place in variants(after, samples):
            old = compose(earlier, persona, place, locale, definitions)
            new = compose(later, persona, place, locale, definitions)
            for kind, key in differences(old, new):
                group = found.setdefault((kind, key, place), _Group(at))
                group.add(persona, locale, key, (_find(old, key), _find(new, key)))
                group.at.setdefault((persona.id, locale), []).append(at)
    return found


def _looked_at(changed: Container[str]) -> list[Option]:
    """A cousin has other facts: what looks at no changed setting is not asked."""
    return [each for each in DEFINITIONS if any(key in changed for key in each.sections)]


def _timed(before: Situation, after: Situation, changed: Container[str]) -> list[Option]:
    return [each for each in _looked_at(changed) if [*each.instants(before), *each.instants(after)]]


def _find(composition: Composition, key: str) -> Placed | None:
    return next((block for block in composition.blocks if block.key == key), None)


@dataclass
class _Group:
    """One effect, over the variants in which it was found."""

    since: datetime
    personas: dict[str, None] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    sides: tuple[Placed | None, Placed | None] = (None, None)
    seen: set[tuple[str, str]] = field(default_factory=set)
    at: dict[tuple[str, str], list[datetime]] = field(default_factory=dict)
    """By whom, and when."""

    moments: Sequence[datetime] = ()
    """Those at which the option can change by itself."""

    def until(self) -> str:
        """The first instant at which nobody notices it any more, if all do at the same ones without a gap."""
        first, *others = self.at.values()
        start = self.moments.index(first[0])
        end = start + len(first)
        after = self.moments[end : end + 1]
        together = all(each == first for each in others) and first == self.moments[start:end]
        return after[0].isoformat() if together and after else ""

    def add(
        self, persona: Persona, locale: str, key: str, sides: tuple[Placed | None, Placed | None]
    ) -> None:
        if not self.labels:
            self.sides = sides
        block = sides[1] or sides[0]
        self.personas.setdefault(persona.id)
        self.labels.setdefault(locale, label(block) if block else key)
        self.seen.add((persona.id, locale))
        if locale not in self.readings:
            old, new = (block if block and block.shown else None for block in sides)
            self.readings[locale] = tuple(readings(old, new, locale))

    def effect(
        self,
        news: tuple[EffectKind, str, Place],
        situation: Situation,
        samples: Iterable[Persona],
        named: Container[str],
    ) -> Effect:
        kind, key, place = news
        locales = [locale for locale in LOCALES if locale in self.labels]
        return Effect(
            kind=kind,
            block=key,
            place=place,
            labels={locale: self.labels[locale] for locale in locales},
            readings={locale: self.readings[locale] for locale in locales if self.readings[locale]},
            personas=tuple(each for each in self.personas if each in named),
            everyone=all(
                (persona.id, persona.locale) in self.seen
                for persona in samples
                if persona.locale in self.labels and affected(kind, self.sides, persona.tags)
            ),
            since="" if self.since == situation.at else self.since.isoformat(),
            until="" if kind is EffectKind.MOVES else self.until(),
        )
