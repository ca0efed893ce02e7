"""A block looks at nothing but what its definition says: what is asked once for many rests on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import given
from tests.laws.situations import Pair, pair, pairs

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.option import Block, Hide, Option, Reads
from portalsync.catalog.profile import LOCALES
from portalsync.lexicon import LOCALES as LANGUAGES
from portalsync.model.facts import Facts
from portalsync.model.page import WEB_HOME, Placed, Shape, Situation, View, situation_of
from portalsync.model.persona import Persona
from portalsync.model.settings import Keyed, Listed, Scope
from portalsync.pipeline.load import config_of, desired_of, load
from portalsync.portal.compose import entries_of, placed_for_any

T = TypeVar("T")

BLOCKS = [(option, block) for option in DEFINITIONS for block in option.blocks]
EXAMPLE = Path(__file__).parents[2] / "portal-config"


class _Watched:
    """Notes which fields are read, also by its own properties and methods."""

    log: set[str]

    def __getattribute__(self, name: str) -> Any:
        if name in {each.name for each in fields(type(self))}:  # type: ignore[arg-type]
            object.__getattribute__(self, "log").add(name)
        return object.__getattribute__(self, name)


class _WatchedPersona(_Watched, Persona):
    pass


class _WatchedFacts(_Watched, Facts):
    pass


class _WatchedScope(Scope):
    """Notes of which fields the values are asked for."""

    log: set[str]

    def __getattribute__(self, name: str) -> Any:
        if name in {"tree", "id"}:
            object.__getattribute__(self, "log").add(f"*.{name}")
        return object.__getattribute__(self, name)

    def __getitem__(self, key: Keyed[T]) -> T:
        self.log.add(key.path)
        return _plain(self)[key]

    def entries(self, key: Listed) -> Sequence[Scope]:
        self.log.add(key.path)
        return _plain(self).entries(key)


def _plain(scope: Scope) -> Scope:
    return Scope(object.__getattribute__(scope, "tree"))


@dataclass(frozen=True)
class _Log:
    client: frozenset[str]
    facts: frozenset[str]
    settings: frozenset[str]

    def undeclared(self, option: Option, reads: Reads) -> set[str]:
        """What was read of a client, of facts, of another option's settings, without a word of it."""
        declared = {field.path for field in reads.settings}
        others = {path for path in self.settings if not path.startswith(f"{option.key}.")}
        return {*self.client - {*reads.client}, *self.facts - {*reads.facts}, *others - declared}


def _watched(kind: Any, plain: Any) -> Any:
    made = kind(**{each.name: getattr(plain, each.name) for each in fields(plain) if each.init})
    object.__setattr__(made, "log", set())
    return made


def _read_by(option: Option, block: Block | None, situation: Situation, client: Persona, locale: str) -> _Log:
    """What a block reads; without one, what tells the option's instants."""
    persona = _watched(_WatchedPersona, client)
    facts = _watched(_WatchedFacts, situation.facts)
    settings = _watched(_WatchedScope, situation.settings)
    view = View(situation.firm, settings, facts, situation.at, persona=persona, locale=locale)
    _ = [*placed_for_any(option, block, view)] if block else [*option.instants(view), *option.jobs(view)]
    return _Log(*(frozenset(each.log) for each in (persona, facts, settings)))


def _cases(worlds: Iterable[Pair]) -> Iterator[tuple[Situation, Persona, str]]:
    for each in worlds:
        for situation in (each.before, each.after):
            for client in each.personas:
                for locale in LANGUAGES:
                    yield situation, client, locale


@given(pairs())
def test_a_block_reads_what_it_declares_and_nothing_else(world: Pair) -> None:
    """Seen to fail when prepayments no longer said that they look at invoices, when organizers looked at the
    firm's languages, and when the credit of a client was hidden from clients without tags.
    """
    for situation, client, locale in _cases([world]):
        for option, block in BLOCKS:
            read = _read_by(option, block, situation, client, locale)
            assert not read.undeclared(option, block.reads), (option.key, block.name)


