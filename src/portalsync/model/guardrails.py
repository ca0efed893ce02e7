"""What holds a plan back until somebody accepts it: limits, verdicts, acknowledgements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from portalsync.model.json_value import JSONObject


class Guardrail(StrEnum):
    """The rules, by the names that people type."""

    NEW_HOST = "new-host"
    """A link leads to a host where none of the firm's links leads today."""
    EMPTY_HOME = "empty-home"
    """Of the firm's own, nothing is left on a home page."""
    CHANGED_FIRMS = "changed-firms"
    AFFECTED_CLIENTS = "affected-clients"
    CLEARED_FIELDS = "cleared-fields"

    @property
    def counts(self) -> bool:
        """Whether it is about a number, and not about a host or a firm."""
        return self not in (Guardrail.NEW_HOST, Guardrail.EMPTY_HOME)


@dataclass(frozen=True, slots=True)
class Limits:
    """What passes without asking. `changed_percent` of all firms may change, and as many as
    `changed_firms` in any case.
    """

    known_hosts: tuple[str, ...] = ()
    changed_firms: int = 20
    changed_percent: int = 30
    affected_clients: int = 5000
    cleared_fields: int = 20

    def most_changed(self, considered: int) -> int:
        """How many of so many firms may change."""
        return max(self.changed_firms, considered * self.changed_percent // 100)

    def looser(self) -> Iterator[tuple[str, int, int]]:
        """Each number that lets more pass than the default: its name, its value, the default."""
        for name in NUMBERS:
            value, default = getattr(self, name), getattr(DEFAULTS, name)
            if value > default:
                yield name, value, default

    def to_json(self) -> JSONObject:
        numbers: JSONObject = {name: getattr(self, name) for name in NUMBERS}
        return {"known_hosts": [*self.known_hosts], **numbers}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Limits":
        """What is given; the defaults for the rest."""
        return cls(
            tuple(sorted(data.get("known_hosts", ()))),
            **{name: data[name] for name in NUMBERS if name in data},
        )


NUMBERS = ("changed_firms", "changed_percent", "affected_clients", "cleared_fields")
DEFAULTS = Limits()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a guardrail objects to, in which firms. `subject` is the host, the firm or the number that has to
    be named to accept it; `acknowledged` is the acknowledgement that did, empty if none.
    """

    rule: Guardrail
    subject: str
    limit: int
    found: int
    firms: tuple[str, ...]
    acknowledged: str = ""

    @property
    def blocks(self) -> bool:
        return not self.acknowledged

    @property
    def acknowledgement(self) -> "Acknowledgement":
        """The one that accepts this and nothing more."""
        return Acknowledgement(self.rule, self.subject)

    def weighed(self, given: Iterable["Acknowledgement"]) -> "Verdict":
        """The same, acknowledged by the narrowest of those that accept it."""
        fitting = [each for each in given if each.accepts(self)]
        if not fitting:
            return self
        narrowest = min(fitting, key=lambda each: (len(each.subject), each.subject))
        return replace(self, acknowledged=str(narrowest))

    def to_json(self) -> JSONObject:
        return {
            "rule": str(self.rule),
            "subject": self.subject,
            "limit": self.limit,
            "found": self.found,
            "firms": [*self.firms],
            "acknowledged": self.acknowledged,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        return cls(
            Guardrail(data["rule"]),
            data["subject"],
            data["limit"],
            data["found"],
            tuple(data["firms"]),
            data["acknowledged"],
        )


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """`new-host:pay.example.com`; for a rule that counts, the highest number that is accepted."""

    rule: Guardrail
    subject: str

    def __str__(self) -> str:
        return f"{self.rule}:{self.subject}"

    def is_about(self, verdict: Verdict) -> bool:
        return self.rule is verdict.rule and (self.rule.counts or self.subject == verdict.subject)

    def accepts(self, verdict: Verdict) -> bool:
        return self.is_about(verdict) and (not self.rule.counts or verdict.found <= int(self.subject))
