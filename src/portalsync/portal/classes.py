"""Who can see differently. A block says what it looks at (`Reads`): clients who are alike in that, in firms
that are alike in that, between two instants of its option, find the same. It is asked once for all of them,
and what it answered is remembered from firm to firm.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any, TypeAlias

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.option import Block, Option
from portalsync.model.facts import facts_from_json
from portalsync.model.page import Audience, Composition, Place, Placed, Situation, View
from portalsync.model.persona import NOBODY, Persona
from portalsync.model.settings import Scope, nested
from portalsync.portal.compose import admitted, placed_for_any
from portalsync.portal.layout import areas

MOST_REMEMBERED = 256
"""Options as they are set somewhere; of those that many firms share there are few."""

Class: TypeAlias = tuple[object, ...]
"""Clients of one class find the same."""

_NOTHING_KNOWN = facts_from_json({"currency": ""})


@dataclass(eq=False)
class Answers:
    """What the blocks of one option show wherever they are told the same. `case` is what they say that they
    read: of the firm that was first, nothing else is here, and nothing can reach another firm.
    """

    option: Option
    case: Situation
    digest: bytes
    _placed: dict[Class, tuple[Placed, ...]] = field(default_factory=dict)

    @cached_property
    def instants(self) -> Sequence[datetime]:
        return sorted({*self.option.instants(self.case)})

    @cached_property
    def audiences(self) -> Sequence[Audience]:
        """Those that anything of the option is for, each once."""
        return [*dict.fromkeys(_audiences(self.case.settings.tree))]

    def interval(self, at: datetime) -> int:
        """Between which two of its instants it is; an interval begins with its instant."""
        return bisect_right(self.instants, at)

    def placed(self, block: Block, client: Persona, locale: str, at: datetime) -> tuple[Placed, ...]:
        """What the block puts on its pages, whoever it is for: hidden for its own reasons alone."""
        key = block.name, locale, traits(client, block), self.interval(at)
        found = self._placed.get(key)
        if found is None:
            view = _view(self.case, block, client, locale, at)
            found = self._placed[key] = tuple(placed_for_any(self.option, block, view))
        return found

    def admissions(self, tags: frozenset[str]) -> tuple[bool, ...]:
        """Of which of its audiences a client with these tags is."""
        return tuple(each.admits(tags) for each in self.audiences)

    def page_class(self, block: Block, client: Persona, locale: str, at: datetime) -> Class:
        """Equal only for those who find the same of the block."""
        found = self.admissions(client.tags)
        return self.digest, block.name, locale, traits(client, block), self.interval(at), found


@dataclass(eq=False)
class Classes:
    """One firm's pages, each block asked once for each class."""

    situation: Situation
    _answers: dict[str, Answers] = field(default_factory=dict)

    def answers(self, option: Option) -> Answers:
        if option.key not in self._answers:
            self._answers[option.key] = _remembered(_declared(self.situation, option))
        return self._answers[option.key]

    def compose(self, client: Persona, place: Place, locale: str, at: datetime) -> Composition:
        """What `portal.compose` makes of the same, to the last character."""
        blocks = (
            admitted(placed, client.tags)
            for option, block in blocks_on(place)
            for placed in self.answers(option).placed(block, client, locale, at)
        )
        return Composition(place, locale, client.client, tuple(blocks))

    def interval(self, at: datetime) -> tuple[int, ...]:
        """Between which instants of each option it is: until one of them comes, pages stay as they are."""
        return tuple(self.answers(option).interval(at) for option in DEFINITIONS if option.is_timed)

    def page_class(self, client: Persona, place: Place, locale: str, at: datetime) -> Class:
        """Equal only for those whose compositions of that place differ in nothing but the client's name."""
        classes = (
            self.answers(option).page_class(block, client, locale, at) for option, block in blocks_on(place)
        )
        return (place, *classes)


@cache
def blocks_on(place: Place) -> Sequence[tuple[Option, Block]]:
    """What can stand on a page, in reading order: nothing leaves its area."""
    found = [(option, block) for option in DEFINITIONS for block in option.blocks if place in block.places]
    return sorted(found, key=lambda each: areas(place).index(each[1].area or str(each[1].shape)))


def traits(client: Persona, block: Block) -> tuple[str, ...]:
    """What a block looks at of a client, besides the tags."""
    return tuple(_text(getattr(client, name)) for name in block.reads.client)


def _view(case: Situation, block: Block, client: Persona, locale: str, at: datetime) -> View:
    """The client as the block says that it sees it."""
    seen = replace(NOBODY, **{name: getattr(client, name) for name in block.reads.client})
    return View(case.firm, case.settings, case.facts, at, persona=seen, locale=locale)


def _audiences(tree: Mapping[str, Any]) -> Iterator[Audience]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from [audience(value)] if key == "audience" else []
            yield from _audiences(value)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the blocks of an option are told of a firm, the same where the digest is."""

    option: Option = field(compare=False)
    case: Situation = field(compare=False)
    digest: bytes


@lru_cache(MOST_REMEMBERED)
def _remembered(declared: _Declared) -> Answers:
    return Answers(declared.option, declared.case, declared.digest)


def _declared(situation: Situation, option: Option) -> _Declared:
    own = situation.settings.tree.get(option.key, {})
    values = {each.path: situation.settings[each] for each in option.reads.profile}
    known = {name: getattr(situation.facts, name) for name in option.reads.facts}
    text = "\0".join((option.key, json.dumps([own, values]), *map(_text, known.values())))
    tree = {**nested(values), option.key: own}
    case = Situation("", Scope(tree), replace(_NOTHING_KNOWN, **known), situation.at)
    return _Declared(option, case, hashlib.sha256(text.encode()).digest())


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """A value that is itself and no other, however like it."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def _text(value: object) -> str:
    """The same only for what is alike in everything, types and order too."""
    return _text_of(_This(value))


@lru_cache(4096)
def _text_of(this: _This) -> str:
    return repr(this.value)
