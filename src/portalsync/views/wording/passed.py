"""What a plan promised for moments that have passed -> report."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.lexicon import Lexicon, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsDesk, NewsFirm
from portalsync.moments import moment
from portalsync.planning.passed import Passed
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.effects import effect_sections, under
from portalsync.views.wording.firms import PlannedFirms


def word_passed(planned: str, passed: Sequence[Passed], lexicon: Lexicon) -> Report:
    """`planned` is the instant that the plan was made for."""
    sections = (
        *under("passed.at_once", _sections((each.at_once for each in passed), passed, lexicon)),
        *under("passed.over", _sections((each.over for each in passed), passed, lexicon)),
    )
    verdict = Item(Tone.WARN, phrase("passed.verdict", at=moment(planned)))
    return Report(title=phrase("passed.title"), verdict=(verdict,), sections=sections)


def _sections(parts: Iterable[FirmPlan], passed: Sequence[Passed], lexicon: Lexicon) -> Iterator[Section]:
    desk, among = NewsDesk(brief=True), PlannedFirms([NewsFirm.of(each.over) for each in passed])
    for part in parts:
        desk.take(part, NewsFirm.of(part))
    return effect_sections(desk.news(), among, lexicon)
