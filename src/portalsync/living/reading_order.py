"""The order in which people want to read what has none: entries of lists, on a portal a mapping by id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.option import Field
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON, scalars
from portalsync.model.settings import Settings

Rank: TypeAlias = tuple[str | int, ...]

_FIELDS = {pattern: number for number, pattern in enumerate(FIELDS)}
_SECTIONS = {pattern.partition(".")[0]: number for number, pattern in reversed([*enumerate(FIELDS)])}
_LAST = 1_000_000


def in_reading_order(live: Settings, facts: Facts) -> Callable[[str], tuple[Rank, ...]]:
    """A key to sort settings paths by: options and fields as the catalogue has them; entries as others name
    them, else as the firm's facts list what they are about, else by when they start and end.
    """
    names = _first_named(facts.raw)
    listed = _Order(live, names, {})
    paths = sorted(live, key=listed.rank)
    return _Order(live, names, _first_referred(live, paths)).rank


@dataclass(frozen=True, slots=True)
class _Order:
    live: Settings
    names: Mapping[str, int]
    referred: Mapping[str, int]

    def rank(self, path: str) -> tuple[Rank, ...]:
        steps, places = path.split("."), pattern_of(path).split(".")
        ranks: list[Rank] = []
        for number, place in enumerate(places, 1):
            if place == "*":
                ranks.append(self.entry(".".join(steps[:number])))
            else:
                ranks.append((_SECTIONS[place] if number == 1 else _FIELDS[".".join(places[:number])],))
        return (*ranks,)

    def entry(self, path: str) -> Rank:
        name = path.rpartition(".")[2]
        when = (str(self.live.get(f"{path}.{each}", "")) for each in ("starts", "ends"))
        return (self.referred.get(path, _LAST), self.names.get(name, _LAST), *when, name)


def _first_named(raw: JSON | Mapping[str, JSON]) -> Mapping[str, int]:
    """Ids and names in the facts, by where they stand first."""
    texts = [each for each in scalars(raw) if isinstance(each, str)]
    return {name: number for number, name in reversed([*enumerate(texts)])}


def _first_referred(live: Settings, paths: list[str]) -> Mapping[str, int]:
    """Entries that values of other fields name, by which does so first."""
    known: dict[str, int] = {}
    for number, path in enumerate(paths):
        field = FIELDS[pattern_of(path)]
        if isinstance(field, Field) and field.refers_to:
            known.setdefault(f"{field.refers_to}.{live[path]}", number)
    return known
