"""A guardrail: what holds a plan back until somebody accepts exactly that. One object says all of it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from portalsync.catalog.limit import Known, Limit
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Acknowledgement, Limits, Verdict


class Tally(Protocol):
    """One guardrail while the parts of one plan go by, each of them once."""

    def take(self, firm: FirmPlan) -> None:
        """It may come without its effects, which are more than half of the work on a part: what a rule needs
        of them, the part says by itself.
        """

    def verdicts(self, considered: int) -> Iterator[Verdict]:
        """What it objects to, once all parts went by; `considered` is the number of all firms."""


@dataclass(frozen=True, kw_only=True)
class Guardrail(ABC):
    """One rule, by the name that people type. Its words are `guardrails.rules.<rule>`."""

    rule: str
    subject: str
    """The pattern of what is named to accept what it objects to."""
    limits: tuple[Limit[Any], ...] = ()

    @property
    def phrases(self) -> str:
        """The key under which stands how it has `blocked` a plan, and what it `accepts`."""
        return f"guardrails.rules.{self.rule}"

    @abstractmethod
    def tally(self, limits: Limits) -> Tally: ...

    @abstractmethod
    def is_about(self, subject: str, verdict: Verdict) -> bool:
        """Whether an acknowledgement with this subject is about what the guardrail objects to."""

    @abstractmethod
    def accepts(self, subject: str, verdict: Verdict) -> bool: ...

    def passed(self, firm: FirmPlan, limits: Limits) -> Iterable[str]:
        """Subjects that it would object to if the network did not let them pass."""
        del firm, limits
        return ()

    def concerned(self, firm: FirmPlan) -> Sequence[Edit]:
        """The edits that it objects to, where those are to be named."""
        del firm
        return ()

    def weighed(self, verdict: Verdict, given: Iterable[Acknowledgement]) -> Verdict:
        """The same, acknowledged by the narrowest of those that accept it."""
        own = (each for each in given if each.rule == self.rule)
        fitting = [each for each in own if self.accepts(each.subject, verdict)]
        if not fitting:
            return verdict
        narrowest = min(fitting, key=lambda each: (len(each.subject), each.subject))
        return replace(verdict, acknowledged=str(narrowest))


@dataclass(frozen=True, kw_only=True)
class Counting(Guardrail):
    """It adds up a number over all firms; accepted is the highest number that may pass."""

    subject: str = "^[1-9][0-9]{0,9}$"
    number: Callable[[FirmPlan], int]
    most: Callable[[Limits, int], int]
    """What passes, by the limits and the number of all firms."""

    @property
    def phrases(self) -> str:
        return "guardrails.counting"

    def tally(self, limits: Limits) -> Tally:
        return _Sum(self, limits)

    def is_about(self, subject: str, verdict: Verdict) -> bool:
        del subject
        return verdict.rule == self.rule

    def accepts(self, subject: str, verdict: Verdict) -> bool:
        return self.is_about(subject, verdict) and verdict.found <= int(subject)


@dataclass
class _Sum:
    guardrail: Counting
    limits: Limits
    found: int = 0
    firms: list[str] = field(default_factory=list)

    def take(self, firm: FirmPlan) -> None:
        number = self.guardrail.number(firm)
        self.found += number
        self.firms += [firm.id] if number else []

    def verdicts(self, considered: int) -> Iterator[Verdict]:
        limit = self.guardrail.most(self.limits, considered)
        if self.found > limit:
            yield Verdict(self.guardrail.rule, str(self.found), limit, self.found, tuple(self.firms))


@dataclass(frozen=True, kw_only=True)
class Naming(Guardrail):
    """It objects to each of some things by name, such as a host; accepted is that name and no other."""

    names: Callable[[FirmPlan], Mapping[str, int]]
    """What it may object to in a firm, each with how much there is of it."""
    known: Known | None = None
    """Names that pass."""
    edits: Callable[[FirmPlan], Sequence[Edit]] | None = None
    """What it objects to in a firm, if plans are to name it."""

    def tally(self, limits: Limits) -> Tally:
        return _Names(self, frozenset(self._known(limits)))

    def is_about(self, subject: str, verdict: Verdict) -> bool:
        return (verdict.rule, verdict.subject) == (self.rule, subject)

    def accepts(self, subject: str, verdict: Verdict) -> bool:
        return self.is_about(subject, verdict)

    def passed(self, firm: FirmPlan, limits: Limits) -> Iterable[str]:
        return self.names(firm).keys() & self._known(limits)

    def concerned(self, firm: FirmPlan) -> Sequence[Edit]:
        return self.edits(firm) if self.edits else ()

    def _known(self, limits: Limits) -> set[str]:
        return {str(each) for each in self.known.of(limits)} if self.known else set()


@dataclass
class _Names:
    guardrail: Naming
    known: frozenset[str]
    found: Counter[str] = field(default_factory=Counter)
    firms: dict[str, list[str]] = field(default_factory=dict)

    def take(self, firm: FirmPlan) -> None:
        for name, number in self.guardrail.names(firm).items():
            if name not in self.known:
                self.found[name] += number
                self.firms.setdefault(name, []).append(firm.id)

    def verdicts(self, considered: int) -> Iterator[Verdict]:
        del considered
        for name, firms in sorted(self.firms.items()):
            yield Verdict(self.guardrail.rule, name, 0, self.found[name], tuple(firms))
