"""What a guardrail lets pass without asking: a key of `guardrails` in portalsync.yaml."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from portalsync.catalog.kinds.link import HOST
from portalsync.lexicon import Text, counted, phrase
from portalsync.model.guardrails import Limits
from portalsync.model.json_value import JSON, JSONObject

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limit(ABC, Generic[T]):
    """One limit, worded as `guardrails.limits.<name>` where a network lets more pass than usual."""

    name: str
    description: str

    @abstractmethod
    def of(self, limits: Limits) -> T:
        """The limit that holds, as the network sets it or by default."""

    @abstractmethod
    def schema(self) -> JSONObject:
        """What can be written."""

    @abstractmethod
    def loosened(self, limits: Limits) -> Text:
        """In which way more passes than by default; empty if none does."""

    def snippet(self) -> JSON:
        """What editors offer to write, if they are to."""
        return None


@dataclass(frozen=True, slots=True)
class Most(Limit[int]):
    """The highest number that passes."""

    default: int
    highest: int = 10_000_000

    def of(self, limits: Limits) -> int:
        value: Any = limits.get(self.name, self.default)
        number: int = value
        return number

    def schema(self) -> JSONObject:
        return {
            "type": "integer",
            "minimum": 0,
            "maximum": self.highest,
            "default": self.default,
            "markdownDescription": f"{self.description} Without it: `{self.default}`.",
            "examples": [self.default],
        }

    def loosened(self, limits: Limits) -> Text:
        number = self.of(limits)
        looser = phrase(f"guardrails.limits.{self.name}", n=number, default=self.default)
        return looser if number > self.default else ""


@dataclass(frozen=True, slots=True)
class Known(Limit[list[JSON]]):
    """Hosts that pass."""

    examples: tuple[str, ...]

    def of(self, limits: Limits) -> list[JSON]:
        known: Any = limits.get(self.name, ())
        return sorted(known)

    def schema(self) -> JSONObject:
        return {
            "type": "array",
            "items": HOST,
            "maxItems": 1000,
            "markdownDescription": self.description,
            "uniqueItems": True,
            "examples": [[*self.examples]],
        }

    def loosened(self, limits: Limits) -> Text:
        number = len(self.of(limits))
        return counted(f"guardrails.limits.{self.name}", number) if number else ""

    def snippet(self) -> JSON:
        return [f"${{1:{self.examples[-1]}}}"]
