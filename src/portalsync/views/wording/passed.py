"""What a plan promised for moments that have passed -> report."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.lexicon import Lexicon, counted, phrase
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import News, NewsDesk, NewsFirm
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


def passed_items(passed: Sequence[Passed]) -> Iterator[Item]:
    """For the receipt: how much it is, whatever became of it."""
    number = sum(
        len(_news(parts)) for parts in zip(*((each.at_once, each.over) for each in passed), strict=True)
    )
    if number:
        yield Item(Tone.WARN, counted("passed.promised", number))


def _news(parts: Iterable[FirmPlan]) -> Sequence[News]:
    desk = NewsDesk(brief=True)
    for part in parts:
        desk.take(part, NewsFirm.of(part))
    return desk.news()


def _sections(parts: Iterable[FirmPlan], passed: Sequence[Passed], lexicon: Lexicon) -> Iterator[Section]:
    among = PlannedFirms([NewsFirm.of(each.over) for each in passed])
    return effect_sections(_news(parts), among, lexicon)
