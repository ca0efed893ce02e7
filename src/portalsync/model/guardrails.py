"""What holds a plan back until somebody accepts it: limits, verdicts, acknowledgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from portalsync.model.annotations import AtLeast, Count, Doc
from portalsync.model.json_value import JSON

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
    """What one guardrail objects to."""

    rule: str
    subject: Annotated[
        str, Doc("What has to be named to accept it: the host, the firm, the persona, or the number found.")
    ]
    limit: Annotated[Count, Doc("What passes without asking.")]
    found: Annotated[
        int,
        AtLeast(1),
        Doc(
            "What the plan has: firms (`new-host`), sample clients (`empty-home`), settings "
            "(`takeover-removes`), promises (`broken-promise`), or what the rule counts."
        ),
    ]
    firms: Annotated[tuple[str, ...], Doc("The firms concerned, by id.")]
    acknowledged: Annotated[
        str,
        Doc(
            "The acknowledgement that accepts it, as `RULE:SUBJECT`; empty if there is none, and then "
            "it blocks."
        ),
    ] = ""

    @property
    def blocks(self) -> bool:
        return not self.acknowledged

    @property
    def acknowledgement(self) -> Acknowledgement:
        """The one that accepts this and nothing more."""
        return Acknowledgement(self.rule, self.subject)


def acknowledged_in(verdicts: Iterable[Verdict]) -> Mapping[str, tuple[str, ...]]:
    """What was accepted, by the firms that it concerns."""
    found: dict[str, set[str]] = {}
    for verdict in verdicts:
        for firm in verdict.firms if verdict.acknowledged else ():
            found.setdefault(firm, set()).add(verdict.acknowledged)
    return {firm: tuple(sorted(accepted)) for firm, accepted in found.items()}
