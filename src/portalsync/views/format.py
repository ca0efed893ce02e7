"""A format of output: one object says all that is known of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from portalsync.diagnostics import Diagnostic, capped
from portalsync.lexicon import Lexicon
from portalsync.views.screen import Screen

if TYPE_CHECKING:
    from portalsync.model.conformance import Conformance
    from portalsync.views.report import Report


@dataclass(frozen=True, slots=True)
class Result:
    """A plan, a receipt, drift: `report` words it for people, `body` is it as JSON for programs, in pieces
    that nobody has to hold at once.
    """

    report: Callable[[], "Report"]
    body: Callable[[], Iterable[bytes]]


FindingsRenderer: TypeAlias = Callable[[Sequence[Diagnostic], Lexicon, Screen], str]
ResultRenderer: TypeAlias = Callable[[Result, Lexicon, Screen], Iterable[str]]
ChecksRenderer: TypeAlias = Callable[["Conformance", Lexicon, Screen], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. What it is not for, it has no renderer for."""

    name: str
    description: str
    """For the reference: one sentence in Markdown."""
    findings: FindingsRenderer | None = None
    """What is wrong with a configuration -> the text."""
    results: ResultRenderer | None = None
    """A plan, a receipt or drift -> the text, in pieces."""
    checks: ChecksRenderer | None = None
    """What a portal keeps of the contract -> the text, in pieces."""
    is_for_terminals: bool = False
    """It is read beside what a command tells: where there is nothing to say, nothing is printed."""
    is_from_the_top: bool = False
    """Its readers look for files from the top of the repository, wherever a command runs."""
    is_commands: bool = False
    """Its lines are commands to the runner that reads along; what people read goes to stderr."""

    def of_findings(self, findings: Sequence[Diagnostic], lexicon: Lexicon, screen: Screen) -> str:
        """Findings as text, no more than somebody reads. TypeError if it is not for findings."""
        if self.findings is None:
            raise TypeError(self.name)
        return self.findings(capped(findings), lexicon, screen)

    def of_result(self, result: Result, lexicon: Lexicon, screen: Screen) -> Iterable[str]:
        """The result as text, in pieces. TypeError if it is not for results."""
        if self.results is None:
            raise TypeError(self.name)
        return self.results(result, lexicon, screen)

    def of_checks(self, conformance: "Conformance", lexicon: Lexicon, screen: Screen) -> Iterable[str]:
        """The checks as text, in pieces. TypeError if it is not for checks."""
        if self.checks is None:
            raise TypeError(self.name)
        return self.checks(conformance, lexicon, screen)