@pytest.mark.parametrize(
    ("looks_at", "undeclared"),
    [
        (lambda view: view.persona.credit, {"credit"}),
        (lambda view: view.persona.has_unpaid_invoice, {"invoices"}),
        (lambda view: "vip" in view.persona.tags, {"tags"}),
        (lambda view: view.facts.default_provider, {"payment_providers"}),
        (lambda view: view.settings[LOCALES], {"profile.locales"}),
        (lambda view: view.settings.tree.get("chat"), {"*.tree"}),
        (lambda view: view.persona.jobs and view.facts.currency, set()),
    ],
)
def test_what_is_undeclared_is_noticed(looks_at: Any, undeclared: set[str]) -> None:
    reads = Reads(client=("jobs",), facts=("currency",))
    block = Block("new_chat", Shape.QUICK_LINK, (WEB_HOME,), hide=(Hide("off", looks_at),), reads=reads)
    option = replace(next(each for each in DEFINITIONS if each.key == "chat"), blocks=(block,))
    found: set[str] = set()
    for situation, client, locale in _cases(_some()):
        found |= _read_by(option, block, situation, client, locale).undeclared(option, reads)
    assert found == undeclared


@pytest.mark.parametrize(("option", "block"), BLOCKS, ids=[f"{o.key}.{b.name}" for o, b in BLOCKS])
def test_what_a_block_declares_it_reads_somewhere(option: Option, block: Block) -> None:
    """Else clients and firms would be told apart for nothing."""
    logs = [_read_by(option, block, *case) for case in _cases(_some())]
    assert {name for log in logs for name in log.client} == {*block.reads.client}
    assert {name for log in logs for name in log.facts} == {*block.reads.facts}
    read = {path for log in logs for path in log.settings if not path.startswith(f"{option.key}.")}
    assert read == {field.path for field in block.reads.settings}


@pytest.mark.parametrize("option", DEFINITIONS, ids=lambda option: option.key)
def test_instants_and_jobs_follow_from_what_each_block_reads(option: Option) -> None:
    logs = [_read_by(option, None, *case) for case in _cases(_some())]
    for block in option.blocks:
        assert {path for log in logs for path in log.undeclared(option, block.reads)} == set()
        assert not any(log.client for log in logs)


@given(pairs())
def test_what_a_block_says_does_not_look_at_the_time(world: Pair) -> None:
    """Whether it hides may. Seen to fail when an announcement's title said from when on it is there."""
    for situation, client, locale in _cases([world]):
        views = [_view(situation, client, locale, at) for at in (_EARLY, situation.at, _LATE)]
        for option, block in BLOCKS:
            early, now, late = ([*entries_of(option, block, view)] for view in views)
            assert early == now == late, (option.key, block.name)


@given(pairs())
def test_whether_a_block_hides_does_not_look_at_the_language(world: Pair) -> None:
    """Seen to fail when a contact was hidden whose office hours are told in another language only."""
    for situation, client, locale in _cases([world]):
        for option, block in BLOCKS:
            views = [_view(situation, client, each, situation.at) for each in (locale, *LANGUAGES)]
            first, *others = ([*map(_hides, placed_for_any(option, block, view))] for view in views)
            assert all(each == first for each in others), (option.key, block.name)


@given(pairs())
def test_between_its_instants_a_block_stays_as_it_is(world: Pair) -> None:
    """And whatever the firm is called. Seen to fail when an announcement was over a day after its end."""
    for situation, client, locale in _cases([world]):
        for option, block in BLOCKS:
            instants = sorted({*option.instants(situation), _EARLY, _LATE})
            for begins, ends in pairwise(instants):
                last = ends - timedelta(seconds=1)
                views = (_view(situation, client, locale, at) for at in (begins, last))
                early, late = ([*placed_for_any(option, block, view)] for view in views)
                assert early == late, (option.key, block.name)


def _hides(placed: Placed) -> tuple[str, str]:
    return placed.key, placed.reason


_EARLY, _LATE = datetime(2001, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


def _view(situation: Situation, client: Persona, locale: str, at: datetime) -> View:
    """Under another name of the firm each time."""
    firm = f"{situation.firm}{at}"
    return View(firm, situation.settings, situation.facts, at, persona=client, locale=locale)


@cache
def _some() -> tuple[Pair, ...]:
    """The example's firms, and made-up ones, the same each time."""
    chances = (Random(seed) for seed in range(30))  # noqa: S311 - the same each time
    made = (pair(chance, 6, datetime(2026, 6, 1, tzinfo=UTC)) for chance in chances)
    return (*_example(), *made)


def _example() -> Iterator[Pair]:
    known, at = load(EXAMPLE), datetime(2026, 12, 1, tzinfo=UTC)
    for firm in known.firms:
        facts = config_of(known, firm).facts[firm]
        after = situation_of(firm, desired_of(known, firm).settings(), facts, at)
        yield Pair(after, after, after, tuple(known.shared.personas.values()))
