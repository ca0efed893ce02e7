"""Drift as the one issue that tells of it."""

from collections.abc import Iterator

from portalsync.forge.marks import DriftMark
from portalsync.lexicon import Lexicon
from portalsync.living.drift import Drift
from portalsync.views.comment import COMMENT_BUDGET, cut_sentence
from portalsync.views.fitting import entries_of, fitted
from portalsync.views.formats.markdown import markdown_item, markdown_text
from portalsync.views.report import Item, cut
from portalsync.views.wording.drift import word_drift

LABEL = "portal-drift"


def drift_issue(drift: Drift, lexicon: Lexicon) -> tuple[str, str]:
    """Title and body of the issue."""
    report = word_drift(drift, lexicon)
    mark = DriftMark(drift.environment).line()
    verdict = "\n".join(f"**{line.removeprefix('- ')}**" for line in _lines(report.verdict, lexicon))
    entries = entries_of(report.sections, lexicon)
    foot = "\n".join(markdown_text(text, lexicon) for text in report.foot)
    body = fitted(f"{mark}\n{verdict}", entries, foot, COMMENT_BUDGET, cut_sentence(lexicon))
    title = lexicon("drift.issue", environment=cut(drift.environment, 100, lexicon))
    return title, body


def _lines(items: tuple[Item, ...], lexicon: Lexicon) -> Iterator[str]:
    for item in items:
        yield from markdown_item(item, lexicon)
