"""What clients notice of a change: the same for all firms in which it says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portalsync.model.json_value import JSONObject
from portalsync.model.page import PageName, Place, Surface


class EffectKind(StrEnum):
    DISAPPEARS = "disappears"
    APPEARS = "appears"
    CHANGES = "changes"
    MOVES = "moves"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a client reads in one language, before and after; `what` names the part."""

    what: str
    before: str
    after: str

    def to_json(self) -> JSONObject:
        return {"what": self.what, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Effect:
    """What clients will notice at one block of one page.

    `labels` is what the block is called, per language; `readings` what it says differently. `personas`
    are sample clients that have it; `everyone` tells that all do whom the block is for. `since` is the
    instant (ISO, UTC) from which on, empty for now.
    """

    kind: EffectKind
    block: str
    place: Place
    labels: Mapping[str, str]
    readings: Mapping[str, tuple[Reading, ...]]
    personas: tuple[str, ...]
    everyone: bool
    since: str = ""

    def to_json(self) -> JSONObject:
        return {
            "kind": str(self.kind),
            "block": self.block,
            "surface": str(self.place.surface),
            "page": str(self.place.page),
            "labels": dict(self.labels),
            "readings": {
                locale: [reading.to_json() for reading in readings]
                for locale, readings in self.readings.items()
            },
            "personas": [*self.personas],
            "everyone": self.everyone,
            "since": self.since,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Effect":
        return cls(
            kind=EffectKind(data["kind"]),
            block=data["block"],
            place=Place(Surface(data["surface"]), PageName(data["page"])),
            labels=data["labels"],
            readings={
                locale: tuple(Reading(**reading) for reading in readings)
                for locale, readings in data["readings"].items()
            },
            personas=tuple(data["personas"]),
            everyone=data["everyone"],
            since=data["since"],
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """An effect in one firm, and how many of its clients it reaches at most. Firms share effects."""

    effect: Effect
    clients: int

    def to_json(self) -> JSONObject:
        return {"effect": self.effect.to_json(), "clients": self.clients}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reach":
        return cls(Effect.from_json(data["effect"]), data["clients"])
