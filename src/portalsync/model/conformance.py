"""What a portal keeps of the contract, check by check."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from portalsync.lexicon import Text
from portalsync.model.annotations import VERSION_DOC, Doc


class Weight(StrEnum):
    MUST = "must"
    OPTIONAL = "optional"
    """A portal can do without: then the check is skipped. What is there has to be right."""


class Grade(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Graded:
    """What came of one check. Tokens stand in none of the texts."""

    code: Annotated[str, Doc("Stable; the name of the check.")]
    weight: Annotated[Weight, Doc("optional: a portal can do without it; then the check is skipped.")]
    section: Annotated[str, Doc("The heading of docs/contract.md that demands it.")]
    demand: Annotated[Text, Doc("What the contract demands, in one sentence.")]
    grade: Annotated[Grade, Doc("skipped: it could not be seen; why stands in reason.")]
    request: Annotated[str, Doc("What was asked; empty unless it failed.")] = ""
    expected: Annotated[Text, Doc("What should have come; empty unless it failed.")] = ""
    came: Annotated[str, Doc("What came instead, cut short; empty unless it failed.")] = ""
    reason: Annotated[Text, Doc("Why it was skipped; empty unless it was.")] = ""


class PutBack(StrEnum):
    """Whether the firm has again the settings and claims that it had before."""

    NOTHING = "nothing"
    """Nothing was written."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Conformance:
    """What a portal keeps of the contract."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    portal: Annotated[str, Doc("The address that was asked.")]
    firm: Annotated[str, Doc("The firm that was looked at; empty if the portal shows none.")]
    checks: Annotated[tuple[Graded, ...], Doc("Those that were run, in their order.")]
    put_back: Annotated[
        PutBack,
        Doc(
            "Whether the firm has again the settings and claims that it had before. nothing: nothing was "
            "written. failed: look at the firm; what differs stands in left."
        ),
    ]
    left: Annotated[tuple[str, ...], Doc("Paths and claims that could not be put back.")] = ()
    interrupted: Annotated[bool, Doc("Whether it was broken off: checks are missing.")] = False

    def having(self, grade: Grade) -> tuple[Graded, ...]:
        return tuple(each for each in self.checks if each.grade is grade)

    @property
    def is_kept(self) -> bool:
        """Whether all that was seen is as the contract demands, and the firm as it was."""
        return not self.having(Grade.FAILED) and self.put_back is not PutBack.FAILED
