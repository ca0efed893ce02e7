"""Drift -> report, and -> the one issue that tells of it."""

from collections.abc import Iterator

from portalsync.catalog.naming import settings_name
from portalsync.forge.marks import DriftMark
from portalsync.lexicon import Foreign, Lexicon, Text, counted, phrase
from portalsync.living.drift import Drift, DriftedSetting, FirmDrift
from portalsync.moments import moment
from portalsync.views.comment import COMMENT_BUDGET, cut_sentence
from portalsync.views.fitting import entries_of, fitted
from portalsync.views.formats.markdown import markdown_item, markdown_text
from portalsync.views.plan_settings import worded
from portalsync.views.report import Item, Report, Section, Tone, cut

LABEL = "portal-drift"


def word_drift(drift: Drift, lexicon: Lexicon) -> Report:
    """What differs, firm by firm, and who changed it when."""
    return Report(
        title=phrase("drift.title", environment=Foreign(drift.environment)),
        verdict=tuple(_verdict(drift)),
        sections=tuple(_firm(firm, lexicon) for firm in drift.firms),
        foot=(phrase("drift.advice"),) if drift.firms else (),
    )


def drift_issue(drift: Drift, lexicon: Lexicon) -> tuple[str, str]:
    """Title and body of the issue."""
    report = word_drift(drift, lexicon)
    mark = DriftMark(drift.environment).line()
    verdict = "\n".join(f"**{line.removeprefix('- ')}**" for line in _lines(report.verdict, lexicon))
    entries = [*entries_of(report.sections, lexicon)]
    foot = "\n".join(markdown_text(text, lexicon) for text in report.foot)
    body = fitted(f"{mark}\n{verdict}", entries, foot, COMMENT_BUDGET, cut_sentence(lexicon))
    title = lexicon("drift.issue", environment=cut(drift.environment, 100))
    return title, body


def _lines(items: tuple[Item, ...], lexicon: Lexicon) -> Iterator[str]:
    for item in items:
        yield from markdown_item(item, lexicon)


def _verdict(drift: Drift) -> Iterator[Item]:
    if not drift.firms:
        yield Item(Tone.GOOD, counted("drift.none", drift.considered))
        return
    yield Item(Tone.BAD, counted("drift.firms", len(drift.firms), of=drift.considered))


def _firm(firm: FirmDrift, lexicon: Lexicon) -> Section:
    title = phrase(
        "drift.generations",
        firm=Foreign(firm.name),
        applied=firm.applied,
        live=firm.generation,
    )
    return Section(title, tuple(_change(change, lexicon) for change in firm.changes))


def _change(change: DriftedSetting, lexicon: Lexicon) -> Item:
    edit = change.edit
    text = phrase(
        "drift.change",
        name=settings_name(edit.path, lexicon),
        applied=worded(edit.path, edit.before, lexicon),
        live=worded(edit.path, edit.after, lexicon),
    )
    return Item(Tone.CHANGE, text, notes=(_who(change),))


def _who(change: DriftedSetting) -> Text:
    changed = change.changed
    if not changed.at:
        return phrase("drift.unknown")
    return phrase("drift.by", at=moment(changed.at), actor=Foreign(changed.actor))
