"""Drift -> report, and -> the one issue that tells of it."""

from collections.abc import Iterator

from portalsync.catalog.naming import settings_name
from portalsync.lexicon import Lexicon
from portalsync.living.drift import Drift, FirmDrift
from portalsync.model.plan import Change
from portalsync.portal.moments import moment
from portalsync.views.comment import COMMENT_BUDGET, cut_sentence
from portalsync.views.fitting import entries_of, fitted
from portalsync.views.formats.markdown import markdown_item, markdown_words
from portalsync.views.hidden_mark import hidden_mark, read_mark
from portalsync.views.plan_settings import worded
from portalsync.views.report import Item, Report, Section, Tone, Value, Words, say

LABEL = "portal-drift"
_KIND = "drift"


def word_drift(drift: Drift, lexicon: Lexicon) -> Report:
    """What differs, firm by firm, and who changed it when."""
    return Report(
        quote=lexicon("values.quoted", text="{}"),
        title=say(lexicon, "drift.title", environment=Value(drift.environment, quoted=False)),
        verdict=tuple(_verdict(drift, lexicon)),
        sections=tuple(_firm(firm, lexicon) for firm in drift.firms),
        foot=((lexicon("drift.advice"),),) if drift.firms else (),
    )


def drift_issue(drift: Drift, lexicon: Lexicon) -> tuple[str, str]:
    """Title and body of the issue."""
    report = word_drift(drift, lexicon)
    mark = hidden_mark(_KIND, {"environment": drift.environment})
    verdict = "\n".join(f"**{line.removeprefix('- ')}**" for line in _lines(report.verdict))
    entries = [*entries_of(report.sections)]
    foot = "\n".join(markdown_words(words) for words in report.foot)
    body = fitted(f"{mark}\n{verdict}", entries, foot, COMMENT_BUDGET, cut_sentence(lexicon))
    title = lexicon("drift.issue", environment=Value(drift.environment).shown(100))
    return title, body


def is_issue_of(environment: str, body: str) -> bool:
    return read_mark(_KIND, body) == {"environment": environment}


def _lines(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield from markdown_item(item)


def _verdict(drift: Drift, lexicon: Lexicon) -> Iterator[Item]:
    if not drift.firms:
        yield Item(Tone.GOOD, (lexicon.count("drift.none", drift.considered),))
        return
    of = lexicon.number(drift.considered)
    yield Item(Tone.BAD, (lexicon.count("drift.firms", len(drift.firms), of=of),))


def _firm(firm: FirmDrift, lexicon: Lexicon) -> Section:
    title = say(
        lexicon,
        "drift.generations",
        firm=Value(firm.name, quoted=False),
        applied=lexicon.number(firm.applied),
        live=lexicon.number(firm.generation),
    )
    return Section(title, tuple(_change(change, lexicon) for change in firm.changes))


def _change(change: Change, lexicon: Lexicon) -> Item:
    text = say(
        lexicon,
        "drift.change",
        name=settings_name(change.path, lexicon),
        applied=worded(change.path, change.before, lexicon, known=change.was_set),
        live=worded(change.path, change.after, lexicon, known=change.is_set),
    )
    return Item(Tone.CHANGE, text, notes=(_who(change, lexicon),))


def _who(change: Change, lexicon: Lexicon) -> Words:
    edit = change.undoes
    if edit is None or not edit.at:
        return (lexicon("drift.unknown"),)
    actor = Value(edit.actor, quoted=False)
    return say(lexicon, "drift.by", at=moment(edit.at, lexicon), actor=actor)
