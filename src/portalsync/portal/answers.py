"""What the blocks of an option show, asked once and remembered from firm to firm.

A block says what it looks at (`Reads`): clients who are alike in that, in firms that are alike in that,
between two instants of its option, find the same.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.option import Block, Option
from portalsync.lexicon import LOCALES
from portalsync.model.canonical import short_digest
from portalsync.model.facts import facts_from_json
from portalsync.model.page import Audience, Placed, Situation, View
from portalsync.model.persona import NOBODY, Job, Persona
from portalsync.model.remembered import Memory
from portalsync.model.settings import Scope, nested
from portalsync.portal.compose import entries_of, reason_to_hide

MOST_REMEMBERED = 512
"""Options as they are set somewhere, many of them in one firm alone: about 50 kB each."""

Traits: TypeAlias = tuple[str, ...]
"""What a block looks at of a client: field by field, as it is spelt."""

Row: TypeAlias = Sequence[Mapping[str, str]]
"""For each persona, by language: the digests of what they find of a block."""

TAGS = "tags"

_NOTHING_KNOWN = facts_from_json({"currency": ""})


@dataclass(frozen=True, slots=True)
class Alike:
    """Sample clients with one language whom a block cannot tell apart: the first of them, what it looks at of
    them, of which of some audiences they are, and where each stands among all.
    """

    first: Persona
    traits: Traits
    admissions: tuple[bool, ...]
    indexes: list[int]


@dataclass(eq=False)
class Answers:
    """What the blocks of one option show wherever what they read is the same. `case` is that: of the firm
    that was first, nothing else is here, and nothing can reach another firm.
    """

    option: Option
    case: Situation
    digest: bytes
    _entries: Memory[object, Sequence[Placed]] = field(default_factory=Memory)
    _reasons: Memory[object, tuple[Sequence[str], Block]] = field(default_factory=Memory)
    _placed: Memory[object, tuple[Placed, ...]] = field(default_factory=Memory)
    _digests: Memory[object, str] = field(default_factory=Memory)
    rows: Memory[object, Row] = field(default_factory=Memory)
    """Of each block, by all that they follow from besides."""

    @cached_property
    def instants(self) -> Sequence[datetime]:
        return sorted({*self.option.instants(self.case)})

    @cached_property
    def jobs(self) -> Sequence[Job]:
        return [*self.option.jobs(self.case)]

    @cached_property
    def audiences(self) -> Sequence[Audience]:
        """Those that anything of the option is for, each once."""
        return [*dict.fromkeys(_audiences(self.case.settings.tree))]

    @cached_property
    def named(self) -> frozenset[str]:
        """Tags in them."""
        return tags_in(self.audiences)

    def interval(self, at: datetime) -> int:
        """Between which two of its instants it is; an interval begins with its instant."""
        return bisect_right(self.instants, at)

    def placed(self, block: Block, client: Persona, locale: str, at: datetime) -> tuple[Placed, ...]:
        """What the block puts on its pages, whoever it is for: hidden for its own reasons alone."""
        key = block.name, locale, traits(client, block, self.named), self.interval(at)
        found = self._placed.get(key)
        if found is None:
            entries, reasons = self.entries(block, client, locale), self.reasons(block, client, at)
            found = tuple([
                placed.hidden(reason) if reason else placed
                for placed, reason in zip(entries, reasons, strict=True)
            ])  # fmt: skip
            self._placed.keep(key, found, len(found))
        return found

    def entries(self, block: Block, client: Persona, locale: str) -> Sequence[Placed]:
        """The same at whatever instant, hidden or not."""
        key = block.name, locale, traits(client, block, self.named)
        found = self._entries.get(key)
        if found is None:
            view = _view(self.case, block, client, locale, self.named)
            found = [placed for placed, _ in entries_of(self.option, block, view)]
            self._entries.keep(key, found, len(found))
        return found

    def reasons(self, block: Block, client: Persona, at: datetime) -> Sequence[str]:
        """Why each of its entries hides, in whatever language; the same for all blocks that hide alike."""
        key = id(block.hide), id(block.each), traits(client, block, self.named), self.interval(at)
        found = self._reasons.get(key)
        if found is None:
            view = _view(self.case, block, client, LOCALES[0], self.named)
            reasons = [reason_to_hide(self.option, block, view.on(entry, at)) for entry in block.each(view)]
            found = reasons, block  # the block is held: nothing else has the ids of what it consists of
            self._reasons.keep(key, found, 1)
        return found[0]

    def digests(self, block: Block, alike: Alike, locale: str, at: datetime, day: date | None) -> str:
        """Of each thing that clients find who are alike, under the audiences here: items of a JSON list.
        `day` is the one that the block looks at.
        """
        key = block.name, locale, alike.traits, alike.admissions, self.interval(at), day
        found = self._digests.get(key)
        if found is None:
            placed = self.placed(block, alike.first, locale, at)
            shown = [each for each in placed if each.shown and each.admits(alike.first.tags)]
            found = ",".join([f'"{short_digest(each.on(day).to_json())}"' for each in shown])
            self._digests.keep(key, found, len(shown))
        return found

    def page_class(self, block: Block, client: Persona, locale: str, at: datetime) -> tuple[object, ...]:
        """Equal only for those who find the same of the block."""
        admissions = tuple(each.admits(client.tags) for each in self.audiences)
        own = traits(client, block, self.named)
        return self.digest, block.name, locale, own, self.interval(at), admissions


def answers_of(situation: Situation, option: Option) -> Answers:
    own = situation.settings.tree.get(option.key, {})
    values = {each.path: situation.settings[each] for each in option.reads.settings}
    known = {name: getattr(situation.facts, name) for name in option.reads.facts}
    text = "\0".join((option.key, repr([own, values]), *map(_text, known.values())))
    tree = {**nested(values), option.key: own}
    case = Situation("", Scope(tree), replace(_NOTHING_KNOWN, **known), situation.at)
    return _remembered(_Declared(option, case, hashlib.sha256(text.encode()).digest()))


@dataclass(frozen=True, slots=True)
class _Declared:
    """All that the blocks of an option read of a firm, the same where the digest is."""

    option: Option = field(compare=False)
    case: Situation = field(compare=False)
    digest: bytes


@lru_cache(MOST_REMEMBERED)
def _remembered(declared: _Declared) -> Answers:
    return Answers(declared.option, declared.case, declared.digest)


def _view(case: Situation, block: Block, client: Persona, locale: str, named: frozenset[str]) -> View:
    """The client as the block says that it looks at it."""
    names = block.reads.client
    seen = _seen(Itself(client), names, named if TAGS in names else frozenset()) if names else NOBODY
    return View(case.firm, case.settings, case.facts, case.at, persona=seen, locale=locale)


@lru_cache(512)
def _seen(client: "Itself", names: tuple[str, ...], named: frozenset[str]) -> Persona:
    """Of whom nothing is known but this, and of the tags only those that are named."""
    known = {name: getattr(client.value, name) for name in names}
    return replace(NOBODY, **known | ({TAGS: known[TAGS] & named} if TAGS in known else {}))


def _audiences(tree: Mapping[str, Any]) -> Iterator[Audience]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from [audience(value)] if key == "audience" else []
            yield from _audiences(value)


def traits(client: Persona, block: Block, named: frozenset[str]) -> Traits:
    """`named` are the tags in the audiences of the block's option: of others it knows nothing."""
    names = block.reads.client
    return tuple([_trait(client, name, named) for name in names]) if names else ()


def _trait(client: Persona, name: str, named: frozenset[str]) -> str:
    return " ".join(sorted(client.tags & named)) if name == TAGS else client.spelt(name)


def tags_in(audiences: Iterable[Audience]) -> frozenset[str]:
    return frozenset(tag for each in audiences for tag in each.any | each.all)


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """As a key: a value that is itself and no other, however like it."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def _text(value: object) -> str:
    """The same only for what is alike in everything, types and order too."""
    return _text_of(Itself(value))


@lru_cache(4096)
def _text_of(this: Itself) -> str:
    return repr(this.value)
