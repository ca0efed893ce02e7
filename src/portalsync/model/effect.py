"""What clients notice of a change: the same for all firms in which it says the same."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from portalsync.model.annotations import Count, Doc, Omitted
from portalsync.model.page import Place


class EffectKind(StrEnum):
    DISAPPEARS = "disappears"
    APPEARS = "appears"
    CHANGES = "changes"
    MOVES = "moves"

    @property
    def rank(self) -> int:
        """Removals first."""
        return list(EffectKind).index(self)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a client reads in one language, before and after; `what` names the part."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What clients will notice at one block of one page."""

    kind: EffectKind
    block: Annotated[str, Doc("`<option>.<block>`, and an entry's id if there is one.")]
    place: Place
    labels: Annotated[Mapping[str, str], Doc("What the block is called, by language.")]
    readings: Annotated[Mapping[str, tuple[Reading, ...]], Doc("What it says differently, by language.")]
    personas: Annotated[tuple[str, ...], Doc("Sample clients that notice it.")]
    everyone: Annotated[bool, Doc("Whether all notice it whom the block is for.")]
    since: Annotated[str, Doc("The instant from which on (ISO 8601, UTC); empty for now.")] = ""
    until: Annotated[
        str, Omitted(), Doc("The instant before which it ends by itself for all who notice it, if it does.")
    ] = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Of an effect, what happens where, and who notices."""

    kind: EffectKind
    block: str
    place: Place
    personas: tuple[str, ...]
    everyone: bool
    since: str
    until: Annotated[str, Omitted()] = ""

    def saying(self, says: "Saying") -> Effect:
        """The whole effect."""
        return Effect(
            self.kind,
            self.block,
            self.place,
            says.labels,
            says.readings,
            self.personas,
            self.everyone,
            self.since,
            self.until,
        )


def happening(effect: Effect) -> Happening:
    return Happening(
        effect.kind,
        effect.block,
        effect.place,
        effect.personas,
        effect.everyone,
        effect.since,
        effect.until,
    )


@dataclass(frozen=True, slots=True)
class Saying:
    """Of an effect, what is read there: often the same at several places."""

    labels: Mapping[str, str]
    readings: Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Reach:
    """An effect in one firm. Firms share effects."""

    effect: Effect
    clients: Annotated[Count, Doc("How many of its clients it reaches at most.")]
    at_most: Annotated[
        bool, Omitted(), Doc("True where it may be fewer, for the portal counts clients by tag.")
    ] = False

    @property
    def may_be_fewer(self) -> bool:
        """Whether the number of clients is only known not to be exceeded."""
        return self.at_most or not self.effect.everyone


def most_reached(reached: Collection[Reach]) -> int:
    """Clients of one firm that notice the same at several places, each client once."""
    return max(each.clients for each in reached)


def may_be_fewer(reached: Collection[Reach]) -> bool:
    """Whether it may be fewer at some of the places."""
    return any(each.may_be_fewer for each in reached) or len({each.clients for each in reached}) > 1
