"""What clients will notice: the difference of two compositions, grouped over variants."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Option
from portalsync.catalog.profile import LOCALES as WRITTEN
from portalsync.catalog.profile import PROFILE
from portalsync.lexicon import LOCALES
from portalsync.model.canonical import bytes_digest
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.page import PLACES, Composition, Content, Line, Place, Placed, Situation
from portalsync.model.persona import NOBODY, Persona
from portalsync.planning.reach import Readers, affected, together
from portalsync.portal.compose import compose
from portalsync.portal.differences import differences
from portalsync.portal.figures import day_text, money_text
from portalsync.portal.markdown import links
from portalsync.portal.variants import instants, unseen_instants, variants

_PARTS = ("label", "title", "text", "markdown", "href", "image", "color")
READ_PARTS = (*_PARTS, "links", "lines")
"""What a reading is of."""
_WEBSITE = "website"
"""The group of lines that are links."""

_News: TypeAlias = tuple[EffectKind, str, Place]


@dataclass(frozen=True, slots=True)
class Noticed:
    """All effects, removals first, and how many clients they reach at most, each client once."""

    effects: tuple[Reach, ...] = ()
    clients: int = 0
    unseen: int = 0
    """Coming instants at which what changes changes by itself, and which were too many to be looked at."""


def noticed(
    before: Situation, after: Situation, personas: Iterable[Persona], changed: Container[str]
) -> Noticed:
    """Every difference that a client can find. `changed` are the keys of the sections with a changed
    setting: blocks of other options cannot differ, for an option knows only itself and the profile.
    """
    personas = tuple(personas)
    samples = sample_clients(before, after, personas)
    named = {persona.id for persona in personas}
    found = _groups(before, after, samples, changed)
    readers = readers_of(after)
    reached = [readers.reached(kind, group.pair, group.labels) for (kind, _, _), group in found.items()]
    effects = (
        Reach(group.effect(news, after, samples, named), each.clients, each.at_most)
        for (news, group), each in zip(found.items(), reached, strict=True)
    )
    return Noticed(
        tuple(sorted(effects, key=_order)),
        together(reached, after.facts),
        unseen_instants(before, after) if _timed(before, after, changed) else 0,
    )


def readers_of(situation: Situation) -> Readers:
    return Readers(situation.facts, situation.settings[WRITTEN][0])


def _order(reach: Reach) -> tuple[str, int, int, str]:
    effect = reach.effect
    kind = effect.kind.rank
    return effect.since, kind, PLACES.index(effect.place), effect.block


def _groups(
    before: Situation, after: Situation, samples: Sequence[Persona], changed: Container[str]
) -> "dict[_News, _Group]":
    definitions = _looked_at(changed)
    timed = _timed(before, after, changed)
    found: dict[_News, _Group] = {}
    for at in instants(before, after) if timed else [before.at]:
        earlier, later = replace(before, at=at), replace(after, at=at)
        able = definitions if at == before.at else timed
        for persona, locale, place in variants(after, samples):
            old = compose(earlier, persona, place, locale, able)
            new = compose(later, persona, place, locale, able)
            for kind, key in differences(old, new):
                group = found.setdefault((kind, key, place), _Group(at))
                group.add(persona, locale, key, (_find(old, key), _find(new, key)))
    return found


def _looked_at(changed: Container[str]) -> list[Option]:
    """Those whose blocks can differ."""
    return [each for each in DEFINITIONS if PROFILE.key in changed or each.key in changed]


def _timed(before: Situation, after: Situation, changed: Container[str]) -> list[Option]:
    """Those of them whose blocks depend on the time."""
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
    pair: tuple[Placed | None, Placed | None] = (None, None)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def add(self, persona: Persona, locale: str, key: str, pair: tuple[Placed | None, Placed | None]) -> None:
        before, after = pair
        if not self.labels:
            self.pair = pair
        block = after or before
        self.personas.setdefault(persona.id)
        self.labels.setdefault(locale, _label(block) if block else key)
        self.seen.add((persona.id, locale))
        if locale not in self.readings:
            self.readings[locale] = tuple(_readings(before, after, locale))

    def effect(
        self, news: _News, situation: Situation, samples: Sequence[Persona], named: Container[str]
    ) -> Effect:
        """`named` are the ids of those samples that are personas."""
        kind, key, place = news
        locales = [locale for locale in LOCALES if locale in self.labels]
        return Effect(
            kind=kind,
            block=key,
            place=place,
            labels={locale: self.labels[locale] for locale in locales},
            readings={locale: self.readings[locale] for locale in locales if self.readings[locale]},
            personas=tuple(each for each in self.personas if each in named),
            everyone=self._everyone(kind, samples),
            since="" if self.since == situation.at else self.since.isoformat(),
        )

    def _everyone(self, kind: EffectKind, samples: Sequence[Persona]) -> bool:
        """Whether each sample client of the audience has it, in the language they read."""
        return all(
            (persona.id, persona.locale) in self.seen
            for persona in samples
            if persona.locale in self.labels and affected(kind, self.pair, persona.tags)
        )


def _label(block: Placed) -> str:
    """What people call the block: an entry of a list by its title, anything else by its label."""
    is_entry = block.key.count(".") > 1
    return block.content.title if is_entry and block.content.title else block.label


def _readings(before: Placed | None, after: Placed | None, locale: str) -> Iterator[Reading]:
    """What is read differently, part by part; a block that comes or goes is read whole."""
    old = _parts(before, locale) if before is not None and before.shown else {}
    new = _parts(after, locale) if after is not None and after.shown else {}
    for what in READ_PARTS:
        if old.get(what, "") != new.get(what, ""):
            yield Reading(what, old.get(what, ""), new.get(what, ""))


def _parts(block: Placed, locale: str) -> Mapping[str, str]:
    content: Content = block.content
    lines = "\n".join(_row(line, locale) for line in content.lines)
    own = {what: str(getattr(content, what)) for what in _PARTS if what != "label"}
    if content.image:
        own["image"] = bytes_digest(content.image.encode())[:19]
    return {"label": block.label, **own, "links": "\n".join(_links(content)), "lines": lines}


def _row(line: Line, locale: str) -> str:
    money = money_text(line.money, locale) if line.money else ""
    day = day_text(line.day, locale) if line.day else ""
    return " · ".join(filter(None, (line.title, line.meta, money, day, line.text)))


def _links(content: Content) -> Iterator[str]:
    """Addresses among what is read, which words alone would hide; `href` has a part of its own."""
    yield from links(content.markdown)
    yield from (line.title for line in content.lines if line.group == _WEBSITE)


def sample_clients(before: Situation, after: Situation, personas: Iterable[Persona]) -> tuple[Persona, ...]:
    """The personas, and bare clients: those of whom only language and tags are known, for clients that
    are like no persona. Only those tags make a difference that an audience names. Each has a twin
    with every job that an option tells clients of, wherever that job may stand.
    """
    named = frozenset(tag for each in (before, after) for tag in _named(each.settings.tree))
    kinds = readers_of(after).kinds(named)
    told = (job for each in (before, after) for option in DEFINITIONS for job in option.jobs(each))
    jobs = tuple({(job.pipeline, job.stages): job for job in told}.values())
    bare = [_bare(frozenset(tags), locale) for tags, locale in kinds]
    twins = [replace(each, id=f"{each.id}+jobs", jobs=jobs) for each in bare] if jobs else []
    return (*personas, *bare, *twins)


def _named(tree: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The tags in all audiences below."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _named(value, key)
        elif within == "audience" and isinstance(value, list):
            yield from map(str, value)


def _bare(tags: frozenset[str], locale: str) -> Persona:
    name = f"({'+'.join(sorted(tags)) or '-'}, {locale})"
    return replace(NOBODY, id=name, tags=tags, locale=locale)
