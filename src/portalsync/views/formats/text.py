"""Reports for terminals: plain text, or colour where the reader's terminal has it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Lexicon
from portalsync.views.format import Format, Result
from portalsync.views.problems import render_problems
from portalsync.views.screen import Screen

if TYPE_CHECKING:
    from portalsync.model.conformance import Conformance


def _findings(findings: Sequence[Diagnostic], lexicon: Lexicon, screen: Screen) -> str:
    return (
        render_problems(findings, lexicon, color=screen.color)
        if findings
        else f"{lexicon('problems.none')}\n"
    )


def _result(result: Result, lexicon: Lexicon, screen: Screen) -> Iterable[str]:
    from portalsync.views.text_report import text_pieces  # noqa: PLC0415 - findings are no report

    return text_pieces(result.report(), lexicon, color=screen.color, width=screen.width)


def _checks(conformance: "Conformance", lexicon: Lexicon, screen: Screen) -> tuple[str]:
    from portalsync.views.text_report import render_text  # noqa: PLC0415 - findings are no report
    from portalsync.views.wording.conformance import word_conformance  # noqa: PLC0415 - nor are checks

    report = word_conformance(conformance, lexicon)
    return (render_text(report, lexicon, color=screen.color, width=screen.width),)


FORMAT = Format(
    name="text",
    description="What people read on a terminal; in colour where it has some.",
    findings=_findings,
    results=_result,
    checks=_checks,
    is_for_terminals=True,
)
