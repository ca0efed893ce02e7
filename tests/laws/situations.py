"""Firms before and after a change, as the planner compares them. They break rules too: portals hold such."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from random import Random

from hypothesis import strategies as st
from tests.laws.examples import VALUES
from tests.laws.layers import CHANCE, FIRM, WORDY, Layers, layers, resolved, retouched
from tests.laws.values import IDS, TAGS, values
from tests.laws.worlds import MOMENTS, facts, persona

from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Situation, situation_of
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.settings import Settings

_LANGUAGES: tuple[JSONObject, ...] = ({}, {"de": 3, "en": 9}, {"de-AT": 1, "fr": 2})


@dataclass(frozen=True)
class Pair:
    """Two firms that have much in common: what is remembered of one is asked for by the other."""

    before: Situation
    after: Situation
    cousin: Situation
    """Another firm than `after`: its options under another profile, or with other facts."""
    personas: tuple[Persona, ...]


def pairs() -> st.SearchStrategy[Pair]:
    return st.builds(pair, CHANCE, WORDY, MOMENTS)


def pair(chance: Random, wordy: int, at: datetime) -> Pair:
    known, others = (facts_from_json(_counted(chance, facts(chance))) for _ in range(2))
    before, after = chance.choice((_by_layers, _by_fields))(chance, wordy)
    profile = {path: value for path, value in _fields(chance, 6).items() if _is_profile(path)}
    personas = (persona(f"client-{index}", chance) for index in range(chance.randrange(6)))
    return Pair(
        situation_of(FIRM, before, known, at),
        situation_of(FIRM, after, known, at),
        situation_of("cousin", {**after, **profile}, chance.choice((known, others)), at),
        tuple(map(persona_from_json, personas)),
    )


def _by_layers(chance: Random, wordy: int) -> tuple[Settings, Settings]:
    before = layers(chance, wordy) if chance.random() < 0.7 else Layers()
    after = retouched(chance, before) if chance.random() < 0.6 else layers(chance, wordy)
    live = _in_force(before, {})
    return live, _in_force(after, live)


def _by_fields(chance: Random, wordy: int) -> tuple[Settings, Settings]:
    """Of the same entries, some with another value, some without one."""
    before, others = _fields(chance, wordy), _fields(chance, wordy)
    touched = {path for path in before.keys() | others.keys() if chance.random() < 0.4}
    kept = {path: value for path, value in before.items() if path not in touched}
    return before, {**kept, **{path: value for path, value in others.items() if path in touched}}


def _fields(chance: Random, wordy: int) -> Settings:
    return {
        path: chance.choice(values(pattern))
        for pattern in VALUES
        for path in _paths(pattern)
        if chance.randrange(8) < wordy
    }


def _paths(pattern: str) -> Iterator[str]:
    for ids in product(IDS, repeat=pattern.count("*")):
        given = iter(ids)
        yield ".".join(next(given) if part == "*" else part for part in pattern.split("."))


def _is_profile(path: str) -> bool:
    return path.startswith("profile.")


def _in_force(wanted: Layers, live: Settings) -> Settings:
    return resolved(wanted)[0].in_force(live)


def _counted(chance: Random, known: JSONObject) -> JSONObject:
    """Some portals count their clients by tag."""
    if chance.random() < 0.6:
        return known
    by_tag: JSONObject = {tag: chance.choice((0, 1, 12)) for tag in TAGS}
    return {
        **known,
        "segments": [],
        "clients": {"all": 12, "by_tag": by_tag, "by_language": chance.choice(_LANGUAGES)},
    }
