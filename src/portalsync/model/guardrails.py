"""What holds a plan back until somebody accepts it: limits, verdicts, acknowledgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from portalsync.model.json_value import JSON, JSONObject

Limits: TypeAlias = Mapping[str, JSON]
"""What passes without asking, by the names that portalsync.yaml has for it."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """`new-host:pay.example.com`; for a rule that counts, the highest number that is accepted."""

    rule: str
    subject: str

    def __str__(self) -> str:
        return f"{self.rule}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a guardrail objects to, in which firms. `subject` is the host, the firm or the number that has to
    be named to accept it; `acknowledged` is the acknowledgement that did, empty if none.
    """

    rule: str
    subject: str
    limit: int
    found: int
    firms: tuple[str, ...]
    acknowledged: str = ""

    @property
    def blocks(self) -> bool:
        return not self.acknowledged

    @property
    def acknowledgement(self) -> Acknowledgement:
        """The one that accepts this and nothing more."""
        return Acknowledgement(self.rule, self.subject)

    def to_json(self) -> JSONObject:
        return {
            "rule": self.rule,
            "subject": self.subject,
            "limit": self.limit,
            "found": self.found,
            "firms": [*self.firms],
            "acknowledged": self.acknowledged,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        return cls(
            data["rule"],
            data["subject"],
            data["limit"],
            data["found"],
            tuple(data["firms"]),
            data["acknowledged"],
        )


def acknowledged_in(verdicts: Iterable[Verdict]) -> Mapping[str, tuple[str, ...]]:
    """What was accepted, by the firms that it concerns."""
    found: dict[str, set[str]] = {}
    for verdict in verdicts:
        for firm in verdict.firms if verdict.acknowledged else ():
            found.setdefault(firm, set()).add(verdict.acknowledged)
    return {firm: tuple(sorted(accepted)) for firm, accepted in found.items()}
